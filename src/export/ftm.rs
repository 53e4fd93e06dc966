//! `ftm.jsonl`: `FollowTheMoney` entities for Aleph and `OpenAleph`, one JSON object a line.
//!
//! A claim is an `UnknownLink`, one for each line of evidence and never merged; states are
//! `PublicBody`, people `Person`, organizations and groups `Organization`, weapons `Asset`. The library drops
//! values and references that it does not like without a word, so ids are rewritten (`state:PRK` to
//! `state-PRK`), text is folded to one line, and only whole web addresses are given as such.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::graph::Line;
use crate::model::{Entity, EntityDirectory, EntityId, EntityKind, Gender};

use super::escape::{one_line, web_address, without_format_characters};
use super::position::Place;

/// Dataset that all entities belong to.
const DATASET: &str = "tieline";

/// Properties of one entity; empty values are left out.
#[derive(Default)]
struct Properties(Map<String, Value>);

impl Properties {
    fn add(&mut self, name: &str, value: &str) {
        let value = without_format_characters(value);
        let value = one_line(&value);
        if !value.is_empty() {
            let values = self.0.entry(name).or_insert_with(|| json!([]));
            let values = values.as_array_mut().expect("properties are lists");
            if !values.iter().any(|known| *known == *value) {
                values.push(json!(value));
            }
        }
    }

    fn write(self, id: &str, schema: &str, out: &mut dyn Write) -> io::Result<()> {
        let entity =
            json!({"id": id, "schema": schema, "properties": self.0, "datasets": [DATASET]});
        serde_json::to_writer(&mut *out, &entity)?;
        out.write_all(b"\n")
    }
}

fn entity_id(id: &EntityId) -> String {
    id.as_str().replace(':', "-")
}

/// Writes one claim as a link.
///
/// # Errors
///
/// If the writer fails.
pub(super) fn write_claim(line: &Line, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let claim = &line.claim;
    let mut properties = Properties::default();
    properties.add("subject", &entity_id(&claim.source));
    properties.add("object", &entity_id(&claim.target));
    let items: Vec<_> = claim.items.iter().map(|item| item.phrase.as_str()).collect();
    let what = if items.is_empty() { claim.role.clone() } else { Some(items.join(", ")) };
    properties.add(
        "role",
        &match what {
            Some(what) => format!("{}: {what}", claim.relation),
            None => claim.relation.to_string(),
        },
    );
    let status = format!("{}: {}, {}", line.standing, claim.polarity, claim.modality);
    properties.add("status", &status);
    properties.add("summary", &claim.evidence.sentence);
    if let Some(attribution) = &claim.attribution {
        properties.add("description", &format!("according to {}", attribution.text));
    }
    if let Some(date) = claim.date() {
        let text = date.to_string();
        if text.contains('/') {
            properties.add("startDate", &date.first().to_string());
            properties.add("endDate", &date.last().to_string());
        } else {
            properties.add("date", &text);
        }
    }
    let info = &claim.evidence.article;
    properties.add("publisher", info.outlet.as_deref().unwrap_or(""));
    properties.add("sourceUrl", info.url.as_deref().and_then(web_address).unwrap_or(""));
    let (field, Place { start, end, .. }) = (claim.evidence.field, place);
    properties.add("recordId", &format!("{}#{field};char={start},{end}", info.id));
    properties.write(&format!("claim-{}", claim.id), "UnknownLink", out)
}

/// Writes one entity; `directory` knows the codes of states.
///
/// # Errors
///
/// If the writer fails.
pub(super) fn write_entity(
    entity: &Entity,
    directory: &EntityDirectory,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut properties = Properties::default();
    properties.add("name", &entity.name);
    for alias in entity.aliases.iter().filter(|alias| **alias != entity.name) {
        properties.add("alias", alias);
    }
    if let Some(id) = entity.wikidata {
        properties.add("wikidataId", &id.to_string());
    }
    let state = entity.state.as_ref().and_then(|id| directory.get(id));
    if let Some(iso2) = state.and_then(|state| state.iso2.as_deref()) {
        properties.add("country", &iso2.to_lowercase());
    }
    let schema = match entity.id.kind() {
        EntityKind::State => {
            properties.add("jurisdiction", &entity.iso2.as_deref().unwrap_or("").to_lowercase());
            properties.add("topics", "gov.national");
            "PublicBody"
        }
        EntityKind::Person => {
            properties.add(
                "gender",
                match entity.gender {
                    Some(Gender::Female) => "female",
                    Some(Gender::Male) => "male",
                    None => "",
                },
            );
            for office in &entity.offices {
                properties.add("position", &office.title);
            }
            "Person"
        }
        EntityKind::Organization => "Organization",
        EntityKind::Group => {
            properties.add("classification", "group without a name");
            "Organization"
        }
        EntityKind::Weapon => "Asset",
    };
    properties.write(&entity_id(&entity.id), schema, out)
}

//! `annotations.jsonld`: every claim as a W3C Web Annotation on its line, with PROV-O terms for
//! where it comes from.
//!
//! Follows <https://www.w3.org/TR/annotation-model/> and <https://www.w3.org/TR/prov-o/>. The
//! context stands in the file, under the names of the published one, so nothing is fetched. A line
//! is selected by its words with some before and after, and by position: Unicode code points of the
//! field that `field` names, 0-based, half-open, as the model asks for. `byteStart` and `byteEnd`
//! count the same in bytes of UTF-8, as all other files do; `textSha256` is the hash of that
//! field's UTF-8 text.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::graph::Line;
use crate::model::{ArticleInfo, Attribution, Entity, EntityId};

use super::escape::web_address;
use super::position::{Place, TextHashes};
use super::provenance::Provenance;

/// Opens the document: context and run.
pub(super) fn write_start(provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"@context\":{},\n\"@graph\":[", context())?;
    let node = json!({
        "id": run(provenance), "type": "Activity", "program": "tieline",
        "version": provenance.version, "readWith": read_with(provenance),
    });
    write!(out, "{node}")
}

/// The name of the run: it follows from what its articles were read with.
pub(super) fn run(provenance: &Provenance) -> String {
    let read_with = read_with(provenance).join(" ");
    let digest = blake3::hash(format!("{} {read_with}", provenance.version).as_bytes());
    format!("urn:tieline:run:{}", &digest.to_hex()[..16])
}

fn read_with(provenance: &Provenance) -> Vec<String> {
    provenance.hashes.iter().map(|(name, hash)| format!("{name} {hash}")).collect()
}

/// Writes the article of a line, whose text has `hashes`. It stands before its first claim.
pub(super) fn write_article(
    line: &Line,
    hashes: &TextHashes,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, ",\n{}", article_node(&line.claim.evidence.article, hashes))
}

/// Writes one claim of a run of this name.
pub(super) fn write_claim(
    line: &Line,
    place: &Place,
    run: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, ",\n{}", claim_node(line, place, run))
}

/// Writes the entities and closes the document.
pub(super) fn write_end(entities: &[&Entity], out: &mut dyn Write) -> io::Result<()> {
    for entity in entities {
        let node = without_nulls(json!({
            "id": entity_iri(&entity.id), "type": "Agent", "name": entity.name,
            "kind": entity.id.kind(),
            "belongsTo": entity.state.as_ref().filter(|id| **id != entity.id).map(entity_iri),
        }));
        write!(out, ",\n{node}")?;
    }
    writeln!(out, "\n]}}")
}

fn article_iri(info: &ArticleInfo) -> String {
    format!("urn:tieline:article:{}", percent_encoded(&info.id))
}

fn entity_iri(id: &EntityId) -> String {
    format!("urn:tieline:entity:{id}")
}

/// `text` with all but letters, digits and `-._~/` of ASCII as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let hex = |digit: u8| char::from(b"0123456789ABCDEF"[usize::from(digit)]);
            encoded.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    encoded
}

fn article_node(info: &ArticleInfo, hashes: &TextHashes) -> Value {
    without_nulls(json!({
        "id": article_iri(info), "type": "Entity", "identifier": info.id, "title": info.title,
        "issued": info.date.map(|date| date.to_string()), "publisher": info.outlet,
        "url": info.url.as_deref().and_then(web_address),
        "textSha256": hashes.text, "titleSha256": hashes.title,
    }))
}

fn claim_node(line: &Line, place: &Place, run: &str) -> Value {
    let claim = &line.claim;
    let evidence = &claim.evidence;
    let source = article_iri(&evidence.article);
    let items: Vec<_> = claim.items.iter().map(|item| &item.phrase).collect();
    let body = without_nulls(json!({
        "type": "Claim", "relation": claim.relation.as_str(),
        "subject": entity_iri(&claim.source), "object": entity_iri(&claim.target),
        "plover": (!claim.plover().is_empty()).then(|| claim.plover()),
        "cameo": (!claim.cameo().is_empty()).then(|| claim.cameo()),
        "item": (!items.is_empty()).then_some(items),
        "quantity": claim.quantity.as_ref().map(|quantity| &quantity.text),
        "role": claim.role, "polarity": claim.polarity, "modality": claim.modality,
        "standing": line.standing, "story": line.story, "attributedTo": claim.attribution.as_ref().map(Attribution::label),
        "eventDate": claim.event_date.map(|date| date.to_string()),
        "rule": claim.rule, "confidence": claim.confidence,
    }));
    json!({
        "id": format!("urn:tieline:claim:{}", claim.id), "type": "Annotation",
        "motivation": "oa:identifying", "body": body,
        "target": {
            "type": "SpecificResource", "source": source, "field": evidence.field,
            "selector": [
                {
                    "type": "TextQuoteSelector", "exact": evidence.sentence,
                    "prefix": place.prefix, "suffix": place.suffix,
                },
                {
                    "type": "TextPositionSelector", "start": place.start, "end": place.end,
                    "offsetUnit": "unicode code point",
                    "byteStart": evidence.span.start(), "byteEnd": evidence.span.end(),
                },
            ],
        },
        "wasDerivedFrom": source, "wasGeneratedBy": run,
    })
}

fn without_nulls(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, value| !value.is_null());
    }
    value
}

/// Names as in the published context of Web Annotations, PROV-O beside it, the rest our own.
fn context() -> Value {
    let integer = |iri: &str| json!({"@id": iri, "@type": "xsd:nonNegativeInteger"});
    let link = |iri: &str| json!({"@id": iri, "@type": "@id"});
    json!({
        "@version": 1.1, "@vocab": "urn:tieline:term:",
        "oa": "http://www.w3.org/ns/oa#", "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/", "schema": "http://schema.org/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": "@id", "type": "@type",
        "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "TextPositionSelector": "oa:TextPositionSelector",
        "body": link("oa:hasBody"), "target": link("oa:hasTarget"),
        "source": link("oa:hasSource"), "selector": link("oa:hasSelector"),
        "motivation": link("oa:motivatedBy"),
        "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "start": integer("oa:start"), "end": integer("oa:end"),
        "byteStart": integer("urn:tieline:term:byteStart"),
        "byteEnd": integer("urn:tieline:term:byteEnd"),
        "Entity": "prov:Entity", "Activity": "prov:Activity", "Agent": "prov:Agent",
        "wasDerivedFrom": link("prov:wasDerivedFrom"),
        "wasGeneratedBy": link("prov:wasGeneratedBy"),
        "identifier": "dcterms:identifier", "title": "dcterms:title", "issued": "dcterms:issued",
        "publisher": "dcterms:publisher", "name": "schema:name", "url": link("schema:url"),
        "subject": link("urn:tieline:term:subject"), "object": link("urn:tieline:term:object"),
        "belongsTo": link("urn:tieline:term:belongsTo"),
    })
}

//! In whose name an article is published: an organ of state or a body, by the publisher's name or
//! the host of its address. Newspapers that are named after a state or a capital are nobody's.

use super::Gazetteer;
use super::alias::AliasKind;
use super::matcher::MatchBuffer;
use crate::lexicon::{WordList, WordPairs};
use crate::model::{ArticleInfo, EntityId, Span};

/// The state or body that publishes what `info` tells of; `None` where no name or host tells.
pub(super) fn find(gazetteer: &Gazetteer, info: &ArticleInfo) -> Option<EntityId> {
    let by_name = info.outlet.as_deref().and_then(|outlet| owner_of_name(gazetteer, outlet));
    by_name.or_else(|| owner_of_host(gazetteer, host(info.url.as_deref()?)?))
}

/// "President of Russia", "U.S. Department of State", "The White House": the only state that the
/// name of an organ holds.
fn owner_of_name(gazetteer: &Gazetteer, outlet: &str) -> Option<EntityId> {
    let lexicon = &gazetteer.lexicon;
    let mut words = outlet.split(|c: char| !c.is_alphanumeric());
    let is_organ = words.any(|word| lexicon.has_any_case(WordList::IssuingOrgan, word));
    let mut hits = Vec::new();
    let whole = Span::new(0, u32::try_from(outlet.len()).ok()?);
    gazetteer.matcher.find(outlet, whole, &mut MatchBuffer::default(), &mut hits);
    let mut states = hits.iter().filter_map(|hit| {
        let alias = gazetteer.matcher.alias(hit.alias);
        let id = gazetteer.id(alias.entity);
        let tells = match alias.kind {
            AliasKind::Organ | AliasKind::Seat => true,
            AliasKind::Name | AliasKind::Demonym => is_organ,
            _ => false,
        };
        (tells && id.is_state() && !alias.needs_context).then(|| id.clone())
    });
    let first = states.next()?;
    states.all(|other| other == first).then_some(first)
}

/// The host of an address, without port and name of a user.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    host.split(':').next().filter(|host| host.contains('.'))
}

/// "mfa.gov.xx", "www.state.gov", "en.kremlin.ru": the owner of a host that only organs have.
fn owner_of_host(gazetteer: &Gazetteer, host: &str) -> Option<EntityId> {
    let host = host.to_ascii_lowercase();
    if let Some(id) = listed(gazetteer, &host) {
        return Some(id);
    }
    let labels: Vec<&str> = host.split('.').collect();
    let (last, before) = labels.split_last()?;
    let is_governments = |label: &&str| gazetteer.lexicon.has(WordList::GovernmentLabel, label);
    let code = match *last {
        "gov" | "mil" => "us",
        "uk" => "gb",
        last if last.len() == 2 => last,
        _ => return None,
    };
    let is_organs = matches!(*last, "gov" | "mil") || before.iter().any(is_governments);
    if !is_organs {
        return None;
    }
    gazetteer.state_of_code(code)
}

/// The owner of a host, or of the domain that it lies in, which the lists name by a state's code or
/// an id.
fn listed(gazetteer: &Gazetteer, host: &str) -> Option<EntityId> {
    let starts = std::iter::once(0).chain(host.match_indices('.').map(|(at, _)| at + 1));
    let mut owners =
        starts.filter_map(|at| gazetteer.lexicon.values(WordPairs::PublisherHost, &host[at..]));
    let owner = owners.next()?.first()?;
    gazetteer.state_of_code(owner).or_else(|| owner.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn organs_publish_for_their_state_and_newspapers_for_nobody() {
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        for (outlet, url, owner) in [
            ("U.S. Department of State", "", Some("USA")),
            ("The White House", "", Some("USA")),
            ("President of Russia, en.example.ru", "", Some("RUS")),
            ("Ministry of Foreign Affairs of the Republic of Poland", "", Some("POL")),
            ("Government of India", "", Some("IND")),
            ("Embassy of Japan in Kenya", "", None),
            ("The Washington Post", "", None),
            ("Korea Herald", "https://www.koreaherald.com/a", None),
            ("The Moscow Times", "", None),
            ("", "https://www.state.gov/a", Some("USA")),
            ("", "http://en.kremlin.ru/events/1", Some("RUS")),
            ("", "https://www.mfa.gov.cn/eng/", Some("CHN")),
            ("", "https://mea.gov.in:443/x?y=1", Some("IND")),
            ("", "https://www.gov.uk/news", Some("GBR")),
            ("", "https://www.mofa.go.jp/a", Some("JPN")),
            ("", "https://www.nato.int/a", Some("nato")),
            ("", "https://www.bbc.co.uk/news", None),
            ("", "https://president.example/a", None),
            ("", "state.gov", None),
        ] {
            let outlet = (!outlet.is_empty()).then(|| outlet.to_owned());
            let url = (!url.is_empty()).then(|| url.to_owned());
            let shown = format!("{outlet:?} {url:?}");
            let found = find(&gazetteer, &ArticleInfo { outlet, url, ..ArticleInfo::default() });
            assert_eq!(found.as_ref().map(EntityId::slug), owner, "{shown}");
        }
    }
}

//! Which two corrections cannot both be meant.

use super::corrections::{Change, Fields};

/// What `second` wants that `first` rules out.
pub(super) fn contradiction(first: &Change, second: &Change) -> Option<String> {
    match (first, second) {
        (Change::Reject { claim: a }, Change::Edit { claim: b, .. })
        | (Change::Edit { claim: a, .. }, Change::Reject { claim: b }) => {
            (a == b).then(|| format!("claim {a} is both rejected and edited"))
        }
        (Change::Edit { claim: a, set: first }, Change::Edit { claim: b, set: second }) => {
            let field = (a == b).then(|| differing_field(first, second))??;
            Some(format!("{field} of claim {a} gets another value"))
        }
        (
            Change::Merge { entities: a, into: into_a },
            Change::Merge { entities: b, into: into_b },
        ) => {
            let both = a.iter().find(|id| b.contains(id) && **id != *into_a && **id != *into_b)?;
            (into_a != into_b).then(|| format!("{both} is merged into {into_b}"))
        }
        (Change::Rename { entity: a, name: x }, Change::Rename { entity: b, name: y }) => {
            (a == b && x != y).then(|| format!("{a} is renamed to {y:?}"))
        }
        (
            Change::Split { claims: a, into: into_a, entity, .. },
            Change::Split { claims: b, into: into_b, entity: other, .. },
        ) => {
            let both = a.iter().find(|claim| b.contains(claim))?;
            (entity == other && into_a != into_b).then(|| format!("claim {both} means {into_b}"))
        }
        (Change::Hide { entity }, Change::Rename { entity: other, .. })
        | (Change::Rename { entity: other, .. }, Change::Hide { entity }) => {
            (entity == other).then(|| format!("{entity} is both hidden and renamed"))
        }
        _ => None,
    }
}

/// The name of a field to which both give a value, and not the same.
fn differing_field(a: &Fields, b: &Fields) -> Option<&'static str> {
    fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.zip(b).is_some_and(|(a, b)| a != b)
    }
    [
        ("relation", differ(a.relation.as_ref(), b.relation.as_ref())),
        ("source", differ(a.source.as_ref(), b.source.as_ref())),
        ("target", differ(a.target.as_ref(), b.target.as_ref())),
        ("items", differ(a.items.as_ref(), b.items.as_ref())),
        ("quantity", differ(a.quantity.as_ref(), b.quantity.as_ref())),
        ("polarity", differ(a.polarity.as_ref(), b.polarity.as_ref())),
        ("modality", differ(a.modality.as_ref(), b.modality.as_ref())),
        ("attribution", differ(a.attribution.as_ref(), b.attribution.as_ref())),
        ("event_date", differ(a.event_date.as_ref(), b.event_date.as_ref())),
        ("role", differ(a.role.as_ref(), b.role.as_ref())),
    ]
    .into_iter()
    .find_map(|(name, differs)| differs.then_some(name))
}

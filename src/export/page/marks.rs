//! The parts of a claim in its sentence, for marking and for finding.

use crate::model::{Byte, Claim, Span};

/// Longest words, in characters, that count as a name.
const MAX_NAME: usize = 60;

/// What a part of a sentence says of its claim.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Trigger,
    Source,
    Target,
    Item,
    Quantity,
    Speaker,
    Cue,
}

/// The parts' names, in the order of their numbers.
pub(super) const PARTS: [&str; 7] =
    ["trigger", "source", "target", "item", "quantity", "speaker", "cue"];

/// A part, and its first and last UTF-16 unit.
pub(super) type Mark = (Part, usize, usize);

/// The parts of a claim that lie in its sentence, in UTF-16 units of it, in text order.
pub(super) fn marks(claim: &Claim) -> Vec<Mark> {
    let evidence = &claim.evidence;
    let mut parts = vec![(Part::Trigger, evidence.trigger)];
    parts.extend(evidence.source.map(|span| (Part::Source, span)));
    parts.extend(evidence.target.map(|span| (Part::Target, span)));
    parts.extend(claim.items.iter().map(|item| (Part::Item, item.span)));
    parts.extend(claim.quantity.as_ref().map(|quantity| (Part::Quantity, quantity.span)));
    if let Some(attribution) = &claim.attribution {
        parts.extend(attribution.holder_span.map(|span| (Part::Speaker, span)));
        parts.extend(attribution.cue_span.map(|span| (Part::Cue, span)));
    }
    let units = |byte: u32| -> Option<usize> {
        let byte = byte.checked_sub(evidence.span.start())? as usize;
        Some(evidence.sentence.get(..byte)?.encode_utf16().count())
    };
    let mut marks: Vec<_> = parts
        .into_iter()
        .filter_map(|(part, span)| Some((part, units(span.start())?, units(span.end())?)))
        .filter(|(_, start, end)| start < end)
        .collect();
    marks.sort_by_key(|&(_, start, end)| (start, std::cmp::Reverse(end)));
    marks
}

/// The words of a span in the sentence, if they look like a name: a pronoun or a description in
/// small letters is none.
pub(super) fn named(claim: &Claim, span: Span<Byte>) -> Option<&str> {
    let evidence = &claim.evidence;
    let start = span.start().checked_sub(evidence.span.start())? as usize;
    let end = span.end().checked_sub(evidence.span.start())? as usize;
    let words = evidence.sentence.get(start..end)?;
    let is_name = words.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_ascii()));
    (is_name && words.chars().count() <= MAX_NAME).then_some(words)
}

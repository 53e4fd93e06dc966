//! All aliases in one pass over the text.
//!
//! Every alias that begins with a word of the text is seen and then held against the boundary
//! behind it, so that none hides another.

use crate::model::{Byte, PhraseTable, Span, words};

use super::alias::{Alias, AliasKind, Letters, is_upper};
use super::fold::Folded;

/// An alias at a place of the text, written as it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Bytes in the article's text.
    pub span: Span<Byte>,
    /// Number of the alias; of a surname, that of its first holder's.
    pub alias: u32,
    /// Behind the number of its last holder's, where it is a surname.
    end: u32,
}

/// The compiled aliases.
#[derive(Debug)]
pub(super) struct Matcher {
    /// Numbers of the aliases by their folded text in small letters: the first one and the one
    /// behind the last. Only surnames that are one to the letter stand together, so that a hit
    /// costs the same however many people hold them.
    numbers: PhraseTable<(u32, u32)>,
    aliases: Vec<Alias>,
}

/// Memory that one thread uses again for each sentence.
#[derive(Debug, Default)]
pub(super) struct MatchBuffer {
    folded: Folded,
    lower: String,
}

impl Matcher {
    /// Compiles `aliases`; the text of each is in `Alias::folded`.
    pub(super) fn new(aliases: Vec<Alias>) -> Self {
        let lower = |alias: &Alias| alias.folded.to_ascii_lowercase().into_boxed_str();
        let mut keyed: Vec<_> = aliases.into_iter().map(|alias| (lower(&alias), alias)).collect();
        keyed.sort_by(|(key, one), (other_key, other)| {
            key.cmp(other_key).then_with(|| one.surname().cmp(&other.surname()))
        });
        let mut end = 0;
        let groups = keyed.chunk_by(|(_, one), (_, other)| {
            one.surname().is_some() && one.surname() == other.surname()
        });
        let groups = groups.map(|group| {
            let first = end;
            end += u32::try_from(group.len()).expect("aliases fit in memory");
            (group[0].0.clone(), (first, end))
        });
        let numbers = PhraseTable::new(groups.collect::<Vec<_>>());
        Self { numbers, aliases: keyed.into_iter().map(|(_, alias)| alias).collect() }
    }

    /// All aliases of a hit: one, or a surname's for each of its holders.
    pub(super) fn holders(&self, hit: &Hit) -> &[Alias] {
        &self.aliases[hit.alias as usize..hit.end as usize]
    }

    /// The alias of a hit.
    pub(super) fn alias(&self, number: u32) -> &Alias {
        &self.aliases[number as usize]
    }

    /// Every alias in `bytes` of `text`, sorted by place, longer ones first.
    pub(super) fn find(
        &self,
        text: &str,
        bytes: Span<Byte>,
        buffer: &mut MatchBuffer,
        hits: &mut Vec<Hit>,
    ) {
        let first_new = hits.len();
        let original = bytes.of(text);
        let MatchBuffer { folded, lower } = buffer;
        folded.set(original);
        lower.clear();
        lower.push_str(&folded.text);
        lower.make_ascii_lowercase();
        let letters = letters(&folded.text);
        for (start, _) in words(lower) {
            if !is_boundary_before(lower, start) {
                continue;
            }
            for (length, (number, last_number)) in self.numbers.at(lower, start) {
                let end = start + length;
                // "tanks" is the plural of "tank", or a word of its own.
                let plural = !is_boundary_after(lower, end);
                let extended = if plural { end + 1 } else { end };
                if plural && !(lower[end..].starts_with('s') && is_boundary_after(lower, extended))
                {
                    continue;
                }
                let alias = self.alias(number);
                if plural && alias.kind != AliasKind::Weapon
                    || !alias.fits(&folded.text[start..end], letters)
                {
                    continue;
                }
                let (first, last) = folded.original(start, extended, original);
                if alias.prefix && !original[last..].starts_with(['-', '\u{2011}', '\u{2010}', '–'])
                {
                    continue;
                }
                let at = bytes.start() as usize;
                let span = Span::from_range(at + first..at + last);
                hits.push(Hit { span, alias: number, end: last_number });
            }
        }
        hits[first_new..]
            .sort_by_key(|hit| (hit.span.start(), std::cmp::Reverse(hit.span.end()), hit.alias));
    }
}

/// In which letters a sentence stands; one of few words tells nothing.
pub(super) fn letters(text: &str) -> Letters {
    if is_shouting(text) {
        return Letters::Capitals;
    }
    let small = !text.contains(char::is_uppercase) && text.split(' ').count() >= 3;
    if small { Letters::Small } else { Letters::Mixed }
}

/// Whether the sentence stands in capitals, so that those of a word tell nothing.
fn is_shouting(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 2);
    let (mut n, mut upper) = (0_usize, 0_usize);
    for word in words.filter(|word| word.chars().any(char::is_alphabetic)) {
        n += 1;
        upper += usize::from(is_upper(word));
        if n >= 6 && upper == 0 {
            return false;
        }
    }
    n >= 3 && upper * 10 >= n * 9
}

fn is_boundary_before(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some('@' | '#' | '_') => false,
        // Inside of an address: "www.nato.int".
        Some('.') => !before.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

fn is_boundary_after(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    match after.next() {
        Some('_') => false,
        Some('.') => !after.next().is_some_and(|c| c.is_ascii_lowercase()),
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    fn matcher(names: &[(&str, AliasKind)]) -> Matcher {
        let aliases = names.iter().zip(0..).map(|(&(name, kind), entity)| Alias {
            entity,
            kind,
            needs_context: false,
            prefix: false,
            folded: fold(name).into(),
        });
        Matcher::new(aliases.collect())
    }

    fn found<'t>(matcher: &Matcher, text: &'t str) -> Vec<&'t str> {
        let mut hits = Vec::new();
        let whole = Span::from_range(0..text.len());
        matcher.find(text, whole, &mut MatchBuffer::default(), &mut hits);
        hits.iter().map(|hit| hit.span.of(text)).collect()
    }

    #[test]
    fn names_are_found_at_word_boundaries_in_every_spelling() {
        let matcher = matcher(&[
            ("US", AliasKind::Name),
            ("U.S.", AliasKind::Name),
            ("Iran", AliasKind::Name),
            ("Oman", AliasKind::Name),
            ("Kim Jong Un", AliasKind::Name),
            ("F-16", AliasKind::Weapon),
            ("missile", AliasKind::Weapon),
            ("Recep Tayyip Erdogan", AliasKind::Name),
        ]);
        let cases: [(&str, &[&str]); 9] = [
            ("Let us join the US’s side", &["US"]),
            ("A U.S.-made jet", &["U.S."]),
            ("Woman in Romania, Iranians, Tirana", &[]),
            ("Iran-Oman ties", &["Iran", "Oman"]),
            ("Kim Jong\u{2011}un, KIM JONG UN", &["Kim Jong\u{2011}un", "KIM JONG UN"]),
            ("F\u{a0}16s, F-16 and missiles", &["F\u{a0}16s", "F-16", "missiles"]),
            ("see www.iran.ir or @Iran", &[]),
            ("Iran's missile-related", &["Iran", "missile"]),
            ("Recep Tayyip Erdog\u{306}an spoke", &["Recep Tayyip Erdog\u{306}an"]),
        ];
        for (text, names) in cases {
            assert_eq!(found(&matcher, text), names, "{text}");
        }
    }

    #[test]
    fn a_match_inside_a_word_hides_nothing() {
        let matcher = matcher(&[("ana mat", AliasKind::Name), ("mat", AliasKind::Name)]);
        assert_eq!(found(&matcher, "banana mat"), ["mat"]);
    }
}

//! One person under several spellings, and several people under one: the ids of those whom no table
//! lists.
//!
//! A name loses its patronymic and has one spelling of its given name, so that articles agree. In
//! one article, names that sound alike, in either order and with or without a middle name, are one
//! person; names of people of two states are two.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::lexicon::{Lexicon, WordList, WordPairs};
use crate::model::{EntityDirectory, EntityId, EntityKind};

use super::fold::fold;
use super::named::Discovered;

/// The shortest and the longest ending of a patronymic, in bytes.
const ENDING: std::ops::RangeInclusive<usize> = 4..=6;

/// `name` as ids have it: without patronymic, the given name in its usual spelling.
pub(super) fn canonical(lexicon: &Lexicon, name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter_map(|(n, &word)| {
        let lower = fold(word).to_lowercase();
        if n > 0 && n < last && is_patronymic(lexicon, &lower) {
            return None;
        }
        let usual = lexicon.values(WordPairs::GivenSpelling, &lower).filter(|_| n == 0);
        Some(usual.and_then(|values| values.first()).map_or(word, |usual| &**usual))
    });
    kept.collect::<Vec<_>>().join(" ")
}

fn is_patronymic(lexicon: &Lexicon, word: &str) -> bool {
    let ends = ENDING.filter_map(|length| word.get(word.len().checked_sub(length)?..));
    ends.into_iter().any(|ending| lexicon.has(WordList::PatronymicEnding, ending))
}

/// Somebody whom the article has introduced so far.
struct Person {
    id: EntityId,
    /// How each word of the name sounds.
    sounds: Vec<String>,
    state: Option<EntityId>,
}

/// People by what their names share, so that an article full of names is not compared pair by pair.
#[derive(Default)]
struct People {
    list: Vec<Person>,
    by_key: HashMap<String, Vec<usize>>,
    ids: HashSet<EntityId>,
}

impl People {
    /// The first one whose name is the same and whose state may be.
    fn same(&mut self, sounds: &[String], state: Option<&EntityId>) -> Option<&mut Person> {
        let may_be = keys(sounds).into_iter().filter_map(|key| self.by_key.get(&key)).flatten();
        let first = may_be
            .copied()
            .filter(|&at| {
                let known = &self.list[at];
                agree(known.state.as_ref(), state) && is_same(&known.sounds, sounds)
            })
            .min()?;
        self.list.get_mut(first)
    }

    fn add(&mut self, person: Person) {
        for key in keys(&person.sounds) {
            self.by_key.entry(key).or_default().push(self.list.len());
        }
        self.ids.insert(person.id.clone());
        self.list.push(person);
    }
}

/// What names that are the same have in common: the letters, the words, or the first and last word.
fn keys(sounds: &[String]) -> [String; 3] {
    let ends = sounds.first().zip(sounds.last());
    let ends = ends.map_or_else(String::new, |(first, last)| format!("{first} {last}"));
    [sounds.concat(), format!("sorted {}", sorted(sounds).join(" ")), format!("ends {ends}")]
}

fn agree(one: Option<&EntityId>, other: Option<&EntityId>) -> bool {
    one.zip(other).is_none_or(|(one, other)| one == other)
}

/// Gives one id to each person among `found`, in text order.
pub(super) fn settle_ids(directory: &EntityDirectory, found: &mut [Discovered]) {
    let mut people = People::default();
    for one in found {
        let sounds: Vec<String> = one.entity.id.slug().split('-').map(sound).collect();
        let state = one.entity.state.clone();
        if let Some(known) = people.same(&sounds, state.as_ref()) {
            one.entity.id = known.id.clone();
            known.state = known.state.take().or(state);
            continue;
        }
        let is_taken = people.ids.contains(&one.entity.id)
            || directory.get(&one.entity.id).is_some_and(|listed| {
                let held =
                    listed.offices.iter().any(|office| Some(&office.holder) == state.as_ref());
                !agree(listed.state.as_ref(), state.as_ref()) && !held
            });
        if is_taken && let Some(state) = &state {
            let slug = format!("{}-{}", one.entity.id.slug(), state.slug().to_lowercase());
            if let Ok(id) = EntityId::new(EntityKind::Person, &slug) {
                one.entity.id = id;
            }
        }
        people.add(Person { id: one.entity.id.clone(), sounds, state });
    }
}

fn sorted(words: &[String]) -> Vec<&str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words
}

/// Whether two names are one: in either order, written apart or together, with a middle name or
/// without.
fn is_same(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    one.concat() == other.concat()
        || sorted(one) == sorted(other)
        || short.len() == 2
            && long.len() == 3
            && short.first() == long.first()
            && short.last() == long.last()
}

/// The letters of a word of a slug, with the ways to transliterate one sound made equal.
fn sound(word: &str) -> String {
    const SAME: [(&str, &str); 19] = [
        ("tch", "ch"),
        ("iy", "i"),
        ("ii", "i"),
        ("yi", "i"),
        ("yy", "i"),
        ("ij", "i"),
        ("ye", "e"),
        ("je", "e"),
        ("kh", "h"),
        ("ts", "c"),
        ("tz", "c"),
        ("ks", "x"),
        ("ph", "f"),
        ("ou", "u"),
        ("oo", "u"),
        ("ck", "k"),
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
    ];
    let mut letters = word.to_owned();
    for (from, to) in SAME {
        letters = letters.replace(from, to);
    }
    let mut plain = String::with_capacity(letters.len());
    for letter in letters.chars() {
        if !plain.ends_with(letter) {
            plain.push(letter);
        }
    }
    // "Smirnoff"
    match plain.strip_suffix('f') {
        Some(stem) if stem.ends_with(['o', 'e']) => format!("{stem}v"),
        _ => plain,
    }
}

/// The slug of a name as [`canonical`] spells it.
pub(super) fn canonical_slug(lexicon: &Lexicon, name: &str) -> Option<String> {
    slug(&canonical(lexicon, name))
}

/// Words by which the slug is made: no initials, folded, lower case, joined by hyphens.
pub(super) fn slug(name: &str) -> Option<String> {
    let folded = fold(name);
    let mut words = Vec::new();
    for word in folded.split(|c: char| c.is_whitespace()) {
        if is_initial(word) {
            continue;
        }
        let plain: String =
            word.nfkd().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        if !plain.is_empty() {
            words.push(plain);
        }
    }
    (words.len() >= 2).then(|| words.join("-"))
}

/// Whether `word` is one initial: "V.".
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_drop_initials_and_accents() {
        assert_eq!(slug("Jane Q. Doe").unwrap(), "jane-doe");
        assert_eq!(slug("Kim Hong-kyun").unwrap(), "kim-hong-kyun");
        assert_eq!(slug("José  Muñoz Pérez").unwrap(), "jose-munoz-perez");
        assert_eq!(slug("J. Doe"), None);
    }

    #[test]
    fn patronymics_and_spellings_do_not_make_new_people() {
        let lexicon = Lexicon::load(None).unwrap();
        for (name, expected) in [
            ("Yevgeny Petrovich Smirnov", "yevgeny-smirnov"),
            ("Evgenii Smirnov", "yevgeny-smirnov"),
            ("Olena Ivanivna Bondar", "olena-bondar"),
            ("Dragan Marković", "dragan-markovic"),
            ("Jane Q. Doe", "jane-doe"),
        ] {
            assert_eq!(canonical_slug(&lexicon, name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn names_that_sound_alike_are_one() {
        let words = |name: &str| name.split(' ').map(sound).collect::<Vec<_>>();
        for (one, other, expected) in [
            ("oleksiy kovalenko", "oleksii kovalenko", true),
            ("ivan smirnov", "ivan smirnoff", true),
            ("min su kim", "kim min su", true),
            ("kim minsu", "kim min su", true),
            ("robert james smith", "robert smith", true),
            ("robert smith", "john smith", false),
            ("ivan petrov", "ivan petrenko", false),
        ] {
            assert_eq!(is_same(&words(one), &words(other)), expected, "{one}, {other}");
        }
    }
}

//! Base forms from a lexicon and rules.
//!
//! In come a form and its tags, out goes the lemma by the conventions of the English treebanks:
//! lower case but for names, singular, present, positive. The lexicon lists only what the rules
//! below get wrong, so the rules are part of the model: `training/lemmas.py` has the same ones.
//! Nothing depends on other words of the sentence.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use rapidhash::fast::RapidHasher;

use crate::model::{Upos, Xpos, lower_case};

/// Endings of plural nouns and what the singular has for them, the longest first.
const PLURAL: &[(&str, &str)] = &[
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("ies", "y"),
    ("men", "man"),
    ("ss", "ss"),
    ("us", "us"),
    ("'s", ""),
    ("s", ""),
];

/// Endings of verbs in the third person and what the base form has for them.
const THIRD_PERSON: &[(&str, &str)] = &[
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("zzes", "zz"),
    ("oes", "o"),
    ("ies", "y"),
    ("s", ""),
];

/// Tags and base forms of each lower-case form.
type Entries = HashMap<Box<str>, Vec<(Xpos, Box<str>)>, BuildHasherDefault<RapidHasher<'static>>>;

/// Lexicon over rules.
#[derive(Debug, Default)]
pub(super) struct Lemmatizer {
    entries: Entries,
}

/// Form, tag and lemma of a line.
fn columns(line: &str) -> Option<(&str, &str, &str)> {
    let (form, rest) = line.split_once('\t')?;
    let (tag, lemma) = rest.split_once('\t')?;
    Some((form, tag, lemma))
}

impl Lemmatizer {
    /// Reads lines of lower-case form, tag and lemma, separated by tabs, in ascending order.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut entries = Entries::default();
        let mut previous = ("", "");
        for line in text.lines() {
            let (form, name, lemma) =
                columns(line).ok_or_else(|| format!("{line:?} is no entry"))?;
            let Ok(tag) = name.parse::<Xpos>() else { return Err(format!("{name:?} is no tag")) };
            if (form, name) <= previous {
                return Err(format!("{form:?} is out of order"));
            }
            previous = (form, name);
            entries.entry(form.into()).or_default().push((tag, lemma.into()));
        }
        Ok(Self { entries })
    }

    fn find(&self, form: &str, xpos: Xpos) -> Option<&str> {
        let tags = self.entries.get(form)?;
        tags.iter().find(|(tag, _)| *tag == xpos).map(|(_, lemma)| &**lemma)
    }

    /// The base form of `form`.
    pub(super) fn lemma(&self, form: &str, upos: Upos, xpos: Xpos) -> Box<str> {
        let mut lower = lower_case(form);
        if !lower.is_ascii() && lower.contains('\u{2019}') {
            lower = lower.replace('\u{2019}', "'").into();
        }
        let name = upos == Upos::ProperNoun || matches!(xpos, Xpos::Nnp | Xpos::Nnps);
        if let Some(lemma) = self.find(&lower, xpos) {
            return if name { like(form, lemma) } else { lemma.into() };
        }
        if name {
            let base = if xpos == Xpos::Nnps { swap(&lower, PLURAL) } else { lower.into_owned() };
            return like(form, &base);
        }
        if matches!(upos, Upos::Other | Upos::Symbol | Upos::Punctuation) {
            return form.into();
        }
        rule(&lower, upos, xpos).into()
    }
}

/// `lemma` with the capitals of `form`, where they cover the same letters.
fn like(form: &str, lemma: &str) -> Box<str> {
    if form.is_ascii() && form.eq_ignore_ascii_case(lemma) {
        return form.into();
    }
    let mut letters = form.chars();
    let lemma = lemma.chars().map(|c| match letters.next() {
        Some(letter) if letter.is_uppercase() => c.to_uppercase().next().unwrap_or(c),
        _ => c,
    });
    lemma.collect::<String>().into()
}

/// The base form by spelling alone.
fn rule(lower: &str, upos: Upos, xpos: Xpos) -> String {
    match xpos {
        Xpos::Nns | Xpos::Nnps => swap(lower, PLURAL),
        Xpos::Vbz if matches!(upos, Upos::Verb | Upos::Auxiliary) => swap(lower, THIRD_PERSON),
        Xpos::Vbd | Xpos::Vbn if upos == Upos::Verb => strip(lower, "ed"),
        Xpos::Vbg if upos == Upos::Verb => strip(lower, "ing"),
        Xpos::Jjr | Xpos::Rbr => strip(lower, "er"),
        Xpos::Jjs | Xpos::Rbs => strip(lower, "est"),
        _ => lower.to_owned(),
    }
}

/// `lower` with the first ending of `table` that it has, and that leaves a stem, exchanged.
fn swap(lower: &str, table: &[(&str, &str)]) -> String {
    for (from, to) in table {
        if let Some(stem) = lower.strip_suffix(from).filter(|stem| stem.len() > 1) {
            return format!("{stem}{to}");
        }
    }
    lower.to_owned()
}

/// What stands before `ending`, with the spelling changes it brings undone: doubled consonants,
/// `i` for `y`, a dropped `e`.
fn strip(lower: &str, ending: &str) -> String {
    let Some(stem) = lower.strip_suffix(ending).filter(|stem| stem.len() > 1) else {
        return lower.to_owned();
    };
    if !stem.is_ascii() {
        return stem.to_owned();
    }
    let bytes = stem.as_bytes();
    let vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let n = bytes.len();
    let (last, before) = (bytes[n - 1], bytes[n - 2]);
    if last == b'i' && ending != "ing" {
        return format!("{}y", &stem[..n - 1]);
    }
    if !bytes.iter().any(|&byte| vowel(byte)) {
        return lower.to_owned();
    }
    if last == before && last.is_ascii_lowercase() && !vowel(last) {
        return if matches!(last, b'l' | b's' | b'z' | b'f') && n > 3 || n < 3 {
            stem.to_owned()
        } else {
            stem[..n - 1].to_owned()
        };
    }
    let dropped_e = ["at", "iz", "v", "c", "u", "bl", "pl", "tl", "dl", "gl", "rg", "dg", "nc"]
        .iter()
        .any(|end| stem.ends_with(end))
        || last == b's'
        || (matches!(last, b'r' | b'g' | b'k' | b'p' | b't' | b'd' | b'm' | b'n')
            && n >= 2
            && matches!(before, b'a' | b'i' | b'o' | b'u')
            && n >= 3
            && !vowel(bytes[n - 3])
            && n <= 4);
    if dropped_e { format!("{stem}e") } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_changes_are_undone() {
        for (form, upos, xpos, want) in [
            ("shells", Upos::Noun, Xpos::Nns, "shell"),
            ("Armies", Upos::Noun, Xpos::Nns, "army"),
            ("aides", Upos::Noun, Xpos::Nns, "aide"),
            ("watches", Upos::Verb, Xpos::Vbz, "watch"),
            ("warned", Upos::Verb, Xpos::Vbd, "warn"),
            ("supplied", Upos::Verb, Xpos::Vbn, "supply"),
            ("shipped", Upos::Verb, Xpos::Vbd, "ship"),
            ("making", Upos::Verb, Xpos::Vbg, "make"),
            ("bigger", Upos::Adjective, Xpos::Jjr, "big"),
            ("Drones", Upos::ProperNoun, Xpos::Nnps, "Drone"),
            ("Kim", Upos::ProperNoun, Xpos::Nnp, "Kim"),
            ("\u{e9}", Upos::Verb, Xpos::Vbd, "\u{e9}"),
        ] {
            assert_eq!(&*Lemmatizer::default().lemma(form, upos, xpos), want, "{form}");
        }
    }

    #[test]
    fn the_lexicon_comes_first() {
        let lemmatizer = Lemmatizer::read("states\tNNPS\tstate\nwent\tVBD\tgo\n").unwrap();
        assert_eq!(&*lemmatizer.lemma("Went", Upos::Verb, Xpos::Vbd), "go");
        assert_eq!(&*lemmatizer.lemma("States", Upos::ProperNoun, Xpos::Nnps), "State");
        assert!(Lemmatizer::read("went\tVBD").is_err());
        assert!(Lemmatizer::read("went\t??\tgo").is_err());
        assert!(Lemmatizer::read("went\tVBD\tgo\nate\tVBD\teat").is_err());
    }
}

//! One surface form of an entity: what kind of name it is and how it may be written.

use crate::model::MentionForm;

use super::fold::fold;

/// What a surface form is to its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum AliasKind {
    /// A name that means the entity by itself.
    Name,
    /// A family name, used alone once the person is known.
    Surname,
    /// An adjective of a state.
    Demonym,
    /// The people of a state.
    People,
    /// A capital.
    Capital,
    /// A seat of power.
    Seat,
    /// An organ, service or armed force of a state or organization.
    Organ,
    /// A class or model of weapon.
    Weapon,
    /// A phrase that holds a name and means something else: "South China Sea".
    Blocked,
}

impl AliasKind {
    /// The form of a mention by such an alias.
    pub(super) fn form(self) -> MentionForm {
        match self {
            Self::Name | Self::Surname | Self::Blocked => MentionForm::Name,
            Self::Demonym => MentionForm::Demonym,
            Self::People => MentionForm::People,
            Self::Capital | Self::Seat => MentionForm::Capital,
            Self::Organ => MentionForm::Organ,
            Self::Weapon => MentionForm::Weapon,
        }
    }
}

/// In which letters a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Mixed,
    /// Capitals, so that those of a word tell nothing.
    Capitals,
    /// No capital at all, as some write headlines.
    Small,
}

/// One surface form of an entity.
#[derive(Debug, Clone)]
pub(super) struct Alias {
    /// Number of the entity in the gazetteer.
    pub entity: u32,
    /// What it is to the entity.
    pub kind: AliasKind,
    /// Whether it counts only where the context speaks for it.
    pub needs_context: bool,
    /// Whether a hyphen must follow: "Sino-".
    pub prefix: bool,
    /// As folded, with its case.
    pub folded: Box<str>,
}

impl Alias {
    /// The surname that it is, to the letter.
    pub(super) fn surname(&self) -> Option<(&str, bool)> {
        (self.kind == AliasKind::Surname).then_some((&*self.folded, self.prefix))
    }

    /// Whether the folded words `surface`, equal to the alias but for case, are written as the
    /// alias allows. `letters`: how the whole sentence is written.
    pub(super) fn fits(&self, surface: &str, letters: Letters) -> bool {
        if *self.folded == *surface {
            return true;
        }
        if letters == Letters::Small && self.kind != AliasKind::Weapon {
            return true;
        }
        // A short name in capitals ("IS", "Us") is another word than the alias.
        let capitals_allowed = letters == Letters::Capitals || self.folded.len() >= 4;
        self.folded.split(' ').zip(surface.split(' ')).enumerate().all(|(n, (alias, word))| {
            alias == word
                || capitals_allowed && is_upper(word)
                || is_capitalized(word) && alias == word.to_lowercase()
                // The later parts of an Asian given name: "Kim Jong-un" for "Kim Jong Un".
                || n >= 2 && self.kind == AliasKind::Name && word == alias.to_lowercase()
        })
    }
}

/// Whether all letters are capitals, two at least.
pub(super) fn is_upper(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic()).peekable();
    let mut n = 0;
    letters.by_ref().all(|c| {
        n += 1;
        c.is_uppercase()
    }) && n >= 2
}

/// Whether the first letter is a capital.
pub(super) fn is_capitalized(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// The folded spellings of an alias: British and American, "F-16" and "F16", "152mm" and "152 mm".
/// The first is its own.
pub(super) fn spellings(alias: &str) -> Vec<String> {
    let mut found = vec![fold(alias)];
    for (one, other) in [("efence", "efense"), ("efense", "efence"), ("mour", "mor")] {
        if found[0].contains(one) {
            found.push(found[0].replace(one, other));
        }
    }
    for n in 0..found.len() {
        if let Some(joined) = join_designation(&found[n]) {
            found.push(joined);
        } else if let Some(split) = split_designation(&found[n]) {
            found.push(split);
        }
    }
    found
}

/// "F 16" → "F16", "S 300PMU" → "S300PMU", "152 mm" → "152mm".
fn join_designation(folded: &str) -> Option<String> {
    let spaces = folded.match_indices(' ').map(|(at, _)| at);
    let at = spaces.into_iter().find(|&at| {
        let (before, after) = (&folded[..at], &folded[at + 1..]);
        let word = before.rsplit(' ').next().unwrap_or(before);
        let letters = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_alphabetic());
        let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        letters
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && after.starts_with(|c: char| c.is_ascii_digit())
            || digits && (after == "mm" || after.starts_with("mm "))
    })?;
    Some(format!("{}{}", &folded[..at], &folded[at + 1..]))
}

/// "Su27" → "Su 27", "152mm shell" → "152 mm shell".
fn split_designation(folded: &str) -> Option<String> {
    let first = folded.split(' ').next()?;
    let digits = first.find(|c: char| c.is_ascii_digit())?;
    let at = if digits == 0 {
        let end = first.find(|c: char| !c.is_ascii_digit())?;
        (&first[end..] == "mm").then_some(end)?
    } else {
        let letters = digits <= 4 && first[..digits].bytes().all(|b| b.is_ascii_alphabetic());
        letters.then_some(digits)?
    };
    Some(format!("{} {}", &folded[..at], &folded[at..]))
}

/// The regular plural of the last word of a common noun.
pub(super) fn plural(noun: &str) -> String {
    let stem = |n: usize| &noun[..noun.len() - n];
    let before_last = noun.len().checked_sub(2).map(|at| noun.as_bytes()[at]);
    let vowel_before = matches!(before_last, Some(b'a' | b'e' | b'i' | b'o' | b'u'));
    if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else if noun.ends_with('y') && !vowel_before {
        format!("{}ies", stem(1))
    } else {
        format!("{noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alias(name: &str, kind: AliasKind) -> Alias {
        let folded = fold(name).into();
        Alias { entity: 0, kind, needs_context: false, prefix: false, folded }
    }

    #[test]
    fn case_is_decided_for_each_alias() {
        let cases = [
            ("US", "US", true),
            ("US", "us", false),
            ("US", "Us", false),
            ("Kim Jong Un", "Kim Jong un", true),
            ("Kim Jong-un", "Kim Jong Un", true),
            ("Kim Jong Un", "KIM JONG UN", true),
            ("Vladimir Putin", "Vladimir PUTIN", true),
            ("Turkey", "turkey", false),
            ("artillery shell", "Artillery Shell", true),
            ("artillery shell", "Artillery shell", true),
            ("Hammer", "hammer", false),
            ("NATO", "Nato", false),
            ("Xi", "XI", false),
        ];
        for (name, surface, fits) in cases {
            assert_eq!(
                alias(name, AliasKind::Name).fits(surface, Letters::Mixed),
                fits,
                "{name} {surface}"
            );
        }
        assert!(alias("Xi", AliasKind::Surname).fits("XI", Letters::Capitals));
        assert!(alias("North Korea", AliasKind::Name).fits("north korea", Letters::Small));
    }

    #[test]
    fn designations_are_written_in_three_ways() {
        assert_eq!(spellings("F-16"), ["F 16", "F16"]);
        assert_eq!(spellings("Su27"), ["Su27", "Su 27"]);
        assert_eq!(spellings("152mm shell"), ["152mm shell", "152 mm shell"]);
        assert_eq!(spellings("152 mm"), ["152 mm", "152mm"]);
        assert_eq!(spellings("air defence"), ["air defence", "air defense"]);
        assert_eq!(spellings("Leopard 2"), ["Leopard 2"]);
    }

    #[test]
    fn plurals_are_regular() {
        for (noun, many) in [
            ("shell", "shells"),
            ("battery", "batteries"),
            ("torpedo boat", "torpedo boats"),
            ("convoy", "convoys"),
            ("cutlass", "cutlasses"),
        ] {
            assert_eq!(plural(noun), many);
        }
    }
}

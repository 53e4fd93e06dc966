//! Word lists that tokens and sentence ends are decided by. All sorted for binary search.

use crate::model::month_number;

/// What a full stop after an abbreviation may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name or number: never ends a sentence ("Gen.", "Mr.", "No.").
    Leading,
    /// May end a sentence, if a word follows that rarely continues one ("Inc.", "Sept.", "U.S.").
    Any,
}

/// Before a name, in the spelling of news.
const LEADING: &[&str] = &[
    "Adj", "Adm", "Amb", "Asst", "Attn", "Brig", "Capt", "Cmdr", "Col", "Comdr", "Cpl", "Cpt",
    "Det", "Dr", "Fr", "Ft", "Gen", "Gens", "Gov", "Govs", "Hon", "Insp", "Lieut", "Lt", "Maj",
    "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Mt", "Mx", "Ofc", "Pfc", "Pres", "Prof", "Profs",
    "Pvt", "Rep", "Reps", "Rev", "Sen", "Sens", "Sgt", "St", "Ste", "Supt", "Vice-Adm", "approx",
    "ca", "cf", "esp", "vs",
];

/// Others that keep their full stop.
const OTHER: &[&str] = &[
    "Ala", "Apr", "Ariz", "Ark", "Assn", "Aug", "Ave", "Bldg", "Blvd", "Bros", "Calif", "Cia",
    "Cie", "Co", "Colo", "Conn", "Corp", "Cos", "Ct", "Ctr", "Dec", "Del", "Dept", "Dist", "Div",
    "Esq", "Est", "Feb", "Fla", "Fri", "Hwy", "Inc", "Intl", "Jan", "Jr", "Jul", "Jun", "Kan",
    "Ky", "La", "Ltd", "Mass", "Md", "Mfg", "Mich", "Minn", "Miss", "Mo", "Mon", "Mont", "Natl",
    "Neb", "Nev", "Nov", "Oct", "Okla", "Ont", "Ore", "Pa", "Penn", "Ph.D", "Pte", "Pty", "Que",
    "Rd", "Sept", "Sr", "Tenn", "Tex", "Thu", "Thur", "Thurs", "Tue", "Tues", "Univ", "Va", "Vt",
    "Wash", "Wed", "Wis", "Wyo", "al", "dept", "est", "et", "etc", "ext", "govt", "hrs", "incl",
    "lb", "lbs", "max", "min", "misc", "mph", "oz", "pct", "tel", "v", "vol",
];

/// Only before a number: "No. 5", "p. 12", "Art. 5".
const BEFORE_NUMBER: &[&str] = &[
    "Art", "Arts", "Ch", "Fig", "Figs", "Mar", "No", "Nos", "Sat", "Sec", "Sun", "Vol", "art",
    "ch", "fig", "no", "nos", "p", "pg", "pp", "sec", "vol",
];

/// Capitalised words that begin sentences and hardly ever continue a name.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "Across",
    "After",
    "Although",
    "Am",
    "Amid",
    "Among",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Could",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "Four",
    "From",
    "Further",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "Hers",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Just",
    "Last",
    "Later",
    "Like",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "Nearly",
    "Neither",
    "No",
    "None",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "Perhaps",
    "Please",
    "Several",
    "She",
    "Should",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Three",
    "Through",
    "Thus",
    "To",
    "Today",
    "Two",
    "Under",
    "Unlike",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Whose",
    "Why",
    "Will",
    "With",
    "Within",
    "Without",
    "Would",
    "Yes",
    "Yet",
    "You",
    "Your",
];

/// Verbs that carry on a sentence after a quotation that ends in `?` or `!`.
const SPEECH_VERBS: &[&str] = &[
    "added",
    "adds",
    "admitted",
    "announced",
    "answered",
    "argued",
    "asked",
    "asks",
    "began",
    "boasted",
    "called",
    "claimed",
    "commented",
    "complained",
    "concluded",
    "continued",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "explained",
    "insisted",
    "joked",
    "muttered",
    "noted",
    "pondered",
    "posted",
    "quipped",
    "read",
    "reads",
    "recalled",
    "remarked",
    "repeated",
    "replied",
    "responded",
    "retorted",
    "said",
    "says",
    "screamed",
    "shouted",
    "tells",
    "thought",
    "told",
    "tweeted",
    "urged",
    "warned",
    "wondered",
    "wrote",
    "yelled",
];

/// First parts that a hyphen does not cut off in the treebanks: "anti-ship", "non-military".
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "inter",
    "intra", "mid", "mini", "multi", "neo", "non", "over", "post", "pre", "pro", "pseudo",
    "psycho", "quasi", "re", "semi", "socio", "sub", "super", "trans", "tri", "ultra", "un",
    "under",
];

/// Units that are cut off a number: "5 km", "7:30 PM".
const UNITS: &[&str] = &[
    "am", "bn", "cm", "ft", "gb", "ghz", "hp", "hr", "hrs", "k", "kb", "kg", "km", "kmh", "kms",
    "kph", "kt", "kw", "kwh", "lb", "lbs", "m", "mb", "mg", "mhz", "mi", "min", "mins", "ml", "mm",
    "mn", "mph", "mw", "nm", "oz", "pm", "sec", "tb", "tn", "trn", "yr", "yrs",
];

/// Ends of host and file names, after which a full stop is no mark of its own.
const NAME_ENDINGS: &[&str] = &[
    "ai", "app", "biz", "by", "ca", "cn", "co", "com", "de", "doc", "docx", "edu", "eu", "fm",
    "fr", "gov", "htm", "html", "il", "info", "int", "io", "ir", "jp", "jpg", "kp", "kr", "kz",
    "media", "mil", "net", "news", "org", "pdf", "pl", "png", "ru", "tv", "tw", "txt", "ua", "uk",
    "xls", "xlsx", "zip",
];

fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// Whether `word`, lower-cased, is in `list`; words longer than any member are refused early.
fn has_lower(list: &[&str], word: &str) -> bool {
    let mut buffer = [0_u8; 16];
    let Some(buffer) = buffer.get_mut(..word.len()) else { return false };
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).is_ok_and(|word| has(list, word))
}

/// Kind of the abbreviation `word` (without its full stop) before a word that begins with `next`.
pub(super) fn abbreviation(word: &str, next: Option<char>) -> Option<Abbreviation> {
    if has(LEADING, word) || matches!(word, "e.g" | "i.e") || is_shouted(word) {
        return Some(Abbreviation::Leading);
    }
    if has(OTHER, word) {
        return Some(Abbreviation::Any);
    }
    (next.is_some_and(|next| next.is_ascii_digit())
        && (has(BEFORE_NUMBER, word) || matches!(word, "c" | "fl" | "d" | "b" | "r")))
    .then_some(Abbreviation::Leading)
}

/// "GEN." and "SEN." of headlines in capitals.
fn is_shouted(word: &str) -> bool {
    matches!(
        word,
        "ADM"
            | "CAPT"
            | "CMDR"
            | "COL"
            | "DR"
            | "GEN"
            | "GOV"
            | "LT"
            | "MAJ"
            | "MR"
            | "MRS"
            | "MS"
            | "PROF"
            | "REP"
            | "REV"
            | "SEN"
            | "SGT"
            | "ST"
    )
}

/// Whether `word` names or shortens a month, capitalised: "June", "Sept.".
pub(super) fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && month_number(word.trim_end_matches('.')).is_some()
}

pub(super) fn is_starter(word: &str) -> bool {
    has(STARTERS, word)
}

pub(super) fn is_speech_verb(word: &str) -> bool {
    has(SPEECH_VERBS, word)
}

pub(super) fn is_prefix(word: &str) -> bool {
    has_lower(PREFIXES, word)
}

pub(super) fn is_unit(word: &str) -> bool {
    has_lower(UNITS, word)
}

pub(super) fn is_name_ending(word: &str) -> bool {
    has_lower(NAME_ENDINGS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        let lists =
            [LEADING, OTHER, BEFORE_NUMBER, STARTERS, SPEECH_VERBS, PREFIXES, UNITS, NAME_ENDINGS];
        for list in lists {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{pair:?}");
            }
        }
    }

    #[test]
    fn numbers_decide_on_number_words() {
        assert_eq!(abbreviation("No", Some('5')), Some(Abbreviation::Leading));
        assert_eq!(abbreviation("No", Some('W')), None);
        assert_eq!(abbreviation("Gen", Some('W')), Some(Abbreviation::Leading));
    }
}

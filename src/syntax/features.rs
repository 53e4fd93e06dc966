//! What the net sees of a word: normalised form, hashed character n-grams, shape.
//!
//! In come the forms of one sentence, out go numbers of table rows. `training/features.py`
//! computes the same; `data/model/reference.json` pins both. No table is read here.

/// Most n-grams of one word that count.
pub(super) const MAX_NGRAMS: usize = 24;
/// Longer words keep half of this at either end.
const MAX_CHARS: usize = 24;
/// Shapes are numbered below this.
pub(super) const N_SHAPES: usize = 48;

/// How a sentence is set: where most words have capitals, case says little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// As running text.
    Normal,
    /// IN CAPITALS.
    Capitals,
    /// Like a Title.
    Title,
}

/// The mode of a sentence of these normalised forms.
pub(super) fn mode<'a>(forms: impl Iterator<Item = &'a str>) -> Mode {
    let (mut words, mut capitals, mut long_words, mut titled) = (0, 0, 0, 0);
    for form in forms {
        let mut letters = form.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        let (mut n_letters, mut all_upper) = (1, first.is_uppercase());
        for letter in letters {
            n_letters += 1;
            all_upper &= letter.is_uppercase();
        }
        if n_letters >= 2 {
            words += 1;
            capitals += u32::from(all_upper);
        }
        if n_letters >= 4 {
            long_words += 1;
            titled += u32::from(first.is_uppercase());
        }
    }
    if words >= 3 && capitals * 10 >= words * 7 {
        Mode::Capitals
    } else if long_words >= 4 && titled * 20 >= long_words * 17 {
        Mode::Title
    } else {
        Mode::Normal
    }
}

/// Appends `form` with typographic quotes, dashes and ellipses in their ASCII spelling.
pub(super) fn normalise(form: &str, to: &mut String) {
    match form {
        "\u{2013}" | "\u{2014}" | "\u{2015}" => to.push_str("--"),
        "``" | "''" => to.push('"'),
        _ if form.is_ascii() && !form.contains('`') => to.push_str(form),
        _ => {
            for c in form.chars() {
                match c {
                    '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '`' => to.push('\''),
                    '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => to.push('"'),
                    '\u{2010}'..='\u{2015}' | '\u{2212}' => to.push('-'),
                    '\u{2026}' => to.push_str("..."),
                    _ => to.push(c),
                }
            }
        }
    }
}

/// The key by which a normalised form is looked up: lower case, every ASCII digit as 0.
pub(super) fn key(normalised: &str, to: &mut String) {
    to.clear();
    let fold = |c: char| if c.is_ascii_digit() { '0' } else { c };
    if normalised.is_ascii() {
        to.extend(normalised.chars().map(|c| fold(c.to_ascii_lowercase())));
    } else {
        to.extend(normalised.to_lowercase().chars().map(fold));
    }
}

/// The shape of a normalised form, a number below [`N_SHAPES`].
pub(super) fn shape(normalised: &str, mode: Mode) -> usize {
    let (mut n_chars, mut n_letters, mut n_upper) = (0, 0, 0);
    let (mut digits, mut hyphen, mut first_upper) = (false, false, false);
    for c in normalised.chars() {
        n_chars += 1;
        digits |= c.is_ascii_digit();
        hyphen |= c == '-';
        if c.is_alphabetic() {
            let upper = c.is_uppercase();
            first_upper |= upper && n_letters == 0;
            n_letters += 1;
            n_upper += usize::from(upper);
        }
    }
    let case = if n_letters == 0 {
        0
    } else if mode == Mode::Capitals {
        6
    } else if n_upper == n_letters {
        if n_letters == 1 { 4 } else { 3 }
    } else if first_upper && n_upper == 1 {
        if mode == Mode::Title { 7 } else { 2 }
    } else if n_upper > 0 {
        5
    } else {
        1
    };
    let kind = if n_letters == 0 {
        if digits { 1 } else { 5 }
    } else if digits {
        2
    } else if hyphen {
        3
    } else if n_letters < n_chars {
        4
    } else {
        0
    };
    case * 6 + kind
}

/// 32-bit FNV-1a with a final mix, so that the low bits are usable.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for byte in bytes {
        h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}

/// Hashes of the n-grams of a key: prefixes, suffixes, trigrams; at most [`MAX_NGRAMS`].
pub(super) fn ngrams(key: &str, to: &mut Vec<u32>) {
    to.clear();
    let n_chars = key.chars().count();
    let mut padded = ['^'; MAX_CHARS + 2];
    let mut n = 1;
    let skipped = if n_chars > MAX_CHARS { MAX_CHARS / 2..n_chars - MAX_CHARS / 2 } else { 0..0 };
    for (i, c) in key.chars().enumerate() {
        if !skipped.contains(&i) {
            padded[n] = c;
            n += 1;
        }
    }
    padded[n] = '$';
    let padded = &padded[..=n];
    let n = padded.len();
    let mut push = |gram: &[char]| {
        if to.len() < MAX_NGRAMS {
            let mut buffer = [0_u8; 20];
            let mut used = 0;
            for c in gram {
                used += c.encode_utf8(&mut buffer[used..]).len();
            }
            to.push(hash(buffer[..used].iter().copied()));
        }
    };
    for size in [2, 4] {
        if n >= size {
            push(&padded[..size]);
        }
    }
    for size in [2, 4, 5] {
        if n > size {
            push(&padded[n - size..]);
        }
    }
    for gram in padded.windows(3) {
        push(gram);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typographic_marks_are_folded() {
        for (form, want) in [
            ("don\u{2019}t", "don't"),
            ("\u{201c}", "\""),
            ("``", "\""),
            ("\u{2014}", "--"),
            ("2019\u{2013}20", "2019-20"),
            ("\u{2026}", "..."),
            ("plain", "plain"),
        ] {
            let mut got = String::new();
            normalise(form, &mut got);
            assert_eq!(got, want);
        }
    }

    #[test]
    fn the_setting_of_a_sentence_is_seen() {
        for (sentence, want) in [
            ("Kim met the envoy on Monday", Mode::Normal),
            ("NORTH KOREA SENDS SHELLS", Mode::Capitals),
            ("North Korea Sends Shells to Russia", Mode::Title),
            ("NATO", Mode::Normal),
        ] {
            assert_eq!(mode(sentence.split(' ')), want, "{sentence}");
        }
    }

    #[test]
    fn long_and_short_keys_have_few_ngrams() {
        let mut grams = Vec::new();
        for (key, want) in [("", 0), ("a", 2), ("of", 4), (&"x".repeat(999), MAX_NGRAMS)] {
            ngrams(key, &mut grams);
            assert_eq!(grams.len().min(MAX_NGRAMS), grams.len());
            assert!(grams.len() >= want, "{key}");
        }
    }
}

//! RTF: the text, one article.
//!
//! Left out: tables of fonts, colours and styles, headers, footers, pictures, fields' instructions.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::super::Cause;
use super::super::form::{Input, Opened, Sign, one, read_all};
use super::super::record::Fields;

/// Groups whose content is no text of the document.
const LEFT_OUT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "fldinst",
    "object",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "atnid",
    "atnauthor",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
];

/// Whether such a document begins here.
pub(super) fn begins(start: &[u8]) -> Sign {
    if start.starts_with(b"{\\rtf") { Sign::Sure } else { Sign::No }
}

pub(super) fn open(mut input: Input) -> Opened {
    Ok(read_all(&mut *input.reader)?.map(|bytes| one(read(&bytes))))
}

/// What holds inside of a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    is_left_out: bool,
    /// Characters that stand behind one of Unicode for programs that know none.
    n_fallback: usize,
}

fn read(bytes: &[u8]) -> Result<Fields, Cause> {
    const MAX_DEPTH: usize = 10_000;
    let mut text = String::new();
    let mut encoding: &'static Encoding = WINDOWS_1252;
    let mut groups = vec![Group { is_left_out: false, n_fallback: 1 }];
    // Bytes of the document's encoding that are not yet text.
    let mut raw: Vec<u8> = Vec::new();
    let (mut skip, mut at) = (0_usize, 0);
    while let Some(&b) = bytes.get(at) {
        let group = *groups.last().expect("the outermost group stays");
        at += 1;
        match b {
            b'{' | b'}' => {
                flush(&mut raw, encoding, &mut text);
                skip = 0;
                if b == b'}' {
                    if groups.len() > 1 {
                        groups.pop();
                    }
                } else if groups.len() >= MAX_DEPTH {
                    return Err(Cause::broken("RTF", "its groups lie too deep"));
                } else {
                    groups.push(group);
                }
            }
            b'\r' | b'\n' => {}
            b'\\' => {
                let Some(&next) = bytes.get(at) else { break };
                if next == b'\'' {
                    if skip == 0 && !group.is_left_out {
                        raw.extend(hex_byte(bytes, at + 1));
                    }
                    skip = skip.saturating_sub(1);
                    at += 3;
                    continue;
                }
                flush(&mut raw, encoding, &mut text);
                if !next.is_ascii_alphabetic() {
                    at += 1;
                    symbol(next, &mut groups, &mut text);
                    continue;
                }
                let (word, number, end) = word(bytes, at);
                at = end;
                match (word, number) {
                    ("u", Some(code)) => {
                        let unit = u16::try_from(code.rem_euclid(0x1_0000)).unwrap_or(0xFFFD);
                        if !group.is_left_out {
                            push_unit(unit, &mut text);
                        }
                        skip = group.n_fallback;
                    }
                    ("uc", Some(n)) => {
                        let n = usize::try_from(n).unwrap_or(1).min(16);
                        groups.last_mut().expect("the outermost group stays").n_fallback = n;
                    }
                    ("ansicpg", Some(page)) => {
                        let label = format!("windows-{page}");
                        encoding = Encoding::for_label(label.as_bytes()).unwrap_or(encoding);
                    }
                    ("bin", Some(n)) => at += usize::try_from(n).unwrap_or(0),
                    (word, _) if LEFT_OUT.contains(&word) => {
                        groups.last_mut().expect("the outermost group stays").is_left_out = true;
                    }
                    _ if group.is_left_out => {}
                    (word, _) => control(word, &mut text),
                }
            }
            _ if skip > 0 => skip -= 1,
            b if !group.is_left_out => raw.push(b),
            _ => {}
        }
    }
    flush(&mut raw, encoding, &mut text);
    let text = text.trim().to_owned();
    if groups.len() > 1 && text.is_empty() {
        return Err(Cause::broken("RTF", "it ends too early"));
    }
    Ok(Fields::from(text))
}

fn flush(raw: &mut Vec<u8>, encoding: &'static Encoding, text: &mut String) {
    if !raw.is_empty() {
        text.push_str(&encoding.decode_without_bom_handling(raw).0);
        raw.clear();
    }
}

/// The byte that two hexadecimal digits name.
fn hex_byte(bytes: &[u8], at: usize) -> Option<u8> {
    let digits = std::str::from_utf8(bytes.get(at..at + 2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// A control word with its number, and where it ends.
fn word(bytes: &[u8], start: usize) -> (&str, Option<i64>, usize) {
    let end =
        start + bytes[start..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
    let mut at = end + usize::from(bytes.get(end) == Some(&b'-'));
    at += bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
    let text =
        |range: std::ops::Range<usize>| std::str::from_utf8(&bytes[range]).unwrap_or_default();
    let number = text(end..at).parse().ok();
    let at = if number.is_some() { at } else { end };
    (text(start..end), number, at + usize::from(bytes.get(at) == Some(&b' ')))
}

fn symbol(symbol: u8, groups: &mut [Group], text: &mut String) {
    let group = groups.last_mut().expect("the outermost group stays");
    match symbol {
        // The group is for programs that know what it is.
        b'*' => group.is_left_out = true,
        _ if group.is_left_out => {}
        b'\\' | b'{' | b'}' => text.push(char::from(symbol)),
        b'~' => text.push('\u{A0}'),
        b'_' => text.push('-'),
        b'\r' | b'\n' => text.push_str("\n\n"),
        _ => {}
    }
}

fn control(word: &str, text: &mut String) {
    match word {
        "par" | "sect" | "page" | "row" => text.push_str("\n\n"),
        "line" => text.push('\n'),
        "tab" | "cell" => text.push('\t'),
        "emdash" => text.push('—'),
        "endash" => text.push('–'),
        "lquote" => text.push('‘'),
        "rquote" => text.push('’'),
        "ldblquote" => text.push('“'),
        "rdblquote" => text.push('”'),
        "bullet" => text.push('•'),
        _ => {}
    }
}

/// Appends a unit of UTF-16; the second of a pair completes the first.
fn push_unit(unit: u16, text: &mut String) {
    // The first half of a pair waits as a private character.
    const FIRST: u32 = 0x0010_0000;
    let waiting =
        text.chars().next_back().map(u32::from).filter(|c| (FIRST..FIRST + 0x400).contains(c));
    match unit {
        0xD800..=0xDBFF => text.extend(char::from_u32(FIRST + u32::from(unit - 0xD800))),
        0xDC00..=0xDFFF => {
            let Some(first) = waiting else { return };
            text.pop();
            let code = 0x1_0000 + ((first - FIRST) << 10) + u32::from(unit - 0xDC00);
            text.extend(char::from_u32(code));
        }
        _ => text.extend(char::from_u32(unit.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_what_formats_it() {
        let document = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator X;}\f0\fs24 The \b envoys\b0  met in Caf\'e9 \u8220?Nord\u8221?.\par They left \{at once\}.\u-10179?\u-8704?}";
        let fields = read(document).unwrap();
        assert_eq!(
            fields.text.as_deref(),
            Some("The envoys met in Café “Nord”.\n\nThey left {at once}.😀")
        );
        for cut in 0..document.len() {
            let _ = read(&document[..cut]);
        }
    }
}

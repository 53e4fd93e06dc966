//! Characters that a format cannot hold, or that its reader would run.

use std::borrow::Cow;

/// Text for XML 1.0: characters that it cannot hold become U+FFFD. Escaping is the writer's work.
pub(super) fn xml_text(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    // U+FFFE begins with the byte EF. All bytes are looked at: many in one step.
    let may_begin_one = |byte: u8| matches!(byte, 0..b' ' | 0xef);
    if !text.bytes().fold(false, |found, byte| found | may_begin_one(byte)) {
        return Cow::Borrowed(text);
    }
    if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Text of an attribute in a file that Gephi reads. It takes "INF" for infinity and writes
/// "Infinity" wherever the letters stand, even within a word; a word joiner between them keeps the
/// text what it is, and looks the same.
pub(super) fn attribute_text(text: &str) -> Cow<'_, str> {
    if text.contains("INF") {
        Cow::Owned(xml_text(text).replace("INF", "IN\u{2060}F"))
    } else {
        xml_text(text)
    }
}

/// A cell for spreadsheets: text that one would run as a formula gets an apostrophe before it. Where
/// the locale parts cells by semicolons or tabs, what stands behind such a mark is a cell as well, and
/// begins as one: the mark is followed by an apostrophe there.
pub(super) fn spreadsheet_cell(text: &str) -> Cow<'_, str> {
    let runs = |text: &str| {
        // Spreadsheets pass over marks that show nothing.
        let text = text.trim_start_matches(|c: char| {
            matches!(
                c,
                '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{A0}' | ' ' | '"' | '\''
            )
        });
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
    };
    let first = text
        .trim_start_matches('\u{FEFF}')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let parts = |byte: u8| matches!(byte, b';' | b'\t' | b'\n' | b'\r');
    let has_parts = text.bytes().fold(false, |found, byte| found | parts(byte));
    let later = |text: &str| text.split([';', '\t', '\n', '\r']).skip(1).any(runs);
    if !(first || has_parts && later(text)) {
        return Cow::Borrowed(text);
    }
    let mut cell = String::with_capacity(text.len() + 2);
    if first {
        cell.push('\'');
    }
    for (n, part) in text.split_inclusive([';', '\t', '\n', '\r']).enumerate() {
        if n > 0 && runs(part) {
            cell.push('\'');
        }
        cell.push_str(part);
    }
    Cow::Owned(cell)
}

/// `text` if it is a whole web address without characters that addresses cannot hold.
pub(super) fn web_address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    let whole = matches!(scheme, "http" | "https")
        && rest.starts_with(|c: char| c.is_alphanumeric())
        && !rest.contains(forbidden);
    whole.then_some(text)
}

/// `text` without characters that only steer its display: joiners, marks of direction, byte order
/// marks. `FollowTheMoney` removes them, and a value that changes on the way is lost.
pub(super) fn without_format_characters(text: &str) -> String {
    let formats = |c: char| {
        matches!(
            c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0001}'..='\u{E007F}'
        )
    };
    text.replace(formats, "")
}

/// Text on one line: every run of white space and control characters is one space.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// Whether single spaces between words are the only white space, and nothing steers.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Whole texts at once: without a way out of the middle, many bytes are looked at in one step.
    let (mut control, mut spaces, mut wide) = (false, bytes.first() == Some(&b' '), false);
    for &byte in bytes {
        control |= byte.is_ascii_control();
        wide |= !byte.is_ascii();
    }
    for (&one, &next) in bytes.iter().zip(&bytes[bytes.len().min(1)..]) {
        spaces |= [one, next] == [b' '; 2];
    }
    spaces |= bytes.last() == Some(&b' ');
    let steers = |c: char| !c.is_ascii() && (c.is_whitespace() || c.is_control());
    !(control || spaces || wide && text.contains(steers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_other_text_is_left_alone() {
        for (text, cell) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM", "'@SUM"),
            ("\t=1", "'\t'=1"),
            ("Moscow = power", "Moscow = power"),
            ("\u{FEFF}=1", "'\u{FEFF}=1"),
            ("a;=1+1;b", "a;'=1+1;b"),
            ("a; +1", "a;' +1"),
            ("one; two - three", "one; two - three"),
        ] {
            assert_eq!(spreadsheet_cell(text), cell);
        }
    }

    #[test]
    fn characters_outside_of_xml_are_replaced() {
        assert_eq!(xml_text("a\u{1}b\u{FFFF}\n"), "a\u{FFFD}b\u{FFFD}\n");
    }

    #[test]
    fn attributes_do_not_become_infinite() {
        assert_eq!(attribute_text("the INF\u{1} Treaty"), "the IN\u{2060}F\u{FFFD} Treaty");
        assert_eq!(attribute_text("Infantry"), "Infantry");
    }

    #[test]
    fn web_addresses_are_whole_or_none() {
        assert_eq!(web_address(" https://a.example/b?c=d#e "), Some("https://a.example/b?c=d#e"));
        for bad in ["", "a.example", "javascript:alert(1)", "http://", "https://a b", "ftp://a"] {
            assert_eq!(web_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn white_space_folds_to_one_line() {
        for (text, line) in [
            ("  a\n\tb\u{2028}c\u{0}d ", "a b c d"),
            ("a — b", "a — b"),
            ("a  b", "a b"),
            ("a b ", "a b"),
            ("a\u{A0}b", "a b"),
            ("", ""),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
        }
    }
}

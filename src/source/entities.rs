//! Entities of HTML and XML: `&amp;`, `&#8217;`.

/// Longest name of an entity that is looked for, with its marks.
const MAX_LENGTH: usize = 12;

/// Appends `text` to `read` with its entities read.
///
/// # Complexity
///
/// Linear in the length of the text.
pub(super) fn push(text: &str, read: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((c, length)) = entity(rest) {
            read.push(c);
            rest = &rest[length..];
        } else {
            read.push('&');
            rest = &rest[1..];
        }
    }
    read.push_str(rest);
}

/// The character that the entity at the start of `text` stands for, and the entity's length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(MAX_LENGTH).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" => '„',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "pound" => '£',
        "euro" => '€',
        "yen" => '¥',
        "cent" => '¢',
        "sect" => '§',
        "times" => '×',
        "frac12" => '½',
        "shy" => '\u{AD}',
        "zwnj" => '\u{200C}',
        "zwj" => '\u{200D}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "szlig" => 'ß',
        _ => match name.strip_prefix('#') {
            Some(number) => by_number(number)?,
            None => letter(name)?,
        },
    };
    Some((c, end + 1))
}

fn by_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers of Windows-1252, which browsers read as such.
    if let 0x80..=0x9F = code {
        let byte = [u8::try_from(code).ok()?];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        return text.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

/// "eacute", "Uuml": a letter and its mark.
fn letter(name: &str) -> Option<char> {
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match &name[1..] {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30A}',
        "cedil" => '\u{327}',
        "caron" => '\u{30C}',
        "slash" if base == 'o' => return Some('ø'),
        "slash" if base == 'O' => return Some('Ø'),
        "Elig" if base == 'A' => return Some('Æ'),
        "elig" if base == 'a' => return Some('æ'),
        _ => return None,
    };
    unicode_normalization::char::compose(base, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_read_and_the_rest_is_left() {
        let mut read = String::new();
        push("Tom &amp; Ana&#8217;s caf&eacute;, &#x41;&#150;&Ouml; & so &nonsense; &", &mut read);
        assert_eq!(read, "Tom & Ana’s café, A–Ö & so &nonsense; &");
    }
}

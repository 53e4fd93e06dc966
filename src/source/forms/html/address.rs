//! Addresses of pages: relative ones resolved, their site, and the day in their path.

use crate::model::{DateSpan, month_number};

/// Whether an address names its site.
pub(super) fn is_absolute(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// `link` as a whole address; a relative one is one of `base`.
pub(super) fn resolve(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    if is_absolute(link) {
        return Some(link.to_owned());
    }
    let base = base.filter(|base| is_absolute(base))?;
    let (scheme, rest) = base.split_once("://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let host = rest.split('/').next().unwrap_or(rest);
    if let Some(rest) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if link.starts_with('/') {
        return Some(format!("{scheme}://{host}{link}"));
    }
    let folder = rest.rsplit_once('/').map_or(rest, |(folder, _)| folder);
    Some(format!("{scheme}://{folder}/{}", link.trim_start_matches("./")))
}

/// The site of an address.
pub(super) fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_owned())
}

/// The day in an address's path: `/2024/10/05/`, `/2024-10-05-`, `20241005`.
pub(super) fn day_in_path(url: &str) -> Option<DateSpan> {
    let (_, path) = url.split_once("://")?.1.split_once('/')?;
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let number = |at: usize, length: usize| {
        (at..at + length).all(digit).then(|| path[at..at + length].parse::<i16>().ok()).flatten()
    };
    for at in 0..bytes.len() {
        if at > 0 && digit(at - 1) || !matches!(path.get(at..at + 2), Some("19" | "20")) {
            continue;
        }
        let Some(year) = number(at, 4) else { continue };
        let mark = bytes.get(at + 4).copied();
        let written = match mark {
            Some(mark @ (b'/' | b'-' | b'_')) => {
                let n_month = if digit(at + 6) { 2 } else { 1 };
                let month_end = at + 5 + n_month;
                let n_day = if digit(month_end + 2) { 2 } else { 1 };
                if bytes.get(month_end) != Some(&mark) || digit(month_end + 1 + n_day) {
                    named_month(path, at, mark)
                } else {
                    number(at + 5, n_month).zip(number(month_end + 1, n_day))
                }
            }
            _ if !digit(at + 8) => number(at + 4, 2).zip(number(at + 6, 2)),
            _ => None,
        };
        let date = written.and_then(|(month, day)| {
            DateSpan::from_field(&format!("{year:04}-{month:02}-{day:02}"), None)
        });
        if date.is_some() {
            return date;
        }
    }
    None
}

/// Month and day of `2024/oct/05`.
fn named_month(path: &str, at: usize, mark: u8) -> Option<(i16, i16)> {
    let mut parts = path.get(at + 5..)?.split(char::from(mark));
    let month = month_number(parts.next()?)?;
    let day = parts.next()?;
    let digits = day.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits).then(|| Some((month.into(), day[..digits].parse().ok()?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_addresses_are_found() {
        let cases = [
            ("https://a.example/2024/10/05/talks", Some("2024-10-05")),
            ("https://a.example/world/2024-10-05-talks.html", Some("2024-10-05")),
            ("https://a.example/news/20241005/talks", Some("2024-10-05")),
            ("https://a.example/world/2024/oct/05/talks", Some("2024-10-05")),
            ("https://a.example/2024/10/talks", None),
            ("https://a.example/story-2024100512345", None),
            ("https://a.example/talks?d=2024-10-05", None),
        ];
        for (url, expected) in cases {
            assert_eq!(day_in_path(url).map(|date| date.to_string()).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn relative_addresses_are_resolved() {
        let base = Some("https://a.example/world/index.html?x=1");
        assert_eq!(resolve("/b", base).unwrap(), "https://a.example/b");
        assert_eq!(resolve("b", base).unwrap(), "https://a.example/world/b");
        assert_eq!(resolve("//b.example/c", base).unwrap(), "https://b.example/c");
        assert_eq!(resolve("b", None), None);
    }
}

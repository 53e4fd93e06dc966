//! How features of a proposal are said: `name=value`, some once more for the relation alone.

use std::fmt::{Display, Write as _};

use super::vocabulary::Name;

/// Writes features into one buffer and hands each on.
pub(super) struct Teller<'t> {
    buffer: String,
    relation: &'t str,
    tell: &'t mut dyn FnMut(&str),
}

impl<'t> Teller<'t> {
    /// Tells `tell` what is found of a proposal of `relation`.
    pub(super) fn new(relation: &'t str, tell: &'t mut dyn FnMut(&str)) -> Self {
        Self { buffer: String::new(), relation, tell }
    }

    /// A feature that a proposal has or has not.
    pub(super) fn flag(&mut self, name: impl Into<Name>) {
        self.buffer.clear();
        let _ = write!(self.buffer, "{}", name.into());
        (self.tell)(&self.buffer);
    }

    pub(super) fn value(&mut self, name: impl Into<Name>, value: impl Display) {
        self.say(format_args!("{}", name.into()), &value);
    }

    /// The same, and once more for the relation alone.
    pub(super) fn both(&mut self, name: impl Into<Name>, value: impl Display) {
        let (name, relation) = (name.into(), self.relation);
        self.say(format_args!("{name}"), &value);
        self.say(format_args!("{name}@{relation}"), &value);
    }

    /// A comma alone is told by its name, which the eye finds in a row of the table.
    fn say(&mut self, name: std::fmt::Arguments<'_>, value: &dyn Display) {
        self.buffer.clear();
        let _ = write!(self.buffer, "{name}=");
        let start = self.buffer.len();
        let _ = write!(self.buffer, "{value}");
        if self.buffer[start..] == *"," {
            self.buffer.truncate(start);
            self.buffer.push_str("comma");
        }
        (self.tell)(&self.buffer);
    }
}

/// A share as text, to a tenth.
pub(super) fn tenth(share: f32) -> &'static str {
    const TENTHS: [&str; 11] =
        ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"];
    let up_to = |edge: &f32| share >= *edge;
    let edges = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];
    TENTHS[edges.iter().take_while(|edge| up_to(edge)).count()]
}

/// A small number as text, the largest one for all above.
pub(super) fn count(number: usize, most: usize) -> &'static str {
    const NUMBERS: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];
    NUMBERS[number.min(most).min(NUMBERS.len() - 1)]
}

/// A length or distance in tokens as one of a few bands.
pub(super) fn band(tokens: u32) -> &'static str {
    match tokens {
        0..=2 => "0-2",
        3..=5 => "3-5",
        6..=9 => "6-9",
        10..=15 => "10-15",
        16..=25 => "16-25",
        26..=40 => "26-40",
        _ => "41-",
    }
}

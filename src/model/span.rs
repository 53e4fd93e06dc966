//! Half-open ranges that cannot be mixed up: bytes of an article's text and
//! tokens of a sentence have types of their own.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Unit of a [`Span`] over the UTF-8 bytes of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// Unit of a [`Span`] over the tokens of one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenUnit {}

/// A half-open range `start..end` counted in `U`, 0-based. Never ends before it starts.
pub struct Span<U> {
    start: u32,
    end: u32,
    unit: PhantomData<U>,
}

impl<U> Span<U> {
    /// The range `start..end`.
    ///
    /// # Panics
    ///
    /// If `end < start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "span {start}..{end} ends before it starts");
        Self { start, end, unit: PhantomData }
    }

    /// The range `start..end` of sizes in memory.
    ///
    /// # Panics
    ///
    /// If `end < start` or a bound exceeds `u32`: sources refuse articles of that size.
    #[must_use]
    pub fn from_range(range: Range<usize>) -> Self {
        let bound = |n| u32::try_from(n).expect("articles are shorter than 4 GiB");
        Self::new(bound(range.start), bound(range.end))
    }

    /// First position inside.
    #[must_use]
    pub fn start(self) -> u32 {
        self.start
    }

    /// First position after.
    #[must_use]
    pub fn end(self) -> u32 {
        self.end
    }

    /// Number of units inside.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `position` lies inside.
    #[must_use]
    pub fn contains(self, position: u32) -> bool {
        self.start <= position && position < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a unit.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// As a range for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Span<Byte> {
    /// The words that the span cuts out of `text`.
    ///
    /// # Panics
    ///
    /// If the span is not of this text (outside, or not on character boundaries).
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

// Derives would ask for bounds on `U`, which is only a marker.
impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U> Eq for Span<U> {}
impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U> std::hash::Hash for Span<U> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// As a pair `[start, end]`.
impl<U> Serialize for Span<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de, U> Deserialize<'de> for Span<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(u32, u32)>::deserialize(deserializer)?;
        if end < start {
            return Err(serde::de::Error::custom(format_args!(
                "span {start}..{end} ends before it starts"
            )));
        }
        Ok(Self::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_cuts_its_words() {
        let span: Span<Byte> = Span::new(3, 9);
        assert_eq!(span.of("To Moscow."), "Moscow");
        assert_eq!(span.len(), 6);
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        let (left, right): (Span<Byte>, Span<Byte>) = (Span::new(0, 3), Span::new(3, 5));
        assert!(!left.overlaps(right));
        assert_eq!(left.join(right), Span::new(0, 5));
    }

    #[test]
    fn a_reversed_span_is_refused_when_read() {
        assert!(serde_json::from_str::<Span<Byte>>("[5,3]").is_err());
        assert_eq!(serde_json::from_str::<Span<Byte>>("[3,5]").unwrap(), Span::new(3, 5));
    }
}

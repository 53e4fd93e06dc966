//! A short sketch of a text, from which the likeness of two texts is estimated.
//!
//! Shingles are the runs of [`SHINGLE`] words of a text, and a sketch is the least hash of them all
//! under [`HASHES`] hash functions (Broder, "On the resemblance and containment of documents",
//! 1997). The share of equal places of two sketches estimates the resemblance of the texts: shingles
//! in both, of shingles in either. With the numbers of shingles it tells how much of the shorter
//! text the longer one holds.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Words of a shingle.
const SHINGLE: usize = 3;

/// Hash functions: what one sketch costs is four bytes each.
pub(super) const HASHES: usize = 128;

/// Names and numbers of a text that are kept: those with the least hashes.
const FACTS: usize = 64;

/// The sketch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// Number of distinct shingles.
    pub n_shingles: u32,
    /// The least hash under each function; empty where the text has no shingle.
    least: Vec<u32>,
    /// Hashes of the words that are written with a capital, sorted: what a form that is filled in
    /// anew each week changes.
    names: Vec<u32>,
    /// Hashes of the words with a figure, sorted.
    numbers: Vec<u32>,
}

impl Sketch {
    /// The sketch of `text`. Case, marks and white space do not matter.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let written = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<u64> = written().map(|word| hash(word.to_lowercase().as_bytes())).collect();
        let facts = |is_one: fn(&str) -> bool| {
            let hashes = words.iter().zip(written()).filter(|(_, word)| is_one(word));
            let mut hashes: Vec<u32> = hashes.map(|(hash, _)| (hash >> 32) as u32).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes.truncate(FACTS);
            hashes
        };
        let names = facts(|word| word.starts_with(char::is_uppercase) && word.len() > 2);
        let numbers = facts(|word| word.contains(char::is_numeric));
        let mut shingles: Vec<u64> = if words.len() < SHINGLE {
            words.iter().copied().reduce(combine).into_iter().collect()
        } else {
            let shingle = |words: &[u64]| words.iter().copied().reduce(combine).unwrap_or_default();
            words.windows(SHINGLE).map(shingle).collect()
        };
        shingles.sort_unstable();
        shingles.dedup();
        let mut least = if shingles.is_empty() { Vec::new() } else { vec![u32::MAX; HASHES] };
        for shingle in &shingles {
            // Each function is a step of one generator that the shingle starts.
            let mut state = *shingle;
            for least in &mut least {
                state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                *least = (*least).min((mix(state) >> 32) as u32);
            }
        }
        let n_shingles = u32::try_from(shingles.len()).unwrap_or(u32::MAX);
        Self { n_shingles, least, names, numbers }
    }

    /// The hashes of all bands: two texts that agree in one of them may be versions of one, and are
    /// compared. 64, or none of a text without words.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        (0..HASHES / 2).map_while(|band| self.band(band))
    }

    /// The hash of places `2 * band` and `2 * band + 1`; `None` of an empty text.
    #[must_use]
    pub(super) fn band(&self, band: usize) -> Option<u64> {
        let pair = self.least.get(2 * band..2 * band + 2)?;
        Some(u64::from(pair[0]) << 32 | u64::from(pair[1]))
    }

    /// The resemblance of the two texts, estimated, in 0..=1.
    #[must_use]
    pub fn resemblance(&self, other: &Self) -> f64 {
        if self.least.is_empty() || other.least.is_empty() {
            return 0.0;
        }
        let equal = self.least.iter().zip(&other.least).filter(|(a, b)| a == b).count();
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let share = equal as f64 / HASHES as f64;
        share
    }

    /// How much of the shorter text stands in the longer one, estimated, in 0..=1.
    #[must_use]
    pub fn containment(&self, other: &Self) -> f64 {
        let resemblance = self.resemblance(other);
        let (a, b) = (f64::from(self.n_shingles), f64::from(other.n_shingles));
        if a.min(b) == 0.0 {
            return 0.0;
        }
        // Of n shingles in both: r = n / (a + b - n), so n = r (a + b) / (1 + r).
        (resemblance * (a + b) / (1.0 + resemblance) / a.min(b)).min(1.0)
    }
}

impl Sketch {
    /// The share of the names of the text with fewer ones that the other has, too; 1 without any.
    #[must_use]
    pub fn names_shared(&self, other: &Self) -> f64 {
        shared(&self.names, &other.names)
    }

    /// The same of numbers.
    #[must_use]
    pub fn numbers_shared(&self, other: &Self) -> f64 {
        shared(&self.numbers, &other.numbers)
    }
}

/// Of two sorted lists of least hashes, the share of the shorter one that the other has. Where a list
/// was cut, only what lies below the cut of both is compared.
fn shared(a: &[u32], b: &[u32]) -> f64 {
    let cut = |hashes: &[u32]| if hashes.len() < FACTS { u32::MAX } else { hashes[FACTS - 1] };
    let cut = cut(a).min(cut(b));
    let within = |hashes: &[u32]| hashes.partition_point(|hash| *hash <= cut);
    let (a, b) = (&a[..within(a)], &b[..within(b)]);
    let least = a.len().min(b.len());
    if least == 0 {
        return 1.0;
    }
    let both = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let share = both as f64 / least as f64;
    share
}

/// FNV-1a with a final mix: the same on every machine.
fn hash(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

/// The hash of one word after others.
fn combine(before: u64, word: u64) -> u64 {
    mix(before.rotate_left(23) ^ word)
}

/// The last step of `SplitMix64`: each bit of the input changes half of the output.
fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The value of each hexadecimal digit; 255 of other bytes.
const VALUES: [u8; 256] = {
    let mut values = [u8::MAX; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value as usize];
        values[digit as usize] = value;
        values[digit.to_ascii_uppercase() as usize] = value;
        value += 1;
    }
    values
};

/// `SHINGLES:LEAST:NAMES:NUMBERS`, each hash in eight hexadecimal digits.
impl Serialize for Sketch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = self.n_shingles.to_string();
        for hashes in [&self.least, &self.names, &self.numbers] {
            text.push(':');
            let digits = hashes.iter().flat_map(|hash| (0..8).rev().map(move |n| hash >> (4 * n)));
            text.extend(digits.map(|digit| char::from(b"0123456789abcdef"[digit as usize & 15])));
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Sketch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fn hashes(hex: &str) -> Option<Vec<u32>> {
            let (digits, rest) = hex.as_bytes().as_chunks::<8>();
            let value = |digit: u8| u32::from(VALUES[usize::from(digit)]);
            let hash = |hex: &[u8; 8]| hex.iter().fold(0, |hash, d| hash << 4 | value(*d) & 15);
            let wrong = hex.bytes().fold(0, |wrong, digit| wrong | VALUES[usize::from(digit)]) > 15;
            (rest.is_empty() && !wrong).then(|| digits.iter().map(hash).collect())
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let parse = || {
            let [n_shingles, least, names, numbers] =
                text.split(':').collect::<Vec<_>>().try_into().ok()?;
            let (least, names, numbers) = (hashes(least)?, hashes(names)?, hashes(numbers)?);
            let fits = (least.is_empty() || least.len() == HASHES)
                && names.len() <= FACTS
                && numbers.len() <= FACTS;
            let n_shingles = n_shingles.parse().ok()?;
            fits.then_some(Self { n_shingles, least, names, numbers })
        };
        parse().ok_or_else(|| serde::de::Error::custom("no sketch"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_words_and_not_of_marks() {
        let text = "The minister said on Monday that the ships had left the port for the north.";
        let (a, b) = (Sketch::of(text), Sketch::of(&text.to_uppercase().replace(' ', " — ")));
        assert_eq!((a.n_shingles, &a.least), (b.n_shingles, &b.least));
        assert!((a.resemblance(&b) - 1.0).abs() < 1e-9);
        let other = Sketch::of("Prices of bread rose in most towns during the second week of May.");
        assert!(a.resemblance(&other) < 0.05);
        let longer = Sketch::of(&format!(
            "{text} Prices of bread rose in most towns during the week of May, as did those of milk and of cheese."
        ));
        assert!(a.containment(&longer) > 0.7, "{}", a.containment(&longer));
    }

    #[test]
    fn sketches_are_read_as_they_are_written() {
        for text in ["", "one", "one two", "one two three four five"] {
            let sketch = Sketch::of(text);
            let json = serde_json::to_string(&sketch).unwrap();
            assert_eq!(serde_json::from_str::<Sketch>(&json).unwrap(), sketch, "{text}");
        }
        for bad in ["", "3", "3:0::", "3:00000000::", "x:::", "3::0:", "3:::0000000g"] {
            assert!(serde_json::from_str::<Sketch>(&format!("{bad:?}")).is_err(), "{bad}");
        }
    }
}

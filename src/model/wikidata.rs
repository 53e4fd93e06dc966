//! Ids of Wikidata: the number by which other data sets name the same thing.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Id of an item in Wikidata, written `Q142`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WikidataId(NonZeroU32);

/// A text that is no id of an item.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no Wikidata id (expected Q and digits, such as Q142)")]
pub struct InvalidWikidataId(pub String);

impl FromStr for WikidataId {
    type Err = InvalidWikidataId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('Q').filter(|digits| !digits.starts_with(['0', '+']));
        let number = digits.and_then(|digits| digits.parse().ok());
        number.map(Self).ok_or_else(|| InvalidWikidataId(text.to_owned()))
    }
}

impl fmt::Display for WikidataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

impl Serialize for WikidataId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WikidataId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_q_and_digits_are_ids() {
        for good in ["Q1", "Q142", "Q107422711"] {
            assert_eq!(good.parse::<WikidataId>().unwrap().to_string(), good);
        }
        for bad in
            ["", "Q", "142", "q142", "Q0", "Q0142", "Q+1", "Q-1", "P17", "Q1.5", "Q99999999999"]
        {
            assert!(bad.parse::<WikidataId>().is_err(), "{bad}");
        }
    }
}

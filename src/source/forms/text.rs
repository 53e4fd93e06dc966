//! Plain text: one article a file.

use super::super::form::{Input, Opened, whole};
use super::super::print;
use super::super::record::Fields;

pub(super) fn open(input: Input) -> Opened {
    whole(input, |text, _| Ok(Fields::from(print::mend(text))))
}

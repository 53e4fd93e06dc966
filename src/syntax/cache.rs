//! What the first layer needs of a word form, kept from sentence to sentence.
//!
//! Only values that the form and mode alone decide are kept, so results do not depend on what was
//! read before. Memory is bounded: a form that comes late takes the place of the one of its two
//! places that was used less recently.

use std::hash::{BuildHasher, BuildHasherDefault};

use rapidhash::fast::RapidHasher;

use super::features::Mode;

/// Places for forms; each form has two to choose from.
const N_SLOTS: usize = 2048;
/// Longer forms are not kept: they are rare, and their number is unbounded in size.
const MAX_FORM_BYTES: usize = 64;

/// Values of recently met forms.
#[derive(Debug, Default)]
pub(super) struct FormCache {
    keys: Vec<Option<(Box<str>, Mode)>>,
    /// Of each pair of places: whether the second was used last.
    second_is_newer: Vec<bool>,
    width: usize,
    /// One row for each place, and one for a form that is not kept.
    values: Vec<i16>,
}

/// A place that a form may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vacant(usize);

impl FormCache {
    /// The values of a form, or the place where they can be kept.
    pub(super) fn find(&mut self, form: &str, mode: Mode) -> Result<&[i16], Vacant> {
        if self.keys.is_empty() || form.len() > MAX_FORM_BYTES {
            return Err(Vacant(N_SLOTS));
        }
        let hash = BuildHasherDefault::<RapidHasher<'_>>::default().hash_one((form, mode));
        #[expect(clippy::cast_possible_truncation, reason = "any bits serve")]
        let pair = hash as usize % (N_SLOTS / 2);
        for slot in [2 * pair, 2 * pair + 1] {
            if self.keys[slot].as_ref().is_some_and(|key| &*key.0 == form && key.1 == mode) {
                self.second_is_newer[pair] = slot % 2 == 1;
                return Ok(&self.values[slot * self.width..(slot + 1) * self.width]);
            }
        }
        Err(Vacant(2 * pair + usize::from(!self.second_is_newer[pair])))
    }

    /// Keeps the values of a form in its place, and returns them.
    pub(super) fn fill(&mut self, place: Vacant, form: &str, mode: Mode, values: &[i16]) -> &[i16] {
        if self.keys.is_empty() {
            self.keys.resize(N_SLOTS, None);
            self.second_is_newer.resize(N_SLOTS / 2, false);
            self.width = values.len();
            self.values = vec![0; (N_SLOTS + 1) * self.width];
        }
        let Vacant(slot) = place;
        if slot < N_SLOTS {
            self.keys[slot] = Some((form.into(), mode));
            self.second_is_newer[slot / 2] = slot % 2 == 1;
        }
        let row = &mut self.values[slot * self.width..(slot + 1) * self.width];
        row.copy_from_slice(values);
        row
    }
}

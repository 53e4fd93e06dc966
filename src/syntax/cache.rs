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
    /// One row for each place.
    values: Vec<i16>,
}

impl FormCache {
    /// The place of a form, if it is kept. Valid until the next form is inserted.
    pub(super) fn find(&mut self, form: &str, mode: Mode) -> Option<usize> {
        if self.keys.is_empty() {
            return None;
        }
        let pair = pair_of(form, mode);
        let is_here = |slot: &usize| matches!(&self.keys[*slot], Some(key) if &*key.0 == form && key.1 == mode);
        let slot = [2 * pair, 2 * pair + 1].into_iter().find(is_here)?;
        self.second_is_newer[pair] = slot % 2 == 1;
        Some(slot)
    }

    /// The values of the form in a place.
    pub(super) fn values(&self, slot: usize) -> &[i16] {
        &self.values[slot * self.width..(slot + 1) * self.width]
    }

    /// Keeps the values of a form. All forms have equally many.
    pub(super) fn insert(&mut self, form: &str, mode: Mode, values: &[i16]) {
        if form.len() > MAX_FORM_BYTES {
            return;
        }
        if self.keys.is_empty() {
            self.keys.resize(N_SLOTS, None);
            self.second_is_newer.resize(N_SLOTS / 2, false);
            self.width = values.len();
            self.values = vec![0; N_SLOTS * self.width];
        }
        let pair = pair_of(form, mode);
        let slot = 2 * pair + usize::from(!self.second_is_newer[pair]);
        self.keys[slot] = Some((form.into(), mode));
        self.second_is_newer[pair] = slot % 2 == 1;
        self.values[slot * self.width..(slot + 1) * self.width].copy_from_slice(values);
    }
}

/// The pair of places that a form can take.
fn pair_of(form: &str, mode: Mode) -> usize {
    let hash = BuildHasherDefault::<RapidHasher<'_>>::default().hash_one((form, mode));
    #[expect(clippy::cast_possible_truncation, reason = "any bits serve")]
    let low = hash as usize;
    low % (N_SLOTS / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_was_kept() {
        let mut cache = FormCache::default();
        let forms: Vec<String> = (0..9000).map(|i| format!("word{i}")).collect();
        for (form, i) in forms.iter().zip(0_i16..) {
            cache.insert(form, Mode::Normal, &[i, -i]);
            let slot = cache.find(form, Mode::Normal).unwrap();
            assert_eq!(cache.values(slot), [i, -i]);
            assert_eq!(cache.find(form, Mode::Title), None);
        }
        let kept = forms.iter().filter(|form| cache.find(form, Mode::Normal).is_some()).count();
        assert!(kept > N_SLOTS / 2 && kept <= N_SLOTS, "{kept}");
        cache.insert(&"x".repeat(MAX_FORM_BYTES + 1), Mode::Normal, &[1, 1]);
        assert_eq!(cache.find(&"x".repeat(MAX_FORM_BYTES + 1), Mode::Normal), None);
    }
}

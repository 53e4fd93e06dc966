//! What the first layer needs of a word form, kept from sentence to sentence.
//!
//! Only values that the form and mode alone decide are kept, so results do not depend on what was
//! read before. Memory is bounded: a form has a few places to choose from, and takes that of the one
//! that was asked for least, once others have wanted the place as often as it was asked for. So
//! words that a text is full of stay, however many rare ones come between.

use std::hash::{BuildHasher, BuildHasherDefault};

use rapidhash::fast::RapidHasher;

use super::features::Mode;

/// Places for forms.
const N_SLOTS: usize = 4096;
/// Places that each form has to choose from.
const WAYS: usize = 4;
/// How often being asked for counts: what a text was full of long ago goes sooner or later.
const MAX_CREDIT: u8 = 15;
/// Longer forms are not kept: they are rare, and their number is unbounded in size.
const MAX_FORM_BYTES: usize = 64;

/// Values of recently met forms.
#[derive(Debug, Default)]
pub(super) struct FormCache {
    keys: Vec<Option<(Box<str>, Mode)>>,
    /// Of each place, how often its form was asked for, less how often others wanted the place.
    credits: Vec<u8>,
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
        let first = first_slot(form, mode);
        let is_here = |key: &Option<(Box<str>, Mode)>| matches!(key, Some((kept, of)) if &**kept == form && *of == mode);
        let slot = first + self.keys[first..first + WAYS].iter().position(is_here)?;
        self.credits[slot] = (self.credits[slot] + 1).min(MAX_CREDIT);
        Some(slot)
    }

    /// The values of the form in a place.
    pub(super) fn values(&self, slot: usize) -> &[i16] {
        &self.values[slot * self.width..(slot + 1) * self.width]
    }

    /// Keeps the values of a form, unless all of its places are in use. All forms have equally many.
    pub(super) fn insert(&mut self, form: &str, mode: Mode, values: &[i16]) {
        // A word that stands twice in one batch comes twice.
        if form.len() > MAX_FORM_BYTES || self.find(form, mode).is_some() {
            return;
        }
        if self.keys.is_empty() {
            self.keys.resize(N_SLOTS, None);
            self.credits.resize(N_SLOTS, 0);
            self.width = values.len();
            self.values = vec![0; N_SLOTS * self.width];
        }
        let first = first_slot(form, mode);
        let slots = first..first + WAYS;
        let Some(slot) = slots.min_by_key(|&slot| self.credits[slot]) else { return };
        if self.credits[slot] > 0 {
            self.credits[slot] -= 1;
            return;
        }
        self.keys[slot] = Some((form.into(), mode));
        self.values[slot * self.width..(slot + 1) * self.width].copy_from_slice(values);
    }
}

/// The first of the places that a form can take; the others follow it.
fn first_slot(form: &str, mode: Mode) -> usize {
    let hash = BuildHasherDefault::<RapidHasher<'_>>::default().hash_one((form, mode));
    #[expect(clippy::cast_possible_truncation, reason = "any bits serve")]
    let low = hash as usize;
    low % (N_SLOTS / WAYS) * WAYS
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
            if let Some(slot) = cache.find(form, Mode::Normal) {
                assert_eq!(cache.values(slot), [i, -i]);
            }
            assert_eq!(cache.find(form, Mode::Title), None);
        }
        let kept = forms.iter().filter(|form| cache.find(form, Mode::Normal).is_some()).count();
        assert!(kept > N_SLOTS / 2 && kept <= N_SLOTS, "{kept}");
        // Asked for again and again, a form stays, whatever comes between.
        let often: Vec<&String> =
            forms.iter().filter(|form| cache.find(form, Mode::Normal).is_some()).take(9).collect();
        for late in 0..20_000 {
            cache.insert(&format!("late{late}"), Mode::Normal, &[0, 0]);
            if late % 100 == 0 {
                assert!(often.iter().all(|form| cache.find(form, Mode::Normal).is_some()));
            }
        }
        cache.insert(&"x".repeat(MAX_FORM_BYTES + 1), Mode::Normal, &[1, 1]);
        assert_eq!(cache.find(&"x".repeat(MAX_FORM_BYTES + 1), Mode::Normal), None);
    }
}

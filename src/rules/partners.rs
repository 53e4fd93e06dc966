//! Which claims may supply a partner that another one leaves out.

use super::file::Implicit;
use super::relations::{RelationId, Relations};

/// How far back a partner may stand, in sentences.
pub(crate) const REACH: usize = 6;

/// Whether a claim of relation `earlier`, so many sentences before, may supply the partner of one
/// of relation `wanted`.
pub(crate) fn may_supply(
    relations: &Relations,
    earlier: RelationId,
    distance: usize,
    wanted: RelationId,
) -> bool {
    // Whom one fights and supplies an article tells once for all.
    let once_for_all = || relations.get(wanted).implicit != Implicit::Nearest && earlier == wanted;
    distance <= REACH && relations.implies(earlier, wanted) || once_for_all()
}

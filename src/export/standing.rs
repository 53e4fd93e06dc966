//! What drawings show of a tie: how it stands, and how much it counts.

use crate::graph::{Standing, Tie};

/// What the lines of a tie say of it on the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status {
    /// The strongest standing that holds.
    pub(super) standing: Standing,
    /// Whether a party denies what others assert or hedge.
    pub(super) disputed: bool,
    /// Stories with a line of that standing; at least 1.
    pub(super) weight: u32,
}

/// The status of a tie.
pub(super) fn status(tie: &Tie) -> Status {
    let standing = tie.status();
    Status { standing, disputed: tie.is_disputed(), weight: tie.counts[standing].stories }
}

impl Status {
    /// How much the tie counts for its pair: stories that assert it, and a little where none does.
    pub(super) fn pull(self) -> f64 {
        f64::from(self.weight)
            * match self.standing {
                Standing::Asserted => 1.0,
                Standing::Hedged => 0.4,
                Standing::Prospective => 0.3,
                Standing::Denied => 0.15,
                Standing::Negated => 0.1,
            }
    }
}

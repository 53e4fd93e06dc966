//! Which claims may supply a partner that another one leaves out.

/// How far back both partners may stand, in sentences.
pub(crate) const PAIR_REACH: usize = 5;

/// How far back a partner may stand, in sentences.
pub(crate) const REACH: usize = 6;

/// Whether a claim of relation `earlier`, so many sentences before, may supply the partner of one
/// of relation `wanted`.
pub(crate) fn may_supply(earlier: &str, distance: usize, wanted: &str) -> bool {
    match wanted {
        // Whom one fights and supplies an article tells once for all.
        "attacks" | "supplies" if earlier == wanted => true,
        "attacks" => false,
        _ => distance <= REACH && goes_with(earlier, wanted),
    }
}

/// Whether a claim of relation `earlier`, so many sentences before, may supply both partners of
/// one of relation `wanted`.
pub(crate) fn may_repeat(earlier: &str, distance: usize, wanted: &str) -> bool {
    earlier == wanted && distance <= PAIR_REACH
}

/// Whether a claim of one relation tells who the partner in another is.
pub(crate) fn goes_with(earlier: &str, wanted: &str) -> bool {
    let dealings = [
        "supplies",
        "requests",
        "agrees",
        "negotiates",
        "cooperates",
        "meets",
        "supports",
        "visits",
        "contacts",
    ];
    match wanted {
        "supplies" | "agrees" | "negotiates" | "cooperates" | "meets" | "requests" | "contacts" => {
            dealings.contains(&earlier)
        }
        _ => {
            earlier == wanted
                || matches!(
                    (earlier, wanted),
                    ("accuses", "warns")
                        | ("warns", "accuses")
                        | ("supplies" | "supports", "supports")
                )
        }
    }
}

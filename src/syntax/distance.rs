//! Direction and distance between a token and its head, in classes that the net tells apart.
#![expect(clippy::inline_always, reason = "what `widest` runs must be inlined into it")]

/// Direction and distance of a head are told apart in this many classes.
pub(super) const N_DISTANCES: usize = 24;
/// Lower bounds of the distances of a class.
const DISTANCES: [usize; 11] = [1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30];
/// The class of each distance up to the last bound.
#[expect(clippy::cast_possible_truncation, reason = "there are few classes")]
const CLASSES: [u8; 31] = {
    let mut classes = [0; 31];
    let (mut distance, mut class) = (1, 0);
    while distance < classes.len() {
        if class + 1 < DISTANCES.len() && DISTANCES[class + 1] == distance {
            class += 1;
        }
        classes[distance] = class as u8;
        distance += 1;
    }
    classes
};
/// The class of the root.
pub(super) const ROOT_DISTANCE: usize = 22;

/// The class of the way from a dependent to its head, as token positions.
#[inline(always)]
pub(super) fn distance_class(dependent: usize, head: usize) -> usize {
    let class = |distance: usize| usize::from(CLASSES[distance.min(CLASSES.len() - 1)]);
    if head > dependent {
        class(head - dependent)
    } else {
        class(dependent - head) + DISTANCES.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_their_classes() {
        for (dependent, head, class) in
            [(0, 1, 0), (0, 7, 5), (0, 8, 6), (0, 99, 10), (1, 0, 11), (40, 9, 21)]
        {
            assert_eq!(distance_class(dependent, head), class);
        }
    }
}

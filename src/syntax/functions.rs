//! Element-wise functions of the net: the same bits on every machine, since each is made of sums,
//! products and divisions in a fixed order.
#![expect(clippy::inline_always, reason = "what `widest` runs must be inlined into it")]

/// Numerator and denominator of `x (27 + x²) / (27 + 9 x²)` on -3..=3: within 0.024 of tanh, and
/// reaches its bounds. The denominator lies in 27..=108.
#[inline(always)]
fn tanh_parts(x: f32) -> (f32, f32) {
    let x = x.clamp(-3.0, 3.0);
    let square = x * x;
    (x * (27.0 + square), 27.0 + 9.0 * square)
}

/// e to the power of `x`, for -20..=0; relative error below 1e-4.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let x = x * std::f32::consts::LOG2_E;
    // Towards zero: the remainder lies in -1..=0.
    #[expect(clippy::cast_possible_truncation, reason = "a small number")]
    let exponent = x as i32;
    #[expect(clippy::cast_precision_loss, reason = "a small number")]
    let part = (x - exponent as f32) * std::f32::consts::LN_2;
    let series = 1.0
        + part
            * (1.0
                + part
                    * (0.5
                        + part
                            * (1.0 / 6.0
                                + part
                                    * (1.0 / 24.0 + part * (1.0 / 120.0 + part * (1.0 / 720.0))))));
    #[expect(clippy::cast_sign_loss, reason = "127 - 29 and up")]
    let power = f32::from_bits(((127 + exponent) as u32) << 23);
    series * power
}

/// One step of one direction: all slices have one entry a unit. The three activations share one
/// division, which is what they cost most.
#[inline(always)]
pub(super) fn gate(
    candidate: &[f32],
    forget: &[f32],
    open: &[f32],
    state: &mut [f32],
    output: &mut [f32],
) {
    let n = output.len();
    let (candidate, forget, open, state) =
        (&candidate[..n], &forget[..n], &open[..n], &mut state[..n]);
    for i in 0..n {
        let (c, c_below) = tanh_parts(candidate[i]);
        let (f, f_below) = tanh_parts(0.5 * forget[i]);
        let (o, o_below) = tanh_parts(0.5 * open[i]);
        let inverse = 1.0 / (c_below * f_below * o_below);
        let keep = 0.5 + 0.5 * (f * (c_below * o_below * inverse));
        let opened = 0.5 + 0.5 * (o * (c_below * f_below * inverse));
        let new = c * (f_below * o_below * inverse);
        state[i] = new + keep * (state[i] - new);
        output[i] += opened * state[i];
    }
}

/// Position of the largest value, the first of equals; 0 if there is none.
pub(super) fn best(values: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

/// The same of a slice, in two passes that need no branches: several times as fast.
#[inline(always)]
pub(super) fn best_of(values: &[f32]) -> usize {
    const LANES: usize = 8;
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = larger(*lane, value);
        }
    }
    let largest = lanes.iter().chain(rest).fold(f32::NEG_INFINITY, |a, &b| larger(a, b));
    values.iter().position(|&value| value >= largest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approximations_are_close() {
        for step in -400..=400_i16 {
            let x = f32::from(step) / 20.0;
            let (above, below) = tanh_parts(x);
            assert!((above / below - x.tanh()).abs() < 0.025, "{x}");
            if x <= 0.0 {
                assert!((exp(x) / x.exp() - 1.0).abs() < 1e-4, "{x}");
            }
        }
        assert_eq!(tanh_parts(9.0), (108.0, 108.0));
    }

    #[test]
    fn the_first_of_the_largest_is_the_best() {
        for n in 0..40_usize {
            let values: Vec<f32> = (0..n).map(|i| [3.0, 9.0, -2.0, 7.5][i * i % 7 % 4]).collect();
            assert_eq!(best_of(&values), best(values.iter().copied()), "{values:?}");
        }
        assert_eq!(best_of(&[f32::NEG_INFINITY; 9]), 0);
    }
}

//! Matrix times vectors in 16-bit integers, the same bits on every machine.
//!
//! In come activations in fixed point and the 8-bit weights of one layer, widened and laid out for
//! multiply-add of pairs. Out go 32-bit sums, scaled to `f32`. Integer sums have no order, so the
//! vector code and the plain code agree exactly; tests compare them. Which one runs is decided at
//! run time. This is the crate's only file with `unsafe`.
#![allow(unsafe_code, reason = "vector loads and calls of functions that need AVX2")]

use std::ops::Range;

/// Outputs computed side by side.
const LANES: usize = 16;

/// Rows of inputs multiplied side by side: six rows of two sums leave registers for two weights, an
/// input and a product.
const MAX_ROWS: usize = 6;

/// Integer steps per unit of an activation: a range of ±8.
pub(super) const ACTIVATION_SCALE: f32 = 4096.0;

/// Integer steps per unit of what labels are read from: a range of ±64.
pub(super) const LABEL_SCALE: f32 = 512.0;

/// Integer steps per unit of the first layer's sums, which are kept for each form: ±32.
pub(super) const WINDOW_SCALE: f32 = 1024.0;

/// The largest number of inputs for which no sum of 16-bit by 8-bit products can overflow.
pub(super) const MAX_INPUTS: usize = 512;

/// One layer: `n_outputs × n_inputs` weights, a scale and a bias for each output.
#[derive(Debug)]
pub(super) struct Matrix {
    n_inputs: usize,
    n_outputs: usize,
    /// Blocks of [`LANES`] outputs; in a block, for each pair of inputs, the pair of weights of
    /// each output. Rounded up with zeros.
    weights: Vec<i16>,
    /// From integer sums to values, for each output; rounded up with zeros.
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Matrix {
    /// `rows` holds `scale.len()` rows of `n_inputs` weights; row `i` counts `scale[i]` a step.
    /// Inputs will come in steps of `1 / steps_per_unit`.
    ///
    /// # Panics
    ///
    /// If there are more than [`MAX_INPUTS`] inputs, or lengths do not agree.
    pub(super) fn new(
        n_inputs: usize,
        rows: &[u8],
        scale: &[f32],
        bias: &[f32],
        steps_per_unit: f32,
    ) -> Self {
        assert!(n_inputs <= MAX_INPUTS, "sums of more inputs could overflow");
        assert_eq!(rows.len(), n_inputs * scale.len(), "one row of weights for each output");
        assert_eq!(scale.len(), bias.len(), "one bias for each output");
        let n_outputs = scale.len();
        let padded = n_outputs.next_multiple_of(LANES);
        let n_pairs = n_inputs.div_ceil(2);
        let mut weights = vec![0_i16; padded * n_pairs * 2];
        let blocks = weights.chunks_exact_mut(n_pairs * LANES * 2);
        for (block, rows) in blocks.zip(rows.chunks(n_inputs * LANES)) {
            for (lane, row) in rows.chunks_exact(n_inputs).enumerate() {
                let pairs = block.chunks_exact_mut(LANES * 2).zip(row.chunks(2));
                for (to, pair) in pairs {
                    for (to, &weight) in to[lane * 2..lane * 2 + 2].iter_mut().zip(pair) {
                        *to = i16::from(weight.cast_signed());
                    }
                }
            }
        }
        let pad = |values: &[f32], factor: f32| {
            let mut padded_values = vec![0.0; padded];
            for (to, from) in padded_values.iter_mut().zip(values) {
                *to = from * factor;
            }
            padded_values
        };
        let scale = pad(scale, 1.0 / steps_per_unit);
        Self { n_inputs, n_outputs, weights, scale, bias: pad(bias, 1.0) }
    }

    /// Number of outputs.
    pub(super) fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    /// Length of a row of inputs: the inputs rounded up to whole pairs.
    pub(super) fn input_stride(&self) -> usize {
        self.n_inputs.next_multiple_of(2)
    }

    /// Length of a row of outputs: the outputs rounded up to whole blocks.
    pub(super) fn output_stride(&self) -> usize {
        self.n_outputs.next_multiple_of(LANES)
    }

    /// Writes a row of outputs for each row of inputs. `outputs` is resized as needed.
    ///
    /// # Panics
    ///
    /// If `inputs` are no whole rows.
    pub(super) fn multiply(&self, inputs: &[i16], outputs: &mut Vec<f32>) {
        assert_eq!(inputs.len() % self.input_stride(), 0, "inputs come in whole rows");
        let n_rows = inputs.len() / self.input_stride();
        outputs.resize(n_rows * self.output_stride(), 0.0);
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            // SAFETY: the processor has AVX2.
            unsafe { self.multiply_avx2(inputs, outputs) };
            return;
        }
        self.multiply_plain(inputs, outputs);
    }

    /// The reference: what every other version must equal.
    fn multiply_plain(&self, inputs: &[i16], outputs: &mut [f32]) {
        let stride = self.input_stride();
        let n_outputs = self.output_stride();
        if stride == 0 || n_outputs == 0 {
            return;
        }
        for (row, out) in inputs.chunks_exact(stride).zip(outputs.chunks_exact_mut(n_outputs)) {
            let blocks = self.weights.chunks_exact(stride * LANES);
            for (block, (weights, out)) in blocks.zip(out.chunks_exact_mut(LANES)).enumerate() {
                let mut sums = [0_i32; LANES];
                for (pair, weights) in row.chunks_exact(2).zip(weights.chunks_exact(LANES * 2)) {
                    let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                    for (sum, weight) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                        *sum += a * i32::from(weight[0]) + b * i32::from(weight[1]);
                    }
                }
                let at = block * LANES;
                let (scale, bias) = (&self.scale[at..at + LANES], &self.bias[at..at + LANES]);
                for (((out, sum), scale), bias) in out.iter_mut().zip(sums).zip(scale).zip(bias) {
                    #[expect(clippy::cast_precision_loss, reason = "rounded alike everywhere")]
                    let value = sum as f32;
                    *out = value * scale + bias;
                }
            }
        }
    }

    /// Several rows of inputs at a time, so that each weight is loaded once for all of them.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn multiply_avx2(&self, inputs: &[i16], outputs: &mut [f32]) {
        let stride = self.input_stride();
        let n_outputs = self.output_stride();
        if stride == 0 || n_outputs == 0 {
            return;
        }
        // Groups of nearly equal size: the last one would often hold a row or two, and waste the
        // loads of its weights.
        let n_rows = inputs.len() / stride;
        let (n_groups, mut at) = (n_rows.div_ceil(MAX_ROWS), 0);
        let groups: Vec<Range<usize>> = (1..=n_groups)
            .map(|group| {
                let end = n_rows * group / n_groups;
                std::mem::replace(&mut at, end)..end
            })
            .collect();
        // A block of weights stays in the innermost cache while all rows pass.
        for (block, weights) in self.weights.chunks_exact(stride * LANES).enumerate() {
            for group in &groups {
                let rows = &inputs[group.start * stride..group.end * stride];
                let out = &mut outputs[group.start * n_outputs..group.end * n_outputs];
                match group.len() {
                    MAX_ROWS => self.tile_avx2::<MAX_ROWS>(block, weights, rows, out),
                    5 => self.tile_avx2::<5>(block, weights, rows, out),
                    4 => self.tile_avx2::<4>(block, weights, rows, out),
                    3 => self.tile_avx2::<3>(block, weights, rows, out),
                    2 => self.tile_avx2::<2>(block, weights, rows, out),
                    _ => self.tile_avx2::<1>(block, weights, rows, out),
                }
            }
        }
    }

    /// One block of outputs of `ROWS` rows.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn tile_avx2<const ROWS: usize>(
        &self,
        block: usize,
        weights: &[i16],
        inputs: &[i16],
        outputs: &mut [f32],
    ) {
        use std::arch::x86_64::{
            __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_loadu_ps,
            _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps, _mm256_set1_epi32,
            _mm256_setzero_si256, _mm256_storeu_ps,
        };
        let stride = self.input_stride();
        let n_outputs = self.output_stride();
        assert!(weights.len() == stride * LANES && (block + 1) * LANES <= n_outputs);
        assert!(inputs.len() == stride * ROWS && outputs.len() == n_outputs * ROWS);
        assert!(self.scale.len() == n_outputs && self.bias.len() == n_outputs);
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        for (pair, weights) in weights.chunks_exact(LANES * 2).enumerate() {
            // SAFETY: `weights` holds 32 values of 16 bits, two vectors of 256.
            let (low, high) = unsafe {
                let at: *const __m256i = weights.as_ptr().cast();
                (_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1)))
            };
            for (row, sums) in sums.iter_mut().enumerate() {
                // SAFETY: `pair < stride / 2` and `inputs` holds `stride * ROWS` values.
                let both: i32 = unsafe {
                    inputs.as_ptr().add(row * stride + pair * 2).cast::<i32>().read_unaligned()
                };
                let both = _mm256_set1_epi32(both);
                sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(both, low));
                sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(both, high));
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            for (half, &sum) in sums.iter().enumerate() {
                let at = block * LANES + half * 8;
                // SAFETY: `at + 8 <= n_outputs`, the length of `scale` and `bias` and of each of
                // the `ROWS` rows of `outputs`.
                unsafe {
                    let scale = _mm256_loadu_ps(self.scale.as_ptr().add(at));
                    let bias = _mm256_loadu_ps(self.bias.as_ptr().add(at));
                    let value = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
                    let to = outputs.as_mut_ptr().add(row * n_outputs + at);
                    _mm256_storeu_ps(to, _mm256_add_ps(value, bias));
                }
            }
        }
    }
}

/// Whether 256-bit integer vectors can be used.
#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

/// Element-wise work that gains by wide vectors.
///
/// `run` and what it calls in its loops must be marked to be inlined always, and its loops be plain:
/// what the compiler leaves outside is compiled for the narrow vectors of every machine.
pub(super) trait Work {
    /// What comes out.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

/// Runs `work`, compiled for wider vectors where the processor has them. What it computes is the
/// same: element-wise arithmetic rounds alike at every width.
#[inline]
pub(super) fn widest<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn with_avx2<W: Work>(work: W) -> W::Output {
            work.run()
        }
        if has_avx2() {
            // SAFETY: the processor has AVX2.
            return unsafe { with_avx2(work) };
        }
    }
    work.run()
}

/// Fixed point of `value`, rounded to the nearest step, ties to even, clamped to 16 bits.
#[inline(always)]
pub(super) fn quantise(value: f32, scale: f32) -> i16 {
    // Adding 1.5 * 2^23 leaves the rounded integer in the low bits: vectorises everywhere.
    const MAGIC: f32 = 12_582_912.0;
    let steps = (value * scale).clamp(-32767.0, 32767.0) + MAGIC;
    #[expect(clippy::cast_possible_truncation, reason = "the low half is the integer")]
    let low = steps.to_bits() as u16;
    low.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fixed sequence of pseudo-random bytes.
    fn bytes(n: usize, mut state: u32) -> Vec<u8> {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn vector_and_plain_code_agree_bit_for_bit() {
        for (n_inputs, n_outputs, n_rows) in
            [(1, 1, 1), (2, 16, 4), (31, 17, 5), (144, 100, 3), (256, 768, 8), (512, 33, 12)]
        {
            let rows = bytes(n_inputs * n_outputs, 7);
            let steps = || (0_i16..).map(f32::from).take(n_outputs);
            let scale: Vec<f32> = steps().map(|i| 0.01 + i * 1e-4).collect();
            let bias: Vec<f32> = steps().map(|i| i - 3.0).collect();
            let matrix = Matrix::new(n_inputs, &rows, &scale, &bias, ACTIVATION_SCALE);
            let inputs: Vec<i16> = bytes(matrix.input_stride() * n_rows * 2, 11)
                .chunks_exact(2)
                .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).max(-32767))
                .collect();
            let mut fast = Vec::new();
            matrix.multiply(&inputs, &mut fast);
            let mut plain = vec![0.0; fast.len()];
            matrix.multiply_plain(&inputs, &mut plain);
            assert_eq!(
                fast.iter().map(|x| x.to_bits()).collect::<Vec<_>>(),
                plain.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn the_largest_sum_does_not_overflow() {
        let rows = vec![127_u8; MAX_INPUTS];
        let matrix = Matrix::new(MAX_INPUTS, &rows, &[1.0], &[0.0], ACTIVATION_SCALE);
        let mut outputs = Vec::new();
        matrix.multiply(&vec![32767; MAX_INPUTS], &mut outputs);
        let exact = 127.0 * 32767.0 * 512.0 / f64::from(ACTIVATION_SCALE);
        assert!((f64::from(outputs[0]) - exact).abs() < exact * 1e-6);
    }

    #[test]
    fn quantising_rounds_and_clamps() {
        for (value, want) in [(0.0, 0), (1.0, 4096), (-1.0, -4096), (99.0, 32767), (-99.0, -32767)]
        {
            assert_eq!(quantise(value, ACTIVATION_SCALE), want);
        }
        assert_eq!(quantise(2.5 / 4096.0, ACTIVATION_SCALE), 2);
        assert_eq!(quantise(-1.4 / 4096.0, ACTIVATION_SCALE), -1);
    }
}

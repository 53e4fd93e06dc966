//! Sparse matrix times vectors in 16-bit integers, the same bits on every machine.
//!
//! In come activations in fixed point and the 8-bit weights of one layer. Neighbouring inputs are
//! multiplied in pairs, and pairs of weights that are both 0 are left out, which training sees to.
//! Out go 32-bit sums, scaled to `f32`. Integer sums have no order, so the vector code and the
//! plain code agree exactly; tests compare them. Which one runs is decided at run time, in `wide`.

use std::ops::Range;

mod wide;

pub(super) use wide::{Work, widest};

/// Most rows that are multiplied side by side in one vector. Outputs, and pairs of inputs, are
/// filled up to a multiple of so many, since they are turned from rows into columns together.
const LANES: usize = 16;

/// Integer steps per unit of an activation: a range of ±8.
pub(super) const ACTIVATION_SCALE: f32 = 4096.0;

/// Integer steps per unit of what labels are read from: a range of ±64.
pub(super) const LABEL_SCALE: f32 = 512.0;

/// Integer steps per unit of the first layer's sums, which are kept for each form: ±32.
pub(super) const WINDOW_SCALE: f32 = 1024.0;

/// Rows of inputs are filled up to a multiple of so many.
pub(super) const INPUT_BLOCK: usize = 2 * LANES;

/// The largest number of inputs for which no sum of 16-bit by 8-bit products can overflow.
pub(super) const MAX_INPUTS: usize = 512;

/// One layer: `n_outputs × n_inputs` weights, a scale and a bias for each output.
#[derive(Debug)]
pub(super) struct Matrix {
    n_inputs: usize,
    n_outputs: usize,
    /// The pairs of weights that are not both 0, one output after the other.
    weights: Vec<[i16; 2]>,
    /// Which pair of inputs, counted in pairs, each pair of weights is for.
    inputs: Vec<u16>,
    /// Where the pairs of each output end; rounded up with outputs without any.
    ends: Vec<usize>,
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
        let (mut weights, mut inputs) = (Vec::new(), Vec::new());
        let mut ends = Vec::with_capacity(padded);
        for row in rows.chunks_exact(n_inputs) {
            for (pair, both) in (0..).zip(row.chunks(2)) {
                let second = both.get(1).copied().unwrap_or(0);
                let both = [both[0], second].map(|weight| i16::from(weight.cast_signed()));
                if both != [0, 0] {
                    weights.push(both);
                    inputs.push(pair);
                }
            }
            ends.push(weights.len());
        }
        ends.resize(padded, weights.len());
        let pad = |values: &[f32], factor: f32| {
            let mut padded_values = vec![0.0; padded];
            for (to, from) in padded_values.iter_mut().zip(values) {
                *to = from * factor;
            }
            padded_values
        };
        let scale = pad(scale, 1.0 / steps_per_unit);
        Self { n_inputs, n_outputs, weights, inputs, ends, scale, bias: pad(bias, 1.0) }
    }

    /// Number of outputs.
    pub(super) fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    /// Length of a row of inputs: the inputs rounded up to [`INPUT_BLOCK`].
    pub(super) fn input_stride(&self) -> usize {
        self.n_inputs.next_multiple_of(INPUT_BLOCK)
    }

    /// Length of a row of outputs: the outputs rounded up to [`LANES`].
    pub(super) fn output_stride(&self) -> usize {
        self.ends.len()
    }

    /// Writes a row of outputs for each row of inputs to the start of `outputs`, which grows as
    /// needed and never shrinks: filling it with zeros anew would cost time.
    ///
    /// # Panics
    ///
    /// If `inputs` are no whole rows.
    pub(super) fn multiply(&self, inputs: &[i16], outputs: &mut Vec<f32>) {
        let stride = self.input_stride();
        if stride == 0 || self.n_outputs == 0 {
            return;
        }
        assert_eq!(inputs.len() % stride, 0, "inputs come in whole rows");
        let n_rows = inputs.len() / stride;
        grow(outputs, n_rows * self.output_stride());
        let outputs = &mut outputs[..n_rows * self.output_stride()];
        if !wide::multiply(self, inputs, outputs) {
            self.multiply_plain(inputs, outputs);
        }
    }

    /// The pairs of weights of an output and which pairs of inputs they are for, as many.
    #[inline]
    fn pairs(&self, output: usize) -> (&[[i16; 2]], &[u16]) {
        let start = output.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = start..self.ends[output];
        (&self.weights[range.clone()], &self.inputs[range])
    }

    /// The reference: what every other version must equal.
    fn multiply_plain(&self, inputs: &[i16], outputs: &mut [f32]) {
        let rows = inputs.chunks_exact(self.input_stride());
        for (row, out) in rows.zip(outputs.chunks_exact_mut(self.output_stride())) {
            for (output, out) in out.iter_mut().enumerate() {
                let (weights, inputs) = self.pairs(output);
                let products = weights.iter().zip(inputs).map(|(weights, &inputs)| {
                    let input = |i: usize| row[2 * usize::from(inputs) + i];
                    let product = |i: usize| i32::from(input(i)) * i32::from(weights[i]);
                    product(0) + product(1)
                });
                #[expect(clippy::cast_precision_loss, reason = "rounded alike everywhere")]
                let sum = products.sum::<i32>() as f32;
                *out = sum * self.scale[output] + self.bias[output];
            }
        }
    }
}

/// Columns of [`multiply_columns`] are filled up to a multiple of so many.
pub(super) const COLUMN_BLOCK: usize = 2 * LANES;

/// Rows of values, of which those in `range` count.
#[derive(Debug, Clone)]
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f32],
    pub(super) stride: usize,
    pub(super) range: Range<usize>,
}

impl Rows<'_> {
    /// The values that count of row `row`.
    fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.stride..][self.range.clone()]
    }
}

/// Multiplies rows by columns: `products[r × width + c]` is the sum over `i` of value `i` of row `r`
/// times `columns[i × width + c]`, added up in the order of `i` on every machine.
///
/// # Panics
///
/// If the width is no multiple of [`COLUMN_BLOCK`], or lengths do not agree.
pub(super) fn multiply_columns(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) {
    if rows.range.is_empty() {
        products.fill(0.0);
        return;
    }
    let n_rows = rows.values.len() / rows.stride;
    assert_eq!(columns.len() % rows.range.len(), 0, "a row of columns for each value");
    let width = columns.len() / rows.range.len();
    assert_eq!((width % COLUMN_BLOCK, products.len()), (0, n_rows * width), "blocks of columns");
    if !wide::multiply_columns(rows, columns, products) {
        multiply_columns_plain(rows, columns, products);
    }
}

/// The reference: what every other version must equal.
fn multiply_columns_plain(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) {
    let width = columns.len() / rows.range.len();
    for (row, products) in products.chunks_exact_mut(width).enumerate() {
        products.fill(0.0);
        for (value, column) in rows.row(row).iter().zip(columns.chunks_exact(width)) {
            for (product, factor) in products.iter_mut().zip(column) {
                *product += value * factor;
            }
        }
    }
}

/// Lets a buffer have at least `length` values.
pub(super) fn grow(buffer: &mut Vec<f32>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, 0.0);
    }
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
            [(1, 1, 1), (2, 16, 4), (31, 17, 5), (144, 100, 47), (256, 768, 160), (512, 33, 12)]
        {
            let mut rows = bytes(n_inputs * n_outputs, 7);
            // Most weights are 0, as in the shipped layers; every third output has all of its own.
            for (output, row) in rows.chunks_exact_mut(n_inputs).enumerate() {
                for (weight, chance) in row.iter_mut().zip(bytes(n_inputs, 3)) {
                    *weight = if output % 3 > 0 && chance < 200 { 0 } else { *weight };
                }
            }
            let steps = || (0_i16..).map(f32::from).take(n_outputs);
            let scale: Vec<f32> = steps().map(|i| 0.01 + i * 1e-4).collect();
            let bias: Vec<f32> = steps().map(|i| i - 3.0).collect();
            let matrix = Matrix::new(n_inputs, &rows, &scale, &bias, ACTIVATION_SCALE);
            let inputs: Vec<i16> = bytes(matrix.input_stride() * n_rows * 2, 11)
                .chunks_exact(2)
                .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).max(-32767))
                .collect();
            let mut plain = vec![0.0; matrix.output_stride() * n_rows];
            matrix.multiply_plain(&inputs, &mut plain);
            let patterns = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
            for (name, outputs) in wide::multiply_every_way(&matrix, &inputs) {
                assert_eq!(
                    patterns(&outputs),
                    patterns(&plain),
                    "{name}: {n_inputs} × {n_outputs}"
                );
            }
            // The plain code leaves out pairs too: one output by all of its weights.
            let row = &inputs[(n_rows - 1) * matrix.input_stride()..];
            let sum: i32 = rows[(n_outputs - 1) * n_inputs..]
                .iter()
                .zip(row)
                .map(|(&weight, &input)| i32::from(weight.cast_signed()) * i32::from(input))
                .sum();
            let got = f64::from(plain[(n_rows - 1) * matrix.output_stride() + n_outputs - 1]);
            let scale = f64::from(scale[n_outputs - 1] / ACTIVATION_SCALE);
            let want = f64::from(sum) * scale + f64::from(bias[n_outputs - 1]);
            assert!((got - want).abs() <= want.abs() * 1e-5, "{got} is not {want}");
        }
    }

    #[test]
    fn rows_times_columns_agree_bit_for_bit() {
        for (n_rows, n_values, width) in [(1, 1, 32), (3, 5, 32), (4, 128, 64), (11, 128, 224)] {
            let stride = n_values + 3;
            let values = |n: usize, seed: u32| -> Vec<f32> {
                bytes(n, seed).iter().map(|&byte| f32::from(byte) / 7.0 - 18.0).collect()
            };
            let (values, columns) = (values(n_rows * stride, 5), values(n_values * width, 9));
            let rows = Rows { values: &values, stride, range: 2..n_values + 2 };
            let mut plain = vec![1.0; n_rows * width];
            multiply_columns_plain(&rows, &columns, &mut plain);
            let mut fast = vec![2.0; n_rows * width];
            multiply_columns(&rows, &columns, &mut fast);
            assert_eq!(fast, plain, "{n_rows} × {n_values} × {width}");
            for (name, products) in wide::multiply_columns_every_way(&rows, &columns) {
                assert_eq!(products, plain, "{name}: {n_rows} × {n_values} × {width}");
            }
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

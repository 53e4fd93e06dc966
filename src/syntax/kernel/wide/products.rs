//! Products on vectors of any width.

use super::vector::Vector;
use crate::syntax::kernel::{Matrix, Rows};

/// Vectors of rows multiplied side by side: so many rows of 256 inputs stay in the innermost cache.
const MAX_VECTORS: usize = 5;

/// Groups of rows of nearly equal size: the last one would often hold a row or two, and waste the
/// loads of the weights.
///
/// # Safety
///
/// As for `V`.
#[inline(always)]
pub(super) unsafe fn multiply_groups<V: Vector<LANES>, const LANES: usize>(
    matrix: &Matrix,
    inputs: &[i16],
    outputs: &mut [f32],
) {
    let (stride, n_outputs) = (matrix.input_stride(), matrix.output_stride());
    let n_vectors = (inputs.len() / stride).div_ceil(LANES);
    let n_groups = n_vectors.div_ceil(MAX_VECTORS);
    let (mut inputs, mut outputs) = (inputs, outputs);
    for group in 0..n_groups {
        let n_vectors = n_vectors * (group + 1) / n_groups - n_vectors * group / n_groups;
        let n_rows = (n_vectors * LANES).min(inputs.len() / stride);
        let (rows, rest) = inputs.split_at(n_rows * stride);
        let (out, rest_out) = outputs.split_at_mut(n_rows * n_outputs);
        (inputs, outputs) = (rest, rest_out);
        // SAFETY: as for `V`.
        unsafe {
            match n_vectors {
                1 => multiply_group::<V, LANES, 1>(matrix, rows, out),
                2 => multiply_group::<V, LANES, 2>(matrix, rows, out),
                3 => multiply_group::<V, LANES, 3>(matrix, rows, out),
                4 => multiply_group::<V, LANES, 4>(matrix, rows, out),
                _ => multiply_group::<V, LANES, MAX_VECTORS>(matrix, rows, out),
            }
        }
    }
}

/// At most `LANES * VECTORS` rows.
///
/// # Safety
///
/// As for `V`.
#[inline(always)]
unsafe fn multiply_group<V: Vector<LANES>, const LANES: usize, const VECTORS: usize>(
    matrix: &Matrix,
    rows: &[i16],
    outputs: &mut [f32],
) {
    let stride = matrix.output_stride();
    let scale = matrix.scale.chunks_exact(LANES).zip(matrix.bias.chunks_exact(LANES));
    // SAFETY: as for `V`; `load` and `store` are given as much as they need.
    unsafe {
        let columns = columns::<V, LANES, VECTORS>(rows, matrix.input_stride());
        assert!(matrix.n_inputs <= 2 * columns.len(), "a column for each pair of inputs");
        let mut values = [[V::zero(); LANES]; VECTORS];
        for (block, (scale, bias)) in scale.enumerate() {
            for lane in 0..LANES {
                // Two pairs at a time into sums of their own, so that no sum waits for the last.
                // Plain loops: iterators over vectors were not inlined here.
                let (weights, inputs) = matrix.pairs(block * LANES + lane);
                let (weights, odd_weight) = weights.as_chunks::<2>();
                let (inputs, odd_input) = inputs.as_chunks::<2>();
                let mut sums = [[V::zero(); VECTORS]; 2];
                for (weights, inputs) in weights.iter().zip(inputs) {
                    for at in 0..2 {
                        let weights = V::repeat(joined(weights[at]));
                        // SAFETY: there is a column for each pair of inputs of the matrix.
                        let column = columns.get_unchecked(usize::from(inputs[at]));
                        for vector in 0..VECTORS {
                            sums[at][vector] =
                                sums[at][vector].add_products(column[vector], weights);
                        }
                    }
                }
                if let (&[weights], &[inputs]) = (odd_weight, odd_input) {
                    let weights = V::repeat(joined(weights));
                    for vector in 0..VECTORS {
                        let input = columns[usize::from(inputs)][vector];
                        sums[0][vector] = sums[0][vector].add_products(input, weights);
                    }
                }
                for vector in 0..VECTORS {
                    let sum = sums[0][vector].add(sums[1][vector]);
                    values[vector][lane] = sum.to_values(scale[lane], bias[lane]);
                }
            }
            for (rows, values) in outputs.chunks_mut(LANES * stride).zip(&values) {
                let values = V::turned(values);
                for (row, value) in rows.chunks_exact_mut(stride).zip(&values) {
                    value.store(&mut row[block * LANES..(block + 1) * LANES]);
                }
            }
        }
    }
}

/// A pair of weights as one integer, the first in the low half.
#[inline(always)]
fn joined([first, second]: [i16; 2]) -> i32 {
    i32::from(second) << 16 | i32::from(first) & 0xffff
}

/// For each pair of inputs its values in all of `rows`, a row in each lane, filled up with zeros.
///
/// # Safety
///
/// As for `V`.
#[inline(always)]
unsafe fn columns<V: Vector<LANES>, const LANES: usize, const VECTORS: usize>(
    rows: &[i16],
    stride: usize,
) -> Vec<[V; VECTORS]> {
    // SAFETY: as for `V`; `load` is given as much as it needs.
    unsafe {
        let mut columns = Vec::with_capacity(stride / 2);
        for block in 0..stride / (2 * LANES) {
            let mut turned = [[V::zero(); VECTORS]; LANES];
            for (vector, rows) in rows.chunks(LANES * stride).enumerate() {
                let mut pairs = [V::zero(); LANES];
                for (pairs, row) in pairs.iter_mut().zip(rows.chunks_exact(stride)) {
                    *pairs = V::load(&row[block * 2 * LANES..(block + 1) * 2 * LANES]);
                }
                let pairs = V::turned(&pairs);
                for lane in 0..LANES {
                    turned[lane][vector] = pairs[lane];
                }
            }
            columns.extend_from_slice(&turned);
        }
        columns
    }
}

/// Rows whose products with some columns are summed up side by side.
const ROWS: usize = 4;

/// # Safety
///
/// As for `V`.
#[inline(always)]
pub(super) unsafe fn multiply_columns_with<V: Vector<LANES>, const LANES: usize>(
    rows: &Rows<'_>,
    columns: &[f32],
    products: &mut [f32],
) {
    let width = columns.len() / rows.range.len();
    for (group, products) in products.chunks_mut(ROWS * width).enumerate() {
        let n_rows = products.len() / width;
        // A row that the last group lacks is its first once more.
        let mut group_rows = [rows.row(group * ROWS); ROWS];
        for (row, values) in group_rows.iter_mut().enumerate().take(n_rows) {
            *values = rows.row(group * ROWS + row);
        }
        let [a, b, c, d] = group_rows;
        let values = a.iter().zip(b).zip(c.iter().zip(d));
        for first in (0..width).step_by(2 * LANES) {
            // SAFETY: as for `V`; `load_values` and `store` are given as much as they need.
            unsafe {
                let mut sums = [[V::zero(); 2]; ROWS];
                for (((&a, &b), (&c, &d)), column) in
                    values.clone().zip(columns.chunks_exact(width))
                {
                    let near = V::load_values(&column[first..first + LANES]);
                    let far = V::load_values(&column[first + LANES..first + 2 * LANES]);
                    sums[0] = [sums[0][0].add_times(a, near), sums[0][1].add_times(a, far)];
                    sums[1] = [sums[1][0].add_times(b, near), sums[1][1].add_times(b, far)];
                    sums[2] = [sums[2][0].add_times(c, near), sums[2][1].add_times(c, far)];
                    sums[3] = [sums[3][0].add_times(d, near), sums[3][1].add_times(d, far)];
                }
                for (products, sums) in products.chunks_exact_mut(width).zip(&sums) {
                    sums[0].store(&mut products[first..first + LANES]);
                    sums[1].store(&mut products[first + LANES..first + 2 * LANES]);
                }
            }
        }
    }
}

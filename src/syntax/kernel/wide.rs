//! The vector code: products of [`Matrix`] and element-wise work, on what the processor has.
//!
//! This is the crate's only file with `unsafe`. In and out go the same bits as with plain code.
#![allow(unsafe_code, reason = "vector loads and calls of functions that need wide vectors")]
#![expect(clippy::inline_always, reason = "what is not inlined is compiled for narrow vectors")]

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_add_ps, _mm256_castps_si256, _mm256_castsi256_ps,
    _mm256_cvtepi32_ps, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps,
    _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_si256,
    _mm256_storeu_ps, _mm256_unpackhi_epi32, _mm256_unpackhi_epi64, _mm256_unpacklo_epi32,
    _mm256_unpacklo_epi64, _mm512_add_epi32, _mm512_add_ps, _mm512_castps_si512,
    _mm512_castsi512_ps, _mm512_cvtepi32_ps, _mm512_dpwssd_epi32, _mm512_loadu_ps,
    _mm512_loadu_si512, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512,
    _mm512_shuffle_i32x4, _mm512_storeu_ps, _mm512_unpackhi_epi32, _mm512_unpackhi_epi64,
    _mm512_unpacklo_epi32, _mm512_unpacklo_epi64,
};

#[cfg(target_arch = "x86_64")]
use super::{Matrix, Rows};

/// Vectors of rows multiplied side by side: so many rows of 256 inputs stay in the innermost cache.
#[cfg(target_arch = "x86_64")]
const MAX_VECTORS: usize = 5;

/// Element-wise work that gains by wide vectors.
///
/// `run` and what it calls in its loops must be marked to be inlined always, and its loops be plain:
/// what the compiler leaves outside is compiled for the narrow vectors of every machine.
pub(in crate::syntax) trait Work {
    /// What comes out.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

/// Runs `work`, compiled for wider vectors where the processor has them. What it computes is the
/// same: element-wise arithmetic rounds alike at every width.
#[inline]
pub(in crate::syntax) fn widest<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
        fn with_avx512<W: Work>(work: W) -> W::Output {
            work.run()
        }
        #[target_feature(enable = "avx2")]
        fn with_avx2<W: Work>(work: W) -> W::Output {
            work.run()
        }
        if has_avx512() {
            // SAFETY: the processor has these parts of AVX-512.
            return unsafe { with_avx512(work) };
        }
        if has_avx2() {
            // SAFETY: the processor has AVX2.
            return unsafe { with_avx2(work) };
        }
    }
    work.run()
}

/// Multiplies on the widest vectors that the processor has; `false` if it has none.
#[cfg(target_arch = "x86_64")]
pub(super) fn multiply(matrix: &Matrix, inputs: &[i16], outputs: &mut [f32]) -> bool {
    if has_avx512() {
        // SAFETY: the processor has these parts of AVX-512.
        unsafe { multiply_avx512(matrix, inputs, outputs) };
    } else if has_avx2() {
        // SAFETY: the processor has AVX2.
        unsafe { multiply_avx2(matrix, inputs, outputs) };
    } else {
        return false;
    }
    true
}

/// The same for rows and columns of values.
#[cfg(target_arch = "x86_64")]
pub(super) fn multiply_columns(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) -> bool {
    if has_avx512() {
        // SAFETY: the processor has these parts of AVX-512.
        unsafe { multiply_columns_avx512(rows, columns, products) };
    } else if has_avx2() {
        // SAFETY: the processor has AVX2.
        unsafe { multiply_columns_avx2(rows, columns, products) };
    } else {
        return false;
    }
    true
}

/// Plain code serves other processors.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn multiply_columns(_: &super::Rows<'_>, _: &[f32], _: &mut [f32]) -> bool {
    false
}

/// Plain code serves other processors.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn multiply(_: &super::Matrix, _: &[i16], _: &mut [f32]) -> bool {
    false
}

/// Whether 256-bit integer vectors can be used.
#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2")
}

/// Whether 512-bit vectors with sums of products of 16 bits can be used.
#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512dq")
        && std::arch::is_x86_feature_detected!("avx512vl")
        && std::arch::is_x86_feature_detected!("avx512vnni")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn multiply_avx2(matrix: &Matrix, inputs: &[i16], outputs: &mut [f32]) {
    // SAFETY: this function has the instructions of `__m256i`.
    unsafe { multiply_groups::<__m256i, 8>(matrix, inputs, outputs) };
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn multiply_avx512(matrix: &Matrix, inputs: &[i16], outputs: &mut [f32]) {
    // SAFETY: this function has the instructions of `__m512i`.
    unsafe { multiply_groups::<__m512i, 16>(matrix, inputs, outputs) };
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn multiply_columns_avx2(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) {
    // SAFETY: this function has the instructions of `__m256i`.
    unsafe { multiply_columns_with::<__m256i, 8>(rows, columns, products) };
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
fn multiply_columns_avx512(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) {
    // SAFETY: this function has the instructions of `__m512i`.
    unsafe { multiply_columns_with::<__m512i, 16>(rows, columns, products) };
}

/// `LANES` values of 32 bits, or as many pairs of 16 bits.
///
/// # Safety
///
/// Its functions may run only where the processor has its instructions.
#[cfg(target_arch = "x86_64")]
trait Vector<const LANES: usize>: Copy {
    unsafe fn zero() -> Self;
    /// The first `2 * LANES` values of `from`.
    unsafe fn load(from: &[i16]) -> Self;
    /// A pair in every lane.
    unsafe fn repeat(pair: i32) -> Self;
    /// Adds in each lane both products of a pair of inputs and a pair of weights.
    unsafe fn add_products(self, inputs: Self, weights: Self) -> Self;
    /// Adds integers.
    unsafe fn add(self, other: Self) -> Self;
    /// The integer sums as values, times `scale` and plus `bias`.
    unsafe fn to_values(self, scale: f32, bias: f32) -> Self;
    /// Rows as columns.
    unsafe fn turned(rows: &[Self; LANES]) -> [Self; LANES];
    /// The first `LANES` values of `from`.
    unsafe fn load_values(from: &[f32]) -> Self;
    /// Adds the values of `other` times `factor`, rounding twice.
    unsafe fn add_times(self, factor: f32, other: Self) -> Self;
    /// Writes values to the first `LANES` of `to`.
    unsafe fn store(self, to: &mut [f32]);
}

/// Groups of rows of nearly equal size: the last one would often hold a row or two, and waste the
/// loads of the weights.
///
/// # Safety
///
/// As for `V`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn multiply_groups<V: Vector<LANES>, const LANES: usize>(
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
#[cfg(target_arch = "x86_64")]
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
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn joined([first, second]: [i16; 2]) -> i32 {
    i32::from(second) << 16 | i32::from(first) & 0xffff
}

/// For each pair of inputs its values in all of `rows`, a row in each lane, filled up with zeros.
///
/// # Safety
///
/// As for `V`.
#[cfg(target_arch = "x86_64")]
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
#[cfg(target_arch = "x86_64")]
const ROWS: usize = 4;

/// # Safety
///
/// As for `V`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn multiply_columns_with<V: Vector<LANES>, const LANES: usize>(
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

#[cfg(target_arch = "x86_64")]
impl Vector<8> for __m256i {
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the caller has AVX2.
        unsafe { _mm256_setzero_si256() }
    }

    #[inline(always)]
    unsafe fn load(from: &[i16]) -> Self {
        // SAFETY: the caller has AVX2; the slice holds 256 bits.
        unsafe { _mm256_loadu_si256(from[..16].as_ptr().cast()) }
    }

    #[inline(always)]
    unsafe fn repeat(pair: i32) -> Self {
        // SAFETY: the caller has AVX2.
        unsafe { _mm256_set1_epi32(pair) }
    }

    #[inline(always)]
    unsafe fn add_products(self, inputs: Self, weights: Self) -> Self {
        // SAFETY: the caller has AVX2.
        unsafe { _mm256_add_epi32(self, _mm256_madd_epi16(inputs, weights)) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller has AVX2.
        unsafe { _mm256_add_epi32(self, other) }
    }

    #[inline(always)]
    unsafe fn to_values(self, scale: f32, bias: f32) -> Self {
        // SAFETY: the caller has AVX2.
        unsafe {
            let value = _mm256_mul_ps(_mm256_cvtepi32_ps(self), _mm256_set1_ps(scale));
            _mm256_castps_si256(_mm256_add_ps(value, _mm256_set1_ps(bias)))
        }
    }

    #[inline(always)]
    unsafe fn turned(rows: &[Self; 8]) -> [Self; 8] {
        // SAFETY: the caller has AVX2.
        unsafe {
            let mut turned = [Self::zero(); 8];
            let (upper, lower) = (fours_avx2(rows, 0), fours_avx2(rows, 4));
            for i in 0..4 {
                turned[i] = _mm256_permute2x128_si256::<0x20>(upper[i], lower[i]);
                turned[4 + i] = _mm256_permute2x128_si256::<0x31>(upper[i], lower[i]);
            }
            turned
        }
    }

    #[inline(always)]
    unsafe fn load_values(from: &[f32]) -> Self {
        // SAFETY: the caller has AVX2; the slice holds 256 bits.
        unsafe { _mm256_castps_si256(_mm256_loadu_ps(from[..8].as_ptr())) }
    }

    #[inline(always)]
    unsafe fn add_times(self, factor: f32, other: Self) -> Self {
        // SAFETY: the caller has AVX2.
        unsafe {
            let product = _mm256_mul_ps(_mm256_set1_ps(factor), _mm256_castsi256_ps(other));
            _mm256_castps_si256(_mm256_add_ps(_mm256_castsi256_ps(self), product))
        }
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32]) {
        // SAFETY: the caller has AVX2; the slice holds 256 bits.
        unsafe { _mm256_storeu_ps(to[..8].as_mut_ptr(), _mm256_castsi256_ps(self)) };
    }
}

#[cfg(target_arch = "x86_64")]
impl Vector<16> for __m512i {
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the caller has AVX-512.
        unsafe { _mm512_setzero_si512() }
    }

    #[inline(always)]
    unsafe fn load(from: &[i16]) -> Self {
        // SAFETY: the caller has AVX-512; the slice holds 512 bits.
        unsafe { _mm512_loadu_si512(from[..32].as_ptr().cast()) }
    }

    #[inline(always)]
    unsafe fn repeat(pair: i32) -> Self {
        // SAFETY: the caller has AVX-512.
        unsafe { _mm512_set1_epi32(pair) }
    }

    #[inline(always)]
    unsafe fn add_products(self, inputs: Self, weights: Self) -> Self {
        // SAFETY: the caller has AVX-512 and its sums of products.
        unsafe { _mm512_dpwssd_epi32(self, inputs, weights) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller has AVX-512.
        unsafe { _mm512_add_epi32(self, other) }
    }

    #[inline(always)]
    unsafe fn to_values(self, scale: f32, bias: f32) -> Self {
        // SAFETY: the caller has AVX-512.
        unsafe {
            let value = _mm512_mul_ps(_mm512_cvtepi32_ps(self), _mm512_set1_ps(scale));
            _mm512_castps_si512(_mm512_add_ps(value, _mm512_set1_ps(bias)))
        }
    }

    #[inline(always)]
    unsafe fn turned(rows: &[Self; 16]) -> [Self; 16] {
        // SAFETY: the caller has AVX-512.
        unsafe {
            let quarters = [
                fours_avx512(rows, 0),
                fours_avx512(rows, 4),
                fours_avx512(rows, 8),
                fours_avx512(rows, 12),
            ];
            let mut columns = [Self::zero(); 16];
            for i in 0..4 {
                let (a, b) = (quarters[0][i], quarters[1][i]);
                let (c, d) = (quarters[2][i], quarters[3][i]);
                let (even, odd) =
                    (_mm512_shuffle_i32x4::<0x88>(a, b), _mm512_shuffle_i32x4::<0xdd>(a, b));
                let (even_below, odd_below) =
                    (_mm512_shuffle_i32x4::<0x88>(c, d), _mm512_shuffle_i32x4::<0xdd>(c, d));
                columns[i] = _mm512_shuffle_i32x4::<0x88>(even, even_below);
                columns[4 + i] = _mm512_shuffle_i32x4::<0x88>(odd, odd_below);
                columns[8 + i] = _mm512_shuffle_i32x4::<0xdd>(even, even_below);
                columns[12 + i] = _mm512_shuffle_i32x4::<0xdd>(odd, odd_below);
            }
            columns
        }
    }

    #[inline(always)]
    unsafe fn load_values(from: &[f32]) -> Self {
        // SAFETY: the caller has AVX-512; the slice holds 512 bits.
        unsafe { _mm512_castps_si512(_mm512_loadu_ps(from[..16].as_ptr())) }
    }

    #[inline(always)]
    unsafe fn add_times(self, factor: f32, other: Self) -> Self {
        // SAFETY: the caller has AVX-512.
        unsafe {
            let product = _mm512_mul_ps(_mm512_set1_ps(factor), _mm512_castsi512_ps(other));
            _mm512_castps_si512(_mm512_add_ps(_mm512_castsi512_ps(self), product))
        }
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32]) {
        // SAFETY: the caller has AVX-512; the slice holds 512 bits.
        unsafe { _mm512_storeu_ps(to[..16].as_mut_ptr(), _mm512_castsi512_ps(self)) };
    }
}

/// Of four rows from `at` on the fours of columns 0, 1, 2, 3 in the low halves, and of 4, 5, 6, 7 in
/// the high ones.
///
/// # Safety
///
/// As for `__m256i`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn fours_avx2(rows: &[__m256i; 8], at: usize) -> [__m256i; 4] {
    // SAFETY: the caller has AVX2.
    unsafe {
        let low = _mm256_unpacklo_epi32(rows[at], rows[at + 1]);
        let high = _mm256_unpackhi_epi32(rows[at], rows[at + 1]);
        let low_below = _mm256_unpacklo_epi32(rows[at + 2], rows[at + 3]);
        let high_below = _mm256_unpackhi_epi32(rows[at + 2], rows[at + 3]);
        [
            _mm256_unpacklo_epi64(low, low_below),
            _mm256_unpackhi_epi64(low, low_below),
            _mm256_unpacklo_epi64(high, high_below),
            _mm256_unpackhi_epi64(high, high_below),
        ]
    }
}

/// The same of wider rows: the fours of column `i` in the first quarter of what comes `i`th, of
/// `4 + i` in the second, and so on.
///
/// # Safety
///
/// As for `__m512i`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn fours_avx512(rows: &[__m512i; 16], at: usize) -> [__m512i; 4] {
    // SAFETY: the caller has AVX-512.
    unsafe {
        let low = _mm512_unpacklo_epi32(rows[at], rows[at + 1]);
        let high = _mm512_unpackhi_epi32(rows[at], rows[at + 1]);
        let low_below = _mm512_unpacklo_epi32(rows[at + 2], rows[at + 3]);
        let high_below = _mm512_unpackhi_epi32(rows[at + 2], rows[at + 3]);
        [
            _mm512_unpacklo_epi64(low, low_below),
            _mm512_unpackhi_epi64(low, low_below),
            _mm512_unpacklo_epi64(high, high_below),
            _mm512_unpackhi_epi64(high, high_below),
        ]
    }
}

/// What each kind of vector that this processor has makes of `inputs`, with its name.
#[cfg(all(test, target_arch = "x86_64"))]
pub(super) fn multiply_every_way(matrix: &Matrix, inputs: &[i16]) -> Vec<(&'static str, Vec<f32>)> {
    let n_outputs = inputs.len() / matrix.input_stride() * matrix.output_stride();
    every_way(n_outputs, |way, outputs| match way {
        // SAFETY: the processor has what it is asked for.
        Way::Avx2 => unsafe { multiply_avx2(matrix, inputs, outputs) },
        Way::Avx512 => unsafe { multiply_avx512(matrix, inputs, outputs) },
    })
}

/// The same for rows and columns of values.
#[cfg(all(test, target_arch = "x86_64"))]
pub(super) fn multiply_columns_every_way(
    rows: &Rows<'_>,
    columns: &[f32],
) -> Vec<(&'static str, Vec<f32>)> {
    let n_products = rows.values.len() / rows.stride * (columns.len() / rows.range.len());
    every_way(n_products, |way, products| match way {
        // SAFETY: the processor has what it is asked for.
        Way::Avx2 => unsafe { multiply_columns_avx2(rows, columns, products) },
        Way::Avx512 => unsafe { multiply_columns_avx512(rows, columns, products) },
    })
}

/// Kinds of vectors.
#[cfg(all(test, target_arch = "x86_64"))]
#[derive(Debug, Clone, Copy)]
enum Way {
    Avx2,
    Avx512,
}

/// What `fill` makes of as many values on each kind of vector that this processor has.
#[cfg(all(test, target_arch = "x86_64"))]
fn every_way(n_values: usize, fill: impl Fn(Way, &mut [f32])) -> Vec<(&'static str, Vec<f32>)> {
    [(Way::Avx2, "AVX2", has_avx2()), (Way::Avx512, "AVX-512", has_avx512())]
        .into_iter()
        .filter(|&(_, _, is_here)| is_here)
        .map(|(way, name, _)| {
            let mut values = vec![0.0; n_values];
            fill(way, &mut values);
            (name, values)
        })
        .collect()
}

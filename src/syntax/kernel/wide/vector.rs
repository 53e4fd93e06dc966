//! What products need of vectors, of whatever width.

#[cfg(target_arch = "x86_64")]
mod avx;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
mod neon;

/// `LANES` values of 32 bits, or as many pairs of 16 bits.
///
/// # Safety
///
/// Its functions may run only where the processor has its instructions.
pub(super) trait Vector<const LANES: usize>: Copy {
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

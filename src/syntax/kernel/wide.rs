//! The vector code: products of [`Matrix`] and element-wise work, on what the processor has.
//!
//! This file and those in its folder are the crate's only ones with `unsafe`. In and out go the same
//! bits as with plain code. Here it is decided which vectors the processor has.
#![allow(unsafe_code, reason = "vector loads and calls of functions that need wide vectors")]
#![expect(clippy::inline_always, reason = "what is not inlined is compiled for narrow vectors")]

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod products;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod vector;

#[cfg(target_arch = "aarch64")]
use std::arch::aarch64::int32x4_t;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{__m256i, __m512i};

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use products::{multiply_columns_with, multiply_groups};

use super::{Matrix, Rows};

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

/// Multiplies on the vectors that every processor of this line has.
#[cfg(target_arch = "aarch64")]
pub(super) fn multiply(matrix: &Matrix, inputs: &[i16], outputs: &mut [f32]) -> bool {
    // SAFETY: NEON is part of this target.
    unsafe { multiply_groups::<int32x4_t, 4>(matrix, inputs, outputs) };
    true
}

/// The same for rows and columns of values.
#[cfg(target_arch = "aarch64")]
pub(super) fn multiply_columns(rows: &Rows<'_>, columns: &[f32], products: &mut [f32]) -> bool {
    // SAFETY: NEON is part of this target.
    unsafe { multiply_columns_with::<int32x4_t, 4>(rows, columns, products) };
    true
}

/// Plain code serves other processors.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn multiply(_: &Matrix, _: &[i16], _: &mut [f32]) -> bool {
    false
}

/// Plain code serves other processors.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn multiply_columns(_: &Rows<'_>, _: &[f32], _: &mut [f32]) -> bool {
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

/// What each kind of vector that this processor has makes of `inputs`, with its name.
#[cfg(test)]
pub(super) fn multiply_every_way(matrix: &Matrix, inputs: &[i16]) -> Vec<(&'static str, Vec<f32>)> {
    let n_outputs = inputs.len() / matrix.input_stride() * matrix.output_stride();
    every_way(n_outputs, |way, outputs| match way {
        // SAFETY: the processor has what it is asked for.
        #[cfg(target_arch = "x86_64")]
        Way::Avx2 => unsafe { multiply_avx2(matrix, inputs, outputs) },
        // SAFETY: the processor has what it is asked for.
        #[cfg(target_arch = "x86_64")]
        Way::Avx512 => unsafe { multiply_avx512(matrix, inputs, outputs) },
        Way::Chosen => assert!(multiply(matrix, inputs, outputs), "there is vector code"),
    })
}

/// The same for rows and columns of values.
#[cfg(test)]
pub(super) fn multiply_columns_every_way(
    rows: &Rows<'_>,
    columns: &[f32],
) -> Vec<(&'static str, Vec<f32>)> {
    let n_products = rows.values.len() / rows.stride * (columns.len() / rows.range.len());
    every_way(n_products, |way, products| match way {
        // SAFETY: the processor has what it is asked for.
        #[cfg(target_arch = "x86_64")]
        Way::Avx2 => unsafe { multiply_columns_avx2(rows, columns, products) },
        // SAFETY: the processor has what it is asked for.
        #[cfg(target_arch = "x86_64")]
        Way::Avx512 => unsafe { multiply_columns_avx512(rows, columns, products) },
        Way::Chosen => assert!(multiply_columns(rows, columns, products), "there is vector code"),
    })
}

/// Kinds of vectors.
#[cfg(test)]
#[derive(Debug, Clone, Copy)]
enum Way {
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// What runs outside of tests.
    Chosen,
}

/// What `fill` makes of as many values on each kind of vector that this processor has.
#[cfg(test)]
fn every_way(n_values: usize, fill: impl Fn(Way, &mut [f32])) -> Vec<(&'static str, Vec<f32>)> {
    let ways: Vec<(Way, &'static str, bool)> = vec![
        #[cfg(target_arch = "x86_64")]
        (Way::Avx2, "AVX2", has_avx2()),
        #[cfg(target_arch = "x86_64")]
        (Way::Avx512, "AVX-512", has_avx512()),
        #[cfg(target_arch = "x86_64")]
        (Way::Chosen, "AVX", has_avx2()),
        #[cfg(target_arch = "aarch64")]
        (Way::Chosen, "NEON", true),
    ];
    ways.into_iter()
        .filter(|&(_, _, is_here)| is_here)
        .map(|(way, name, _)| {
            let mut values = vec![0.0; n_values];
            fill(way, &mut values);
            (name, values)
        })
        .collect()
}

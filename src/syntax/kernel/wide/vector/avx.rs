//! Vectors of 256 and of 512 bits, on processors of the x86-64 line.

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

use super::Vector;

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

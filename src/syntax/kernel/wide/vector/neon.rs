//! Vectors of 128 bits, on processors of Arm and of Apple.

use std::arch::aarch64::{
    int32x4_t, vaddq_f32, vaddq_s32, vcvtq_f32_s32, vdupq_n_f32, vdupq_n_s32, vget_low_s16,
    vld1q_f32, vld1q_s16, vmull_high_s16, vmull_s16, vmulq_f32, vpaddq_s32, vreinterpretq_f32_s32,
    vreinterpretq_s16_s32, vreinterpretq_s32_f32, vreinterpretq_s32_s16, vreinterpretq_s32_s64,
    vreinterpretq_s64_s32, vst1q_f32, vtrn1q_s32, vtrn1q_s64, vtrn2q_s32, vtrn2q_s64,
};

use super::Vector;

impl Vector<4> for int32x4_t {
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the caller has NEON.
        unsafe { vdupq_n_s32(0) }
    }

    #[inline(always)]
    unsafe fn load(from: &[i16]) -> Self {
        // SAFETY: the caller has NEON; the slice holds 128 bits.
        unsafe { vreinterpretq_s32_s16(vld1q_s16(from[..8].as_ptr())) }
    }

    #[inline(always)]
    unsafe fn repeat(pair: i32) -> Self {
        // SAFETY: the caller has NEON.
        unsafe { vdupq_n_s32(pair) }
    }

    #[inline(always)]
    unsafe fn add_products(self, inputs: Self, weights: Self) -> Self {
        // SAFETY: the caller has NEON.
        unsafe {
            let (inputs, weights) = (vreinterpretq_s16_s32(inputs), vreinterpretq_s16_s32(weights));
            let near = vmull_s16(vget_low_s16(inputs), vget_low_s16(weights));
            let far = vmull_high_s16(inputs, weights);
            vaddq_s32(self, vpaddq_s32(near, far))
        }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        // SAFETY: the caller has NEON.
        unsafe { vaddq_s32(self, other) }
    }

    #[inline(always)]
    unsafe fn to_values(self, scale: f32, bias: f32) -> Self {
        // SAFETY: the caller has NEON. It could multiply and add at once, but that rounds once.
        unsafe {
            let value = vmulq_f32(vcvtq_f32_s32(self), vdupq_n_f32(scale));
            vreinterpretq_s32_f32(vaddq_f32(value, vdupq_n_f32(bias)))
        }
    }

    #[inline(always)]
    unsafe fn turned(rows: &[Self; 4]) -> [Self; 4] {
        // SAFETY: the caller has NEON.
        unsafe {
            let twos = |a, b| {
                let (even, odd) = (vtrn1q_s32(a, b), vtrn2q_s32(a, b));
                (vreinterpretq_s64_s32(even), vreinterpretq_s64_s32(odd))
            };
            let ((even, odd), (even_below, odd_below)) =
                (twos(rows[0], rows[1]), twos(rows[2], rows[3]));
            [
                vreinterpretq_s32_s64(vtrn1q_s64(even, even_below)),
                vreinterpretq_s32_s64(vtrn1q_s64(odd, odd_below)),
                vreinterpretq_s32_s64(vtrn2q_s64(even, even_below)),
                vreinterpretq_s32_s64(vtrn2q_s64(odd, odd_below)),
            ]
        }
    }

    #[inline(always)]
    unsafe fn load_values(from: &[f32]) -> Self {
        // SAFETY: the caller has NEON; the slice holds 128 bits.
        unsafe { vreinterpretq_s32_f32(vld1q_f32(from[..4].as_ptr())) }
    }

    #[inline(always)]
    unsafe fn add_times(self, factor: f32, other: Self) -> Self {
        // SAFETY: the caller has NEON.
        unsafe {
            let product = vmulq_f32(vdupq_n_f32(factor), vreinterpretq_f32_s32(other));
            vreinterpretq_s32_f32(vaddq_f32(vreinterpretq_f32_s32(self), product))
        }
    }

    #[inline(always)]
    unsafe fn store(self, to: &mut [f32]) {
        // SAFETY: the caller has NEON; the slice holds 128 bits.
        unsafe { vst1q_f32(to[..4].as_mut_ptr(), vreinterpretq_f32_s32(self)) };
    }
}

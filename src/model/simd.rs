//! Vector instructions, chosen at run time.

use std::sync::atomic::{AtomicU8, Ordering};

use pulp::{Arch, Simd, WithSimd};

use super::lanes::{LANES, Lanes};

/// A loop over panels that is compiled for several kinds of vector instructions.
///
/// `run` and all that it calls must be `#[inline(always)]`: only what is inlined is compiled anew.
pub(crate) trait Vectorized: Sized {
    /// What the loop gives.
    type Output;

    /// The loop, where `N` vectors of kind `S` make [`Lanes`].
    fn run<S: Simd, const N: usize>(self, simd: S) -> Self::Output;

    /// Runs the loop with the widest vectors that this machine has.
    ///
    /// The results are the same bits on every machine: no instruction set changes the order of
    /// operations, or fuses a multiplication with an addition.
    #[inline(always)]
    fn vectorize(self) -> Self::Output {
        let widest = Arch::new();
        let arch = match Instructions::allowed() {
            Instructions::Widest => widest,
            Instructions::Avx2 => avx2().unwrap_or(widest),
            Instructions::Scalar => Arch::Scalar,
        };
        arch.dispatch(Dispatch(self))
    }
}

/// Which vector instructions may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Instructions {
    /// The widest that this machine has.
    Widest,
    /// Those of AVX2.
    Avx2,
    /// Those that the program was compiled for, which every machine has: on x86-64 SSE2, which
    /// is all that a processor with SSE4 but without AVX2 gets as well.
    Scalar,
}

static ALLOWED: AtomicU8 = AtomicU8::new(Instructions::Widest as u8);

impl Instructions {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Widest, Self::Avx2, Self::Scalar];

    /// Restricts the whole process to these from now on, to compare results, which are the same.
    pub fn allow(self) {
        ALLOWED.store(self as u8, Ordering::Relaxed);
    }

    /// What the widest of this machine are called.
    pub fn widest_name() -> String {
        format!("{:?}", Arch::new())
    }

    #[inline(always)]
    fn allowed() -> Self {
        let allowed = ALLOWED.load(Ordering::Relaxed) as usize;
        Self::ALL.get(allowed).copied().unwrap_or(Self::Widest)
    }
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn avx2() -> Option<Arch> {
    pulp::x86::V3::try_new().map(Arch::V3)
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
fn avx2() -> Option<Arch> {
    None
}

struct Dispatch<T>(T);

impl<T: Vectorized> WithSimd for Dispatch<T> {
    type Output = T::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> T::Output {
        match S::F32_LANES {
            LANES => self.0.run::<S, 1>(simd),
            8 => self.0.run::<S, 2>(simd),
            4 => self.0.run::<S, 4>(simd),
            2 => self.0.run::<S, 8>(simd),
            _ => self.0.run::<S, LANES>(simd),
        }
    }
}

/// [`Lanes`] in the machine's registers.
#[derive(Clone, Copy)]
pub(crate) struct Registers<S: Simd, const N: usize>([S::f32s; N]);

impl<S: Simd, const N: usize> Registers<S, N> {
    /// The same value in all lanes.
    #[inline(always)]
    pub(crate) fn splat(simd: S, value: f32) -> Self {
        Self([simd.splat_f32s(value); N])
    }

    /// The lanes as they lie in memory.
    #[inline(always)]
    pub(crate) fn load(lanes: &Lanes) -> Self {
        let (vectors, _) = S::as_simd_f32s(&**lanes);
        Self(std::array::from_fn(|place| vectors[place]))
    }

    /// Puts the lanes into memory.
    #[inline(always)]
    pub(crate) fn store(self, lanes: &mut Lanes) {
        let (vectors, _) = S::as_mut_simd_f32s(&mut **lanes);
        for (into, vector) in vectors.iter_mut().zip(self.0) {
            *into = vector;
        }
    }

    /// Lane by lane, `self + other`.
    #[inline(always)]
    pub(crate) fn add(self, simd: S, other: Self) -> Self {
        Self(std::array::from_fn(|place| {
            simd.add_f32s(self.0[place], other.0[place])
        }))
    }

    /// Lane by lane, `self + a · b`, rounded twice.
    #[inline(always)]
    pub(crate) fn add_product(self, simd: S, a: Self, b: Self) -> Self {
        Self(std::array::from_fn(|place| {
            simd.add_f32s(self.0[place], simd.mul_f32s(a.0[place], b.0[place]))
        }))
    }

    /// Lane by lane, `self − other`.
    #[inline(always)]
    pub(crate) fn subtract(self, simd: S, other: Self) -> Self {
        Self(std::array::from_fn(|place| {
            simd.sub_f32s(self.0[place], other.0[place])
        }))
    }

    /// Lane by lane, `self · other`.
    #[inline(always)]
    pub(crate) fn multiply(self, simd: S, other: Self) -> Self {
        Self(std::array::from_fn(|place| {
            simd.mul_f32s(self.0[place], other.0[place])
        }))
    }

    /// Lane by lane, `|self|`.
    #[inline(always)]
    pub(crate) fn abs(self, simd: S) -> Self {
        Self(self.0.map(|vector| simd.abs_f32s(vector)))
    }

    /// Lane by lane, `yes` where `self < bound`, otherwise `no`; also if one is not a number.
    #[inline(always)]
    pub(crate) fn if_below(self, simd: S, bound: Self, yes: Self, no: Self) -> Self {
        Self(std::array::from_fn(|place| {
            let below = simd.less_than_f32s(self.0[place], bound.0[place]);
            simd.select_f32s(below, yes.0[place], no.0[place])
        }))
    }
}

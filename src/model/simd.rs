//! Vector instructions, chosen at run time.

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
        Arch::new().dispatch(Dispatch(self))
    }
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

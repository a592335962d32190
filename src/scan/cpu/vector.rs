//! The operations that a kernel needs: a few on vectors of 32-bit lanes.

/// A vector of 32-bit lanes. A value can be created only with the token of its instruction set, so its
/// operations are safe. Each operation is one instruction or a few.
pub(super) trait Vector: Copy {
    /// Proof that the processor and the operating system have the instruction set.
    type Isa: Copy;
    /// The number of lanes; a power of two, at most 64.
    const LANES: u32;

    /// The same value in every lane.
    fn splat(isa: Self::Isa, value: u32) -> Self;
    /// `i << 24` in lane `i`: the step from lane to lane of a byte-swapped nonce.
    fn iota_high_byte(isa: Self::Isa) -> Self;
    /// Wrapping sum.
    fn add(self, other: Self) -> Self;
    /// Exclusive or.
    fn xor(self, other: Self) -> Self;
    /// And.
    fn and(self, other: Self) -> Self;
    /// Rotation to the right by `N`; `M` must be `32 - N`.
    fn rotr<const N: i32, const M: i32>(self) -> Self;
    /// Shift to the right.
    fn shr<const N: i32>(self) -> Self;
    /// A mask with bit `i` set if lane `i` is at most lane `i` of the bound, unsigned.
    fn at_most(self, bound: Self) -> u64;

    /// SHA-256's Ch: bits of `f` where `self` has ones, bits of `g` elsewhere.
    #[inline(always)]
    fn choose(self, f: Self, g: Self) -> Self {
        g.xor(self.and(f.xor(g)))
    }
    /// SHA-256's Maj: the bit that at least two of three have.
    #[inline(always)]
    fn majority(self, b: Self, c: Self) -> Self {
        // Where b and c agree the result is b, elsewhere a.
        b.xor(b.xor(c).and(self.xor(b)))
    }
    /// Exclusive or of three.
    #[inline(always)]
    fn xor3(self, b: Self, c: Self) -> Self {
        self.xor(b).xor(c)
    }
}

/// Implements [`Vector`] for an intrinsics type. Every operation is one line of `unsafe`, justified by
/// the token.
#[cfg(target_arch = "x86_64")]
macro_rules! x86_vector {
    (
        $(#[$doc:meta])* $name:ident($raw:ty), $isa:ty, $lanes:literal {
            splat: $splat:ident,
            iota: $iota:expr,
            add: $add:ident,
            xor: $xor:ident,
            and: $and:ident,
            rotr: |$x:ident| $rotr:expr,
            shr: |$y:ident| $shr:expr,
            at_most: |$a:ident, $b:ident| $at_most:expr $(,)?
        }
        $( fused { $($fused:tt)* } )?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub(super) struct $name($raw);

        impl Vector for $name {
            type Isa = $isa;
            const LANES: u32 = $lanes;

            #[inline(always)]
            fn splat(_: $isa, value: u32) -> Self {
                // SAFETY: the token proves the instruction set.
                Self(unsafe { $splat(value.cast_signed()) })
            }
            #[inline(always)]
            fn iota_high_byte(_: $isa) -> Self {
                // SAFETY: the token proves the instruction set.
                Self(unsafe { $iota })
            }
            #[inline(always)]
            fn add(self, other: Self) -> Self {
                // SAFETY: a value exists only where a token proved the instruction set.
                Self(unsafe { $add(self.0, other.0) })
            }
            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                // SAFETY: a value exists only where a token proved the instruction set.
                Self(unsafe { $xor(self.0, other.0) })
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                // SAFETY: a value exists only where a token proved the instruction set.
                Self(unsafe { $and(self.0, other.0) })
            }
            #[inline(always)]
            fn rotr<const N: i32, const M: i32>(self) -> Self {
                const { assert!(N + M == 32) };
                let $x = self.0;
                // SAFETY: a value exists only where a token proved the instruction set.
                Self(unsafe { $rotr })
            }
            #[inline(always)]
            fn shr<const N: i32>(self) -> Self {
                let $y = self.0;
                // SAFETY: a value exists only where a token proved the instruction set.
                Self(unsafe { $shr })
            }
            #[inline(always)]
            fn at_most(self, bound: Self) -> u64 {
                let ($a, $b) = (self.0, bound.0);
                // SAFETY: a value exists only where a token proved the instruction set.
                unsafe { $at_most }
            }
            $( $($fused)* )?
        }
    };
}
#[cfg(target_arch = "x86_64")]
pub(super) use x86_vector;

//! Tokens: a value of one of these types is proof that this processor and its operating system
//! have an instruction set. Only detection makes them.

macro_rules! tokens {
    ($( $(#[$doc:meta])* $name:ident: $first:tt $(, $feature:tt)*; )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(super) struct $name(());

        impl $name {
            /// The token, or the features that are wanted. Detection asks the processor and,
            /// by XGETBV, whether the operating system keeps the registers.
            pub(super) fn detect() -> Result<Self, &'static str> {
                if std::arch::is_x86_feature_detected!($first)
                    $( && std::arch::is_x86_feature_detected!($feature) )*
                {
                    Ok(Self(()))
                } else {
                    Err(concat!($first $(, ", ", $feature)*))
                }
            }
        }
    )+};
}

tokens! {
    /// SSE4.1 and what it includes.
    Sse41: "sse4.1";
    /// AVX2.
    Avx2: "avx2";
    /// AVX-512 Foundation.
    Avx512: "avx512f";
    /// The SHA instructions, with AVX: its three-operand encodings save copies between the
    /// interleaved streams, 3 % of the rate on Zen 5.
    ShaNi: "sha", "avx";
    /// The same with BMI2's rotations, which leave their input as it was.
    Staggered: "sha", "avx", "bmi2";
    /// The SHA instructions with AVX-512 on eight lanes, and AVX2's encodings of the same
    /// operations, which the assembler prefers where they do.
    Hybrid: "sha", "avx2", "avx512f", "avx512vl";
}

//! Tokens: a value of one of these types is proof that this processor and its operating system
//! have an instruction set. Only detection makes them.

macro_rules! tokens {
    ($(
        $(#[$doc:meta])* $name:ident: $detected:ident($first:tt $(, $feature:tt)*), $arch:literal;
    )+) => {$(
        #[cfg(target_arch = $arch)]
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(super) struct $name(());

        #[cfg(target_arch = $arch)]
        impl $name {
            /// The token, or the features that are wanted. Detection asks the processor and,
            /// by XGETBV, whether the operating system keeps the registers; on aarch64 the
            /// operating system tells.
            pub(super) fn detect() -> Result<Self, &'static str> {
                if std::arch::$detected!($first) $( && std::arch::$detected!($feature) )*
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
    Sse41: is_x86_feature_detected("sse4.1"), "x86_64";
    /// AVX2.
    Avx2: is_x86_feature_detected("avx2"), "x86_64";
    /// AVX-512 Foundation.
    Avx512: is_x86_feature_detected("avx512f"), "x86_64";
    /// The SHA instructions, with AVX: its three-operand encodings save copies between the
    /// interleaved streams, 3 % of the rate on Zen 5.
    ShaNi: is_x86_feature_detected("sha", "avx"), "x86_64";
    /// The same with BMI2's rotations, which leave their input as it was.
    Staggered: is_x86_feature_detected("sha", "avx", "bmi2"), "x86_64";
    /// The SHA instructions with AVX-512 on eight lanes, and AVX2's encodings of the same
    /// operations, which the assembler prefers where they do.
    Hybrid: is_x86_feature_detected("sha", "avx2", "avx512f", "avx512vl"), "x86_64";
    /// Arm's SHA-256 instructions, and the vectors that they work on.
    ArmSha2: is_aarch64_feature_detected("sha2"), "aarch64";
}

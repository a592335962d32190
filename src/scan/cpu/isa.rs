//! Tokens: a value of one of these types proves that this processor and its operating system support an
//! instruction set. Only detection creates them.

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
            /// The token, or the required features as the error. On x86, detection queries the
            /// processor and, by XGETBV, whether the operating system saves the registers; on
            /// aarch64 it queries the operating system.
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
    /// The SHA instructions with AVX, whose three-operand encodings save copies between the interleaved
    /// nonces: 3 % of the rate on Zen 5.
    ShaNi: is_x86_feature_detected("sha", "avx"), "x86_64";
    /// The SHA instructions with AVX and BMI2, whose rotations do not overwrite their input.
    Staggered: is_x86_feature_detected("sha", "avx", "bmi2"), "x86_64";
    /// The SHA instructions with AVX-512 on eight lanes, and AVX2, whose encodings the assembler prefers
    /// where possible.
    Hybrid: is_x86_feature_detected("sha", "avx2", "avx512f", "avx512vl"), "x86_64";
    /// Arm's SHA-256 instructions and their vector registers.
    ArmSha2: is_aarch64_feature_detected("sha2"), "aarch64";
}

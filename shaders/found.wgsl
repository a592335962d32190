// The nonces found. Nonces beyond the array's length are only counted, and the range is scanned again.
// MAX_CANDIDATES is defined before this file (scan/gpu/shader.rs).
struct Found {
    count: atomic<u32>,
    nonces: array<u32, MAX_CANDIDATES>,
}

// Threads per workgroup, and nonces that each thread tries in sequence.
override threads: u32 = 64;
override nonces: u32 = 16;

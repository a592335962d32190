// Nonces found; more than there is room for are counted only, and the range is scanned again.
// MAX_CANDIDATES is given before this file (scan/gpu/shader.rs).
struct Found {
    count: atomic<u32>,
    nonces: array<u32, MAX_CANDIDATES>,
}

// Threads of a workgroup, and nonces that a thread tries one after another.
override threads: u32 = 64;
override nonces: u32 = 16;

// The job of a dispatch; must match scan/gpu/job.rs.
struct Job {
    midstate_abcd: vec4<u32>,
    midstate_efgh: vec4<u32>,
    // The state before round 4, without the nonce's addition to A and E.
    state_abcd: vec4<u32>,
    state_efgh: vec4<u32>,
    // Constant schedule words, and the constant parts of others.
    w16: u32,
    w17: u32,
    part18: u32,
    part19: u32,
    part31: u32,
    part32: u32,
    // The highest word of the target.
    bound: u32,
    // The first nonce and the number of nonces.
    first: u32,
    count: u32,
    // Always 1, but unknown to the compiler.
    one: u32,
}

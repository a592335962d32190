// A job of several headers that differ only in their first block and so share one message schedule;
// must match scan/gpu/job.rs. MAX_VERSIONS is defined before this file.
struct Version {
    midstate_abcd: vec4<u32>,
    midstate_efgh: vec4<u32>,
    state_abcd: vec4<u32>,
    state_efgh: vec4<u32>,
}

struct Job {
    versions: array<Version, MAX_VERSIONS>,
    w16: u32,
    w17: u32,
    part18: u32,
    part19: u32,
    part31: u32,
    part32: u32,
    bound: u32,
    first: u32,
    count: u32,
    one: u32,
}

@group(0) @binding(1) var<uniform> job: Job;

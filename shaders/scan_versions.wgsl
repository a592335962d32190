// Searches nonces of several versions of a header. try_nonce, the hashes of all versions with one nonce, is
// written by scan/gpu/shader/hash.rs.
@group(0) @binding(0) var<storage, read_write> found: array<Found, VERSIONS>;

fn report(version: u32, nonce: u32) {
    let at = atomicAdd(&found[version].count, 1u);
    if at < MAX_CANDIDATES {
        found[version].nonces[at] = nonce;
    }
}

@compute @workgroup_size(threads)
fn scan(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let stride = groups.x * threads;
    for (var i = 0u; i < nonces; i++) {
        let index = id.x + i * stride;
        if index < job.count {
            try_nonce(job.first + index);
        }
    }
}

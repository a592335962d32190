// One nonce in every version of the header. The two parts named in capitals are lines of
// highest_word in sha256d.wgsl, put here by scan/gpu/shader.rs.
fn try_nonce(nonce: u32) {
    // WORDS
    for (var version = 0u; version < VERSIONS; version++) {
        let own = job.versions[version];
        // ROUNDS
        if highest <= job.bound {
            let at = atomicAdd(&found[version].count, 1u);
            if at < ROOM {
                found[version].nonces[at] = nonce;
            }
        }
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

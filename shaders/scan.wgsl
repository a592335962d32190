// Searches nonces of one header. highest_word, the hash itself, is written by scan/gpu/shader/hash.rs.
@group(0) @binding(0) var<storage, read_write> found: Found;

@compute @workgroup_size(threads)
fn scan(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let stride = groups.x * threads;
    for (var i = 0u; i < nonces; i++) {
        let index = id.x + i * stride;
        if index < job.count {
            let nonce = job.first + index;
            if highest_word(nonce) <= job.bound {
                let at = atomicAdd(&found.count, 1u);
                if at < MAX_CANDIDATES {
                    found.nonces[at] = nonce;
                }
            }
        }
    }
}

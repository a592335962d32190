// Double SHA-256 of one header with many nonces: the highest word of the hash, compared with
// the target's. The twin in Rust is scan/cpu/lanes.rs; what does not depend on the nonce comes
// in the job (scan/prehash.rs). Words and rounds are numbered as in FIPS 180-4.
//
// Two files stand before this one: where the job is (job_*.wgsl), and how words are added
// (add_*.wgsl).

// Threads of a workgroup, and nonces that a thread tries one after another.
override threads: u32 = 64;
override nonces: u32 = 16;

// Nonces found; more than there is room for are counted only, and the range is scanned again.
const ROOM = 1023u;

struct Found {
    count: atomic<u32>,
    nonces: array<u32, ROOM>,
}

@group(0) @binding(0) var<storage, read_write> found: Found;

struct State {
    a: u32, b: u32, c: u32, d: u32,
    e: u32, f: u32, g: u32, h: u32,
}

fn rotr(x: u32, n: u32) -> u32 { return (x >> n) | (x << (32u - n)); }

fn sum0(x: u32) -> u32 { return rotr(x, 2u) ^ rotr(x, 13u) ^ rotr(x, 22u); }
fn sum1(x: u32) -> u32 { return rotr(x, 6u) ^ rotr(x, 11u) ^ rotr(x, 25u); }
fn sigma0(x: u32) -> u32 { return rotr(x, 7u) ^ rotr(x, 18u) ^ (x >> 3u); }
fn sigma1(x: u32) -> u32 { return rotr(x, 17u) ^ rotr(x, 19u) ^ (x >> 10u); }

fn choose(x: u32, y: u32, z: u32) -> u32 { return (x & y) ^ (~x & z); }
fn majority(x: u32, y: u32, z: u32) -> u32 { return (x & y) ^ (x & z) ^ (y & z); }

fn add3(a: u32, b: u32, c: u32) -> u32 { return add(add(a, b), c); }
fn add4(a: u32, b: u32, c: u32, d: u32) -> u32 { return add(add3(a, b, c), d); }

// One round; kw is the round constant plus the schedule word.
fn sha_round(s: State, kw: u32) -> State {
    let t1 = add4(s.h, kw, choose(s.e, s.f, s.g), sum1(s.e));
    let t2 = add(sum0(s.a), majority(s.a, s.b, s.c));
    return State(add(t1, t2), s.a, s.b, s.c, add(s.d, t1), s.e, s.f, s.g);
}

fn swap_bytes(x: u32) -> u32 {
    return (rotr(x, 8u) & 0xff00ff00u) | (rotr(x, 24u) & 0x00ff00ffu);
}

// The hash of the header with that nonce: its highest 32 bits.
fn highest_word(nonce: u32) -> u32 {
    // The first hash's second block. As a SHA-256 word the little-endian nonce is byte-swapped;
    // it enters A and E of the state before round 4.
    let w3 = swap_bytes(nonce);
    var s = State(
        add(job.state_abcd.x, w3), job.state_abcd.y, job.state_abcd.z, job.state_abcd.w,
        add(job.state_efgh.x, w3), job.state_efgh.y, job.state_efgh.z, job.state_efgh.w,
    );

    s = sha_round(s, 0xb956c25bu);
    s = sha_round(s, 0x59f111f1u);
    s = sha_round(s, 0x923f82a4u);
    s = sha_round(s, 0xab1c5ed5u);
    s = sha_round(s, 0xd807aa98u);
    s = sha_round(s, 0x12835b01u);
    s = sha_round(s, 0x243185beu);
    s = sha_round(s, 0x550c7dc3u);
    s = sha_round(s, 0x72be5d74u);
    s = sha_round(s, 0x80deb1feu);
    s = sha_round(s, 0x9bdc06a7u);
    s = sha_round(s, 0xc19bf3f4u);
    s = sha_round(s, 0xe49b69c1u + job.w16);
    s = sha_round(s, 0xefbe4786u + job.w17);
    let w18 = add(job.part18, sigma0(w3));
    s = sha_round(s, add(w18, 0x0fc19dc6u));
    let w19 = add(job.part19, w3);
    s = sha_round(s, add(w19, 0x240ca1ccu));
    let w20 = add(sigma1(w18), 0x80000000u);
    s = sha_round(s, add(w20, 0x2de92c6fu));
    let w21 = sigma1(w19);
    s = sha_round(s, add(w21, 0x4a7484aau));
    let w22 = add(sigma1(w20), 640u);
    s = sha_round(s, add(w22, 0x5cb0a9dcu));
    let w23 = add(sigma1(w21), job.w16);
    s = sha_round(s, add(w23, 0x76f988dau));
    let w24 = add(sigma1(w22), job.w17);
    s = sha_round(s, add(w24, 0x983e5152u));
    let w25 = add(sigma1(w23), w18);
    s = sha_round(s, add(w25, 0xa831c66du));
    let w26 = add(sigma1(w24), w19);
    s = sha_round(s, add(w26, 0xb00327c8u));
    let w27 = add(sigma1(w25), w20);
    s = sha_round(s, add(w27, 0xbf597fc7u));
    let w28 = add(sigma1(w26), w21);
    s = sha_round(s, add(w28, 0xc6e00bf3u));
    let w29 = add(sigma1(w27), w22);
    s = sha_round(s, add(w29, 0xd5a79147u));
    let w30 = add3(sigma1(w28), w23, 0x00a00055u);
    s = sha_round(s, add(w30, 0x06ca6351u));
    let w31 = add3(sigma1(w29), w24, job.part31);
    s = sha_round(s, add(w31, 0x14292967u));
    let w32 = add3(sigma1(w30), w25, job.part32);
    s = sha_round(s, add(w32, 0x27b70a85u));
    let w33 = add4(sigma1(w31), w26, sigma0(w18), job.w17);
    s = sha_round(s, add(w33, 0x2e1b2138u));
    let w34 = add4(sigma1(w32), w27, sigma0(w19), w18);
    s = sha_round(s, add(w34, 0x4d2c6dfcu));
    let w35 = add4(sigma1(w33), w28, sigma0(w20), w19);
    s = sha_round(s, add(w35, 0x53380d13u));
    let w36 = add4(sigma1(w34), w29, sigma0(w21), w20);
    s = sha_round(s, add(w36, 0x650a7354u));
    let w37 = add4(sigma1(w35), w30, sigma0(w22), w21);
    s = sha_round(s, add(w37, 0x766a0abbu));
    let w38 = add4(sigma1(w36), w31, sigma0(w23), w22);
    s = sha_round(s, add(w38, 0x81c2c92eu));
    let w39 = add4(sigma1(w37), w32, sigma0(w24), w23);
    s = sha_round(s, add(w39, 0x92722c85u));
    let w40 = add4(sigma1(w38), w33, sigma0(w25), w24);
    s = sha_round(s, add(w40, 0xa2bfe8a1u));
    let w41 = add4(sigma1(w39), w34, sigma0(w26), w25);
    s = sha_round(s, add(w41, 0xa81a664bu));
    let w42 = add4(sigma1(w40), w35, sigma0(w27), w26);
    s = sha_round(s, add(w42, 0xc24b8b70u));
    let w43 = add4(sigma1(w41), w36, sigma0(w28), w27);
    s = sha_round(s, add(w43, 0xc76c51a3u));
    let w44 = add4(sigma1(w42), w37, sigma0(w29), w28);
    s = sha_round(s, add(w44, 0xd192e819u));
    let w45 = add4(sigma1(w43), w38, sigma0(w30), w29);
    s = sha_round(s, add(w45, 0xd6990624u));
    let w46 = add4(sigma1(w44), w39, sigma0(w31), w30);
    s = sha_round(s, add(w46, 0xf40e3585u));
    let w47 = add4(sigma1(w45), w40, sigma0(w32), w31);
    s = sha_round(s, add(w47, 0x106aa070u));
    let w48 = add4(sigma1(w46), w41, sigma0(w33), w32);
    s = sha_round(s, add(w48, 0x19a4c116u));
    let w49 = add4(sigma1(w47), w42, sigma0(w34), w33);
    s = sha_round(s, add(w49, 0x1e376c08u));
    let w50 = add4(sigma1(w48), w43, sigma0(w35), w34);
    s = sha_round(s, add(w50, 0x2748774cu));
    let w51 = add4(sigma1(w49), w44, sigma0(w36), w35);
    s = sha_round(s, add(w51, 0x34b0bcb5u));
    let w52 = add4(sigma1(w50), w45, sigma0(w37), w36);
    s = sha_round(s, add(w52, 0x391c0cb3u));
    let w53 = add4(sigma1(w51), w46, sigma0(w38), w37);
    s = sha_round(s, add(w53, 0x4ed8aa4au));
    let w54 = add4(sigma1(w52), w47, sigma0(w39), w38);
    s = sha_round(s, add(w54, 0x5b9cca4fu));
    let w55 = add4(sigma1(w53), w48, sigma0(w40), w39);
    s = sha_round(s, add(w55, 0x682e6ff3u));
    let w56 = add4(sigma1(w54), w49, sigma0(w41), w40);
    s = sha_round(s, add(w56, 0x748f82eeu));
    let w57 = add4(sigma1(w55), w50, sigma0(w42), w41);
    s = sha_round(s, add(w57, 0x78a5636fu));
    let w58 = add4(sigma1(w56), w51, sigma0(w43), w42);
    s = sha_round(s, add(w58, 0x84c87814u));
    let w59 = add4(sigma1(w57), w52, sigma0(w44), w43);
    s = sha_round(s, add(w59, 0x8cc70208u));
    let w60 = add4(sigma1(w58), w53, sigma0(w45), w44);
    s = sha_round(s, add(w60, 0x90befffau));
    let w61 = add4(sigma1(w59), w54, sigma0(w46), w45);
    s = sha_round(s, add(w61, 0xa4506cebu));
    let w62 = add4(sigma1(w60), w55, sigma0(w47), w46);
    s = sha_round(s, add(w62, 0xbef9a3f7u));
    let w63 = add4(sigma1(w61), w56, sigma0(w48), w47);
    s = sha_round(s, add(w63, 0xc67178f2u));

    // The second hash, of the first hash and its padding: the IV with round 0's constant part.
    let v0 = add(s.a, job.midstate_abcd.x);
    let v1 = add(s.b, job.midstate_abcd.y);
    let v2 = add(s.c, job.midstate_abcd.z);
    let v3 = add(s.d, job.midstate_abcd.w);
    let v4 = add(s.e, job.midstate_efgh.x);
    let v5 = add(s.f, job.midstate_efgh.y);
    let v6 = add(s.g, job.midstate_efgh.z);
    let v7 = add(s.h, job.midstate_efgh.w);
    s = State(
        add(v0, 0xfc08884du), 0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u,
        add(v0, 0x98c7e2a2u), 0x510e527fu, 0x9b05688cu, 0x1f83d9abu,
    );
    s = sha_round(s, add(v1, 0x71374491u));
    s = sha_round(s, add(v2, 0xb5c0fbcfu));
    s = sha_round(s, add(v3, 0xe9b5dba5u));
    s = sha_round(s, add(v4, 0x3956c25bu));
    s = sha_round(s, add(v5, 0x59f111f1u));
    s = sha_round(s, add(v6, 0x923f82a4u));
    s = sha_round(s, add(v7, 0xab1c5ed5u));
    s = sha_round(s, 0x5807aa98u);
    s = sha_round(s, 0x12835b01u);
    s = sha_round(s, 0x243185beu);
    s = sha_round(s, 0x550c7dc3u);
    s = sha_round(s, 0x72be5d74u);
    s = sha_round(s, 0x80deb1feu);
    s = sha_round(s, 0x9bdc06a7u);
    s = sha_round(s, 0xc19bf274u);
    let v16 = add(sigma0(v1), v0);
    s = sha_round(s, add(v16, 0xe49b69c1u));
    let v17 = add3(sigma0(v2), v1, 0x00a00000u);
    s = sha_round(s, add(v17, 0xefbe4786u));
    let v18 = add3(sigma1(v16), sigma0(v3), v2);
    s = sha_round(s, add(v18, 0x0fc19dc6u));
    let v19 = add3(sigma1(v17), sigma0(v4), v3);
    s = sha_round(s, add(v19, 0x240ca1ccu));
    let v20 = add3(sigma1(v18), sigma0(v5), v4);
    s = sha_round(s, add(v20, 0x2de92c6fu));
    let v21 = add3(sigma1(v19), sigma0(v6), v5);
    s = sha_round(s, add(v21, 0x4a7484aau));
    let v22 = add4(sigma1(v20), sigma0(v7), v6, 0x00000100u);
    s = sha_round(s, add(v22, 0x5cb0a9dcu));
    let v23 = add4(sigma1(v21), v16, v7, 0x11002000u);
    s = sha_round(s, add(v23, 0x76f988dau));
    let v24 = add3(sigma1(v22), v17, 0x80000000u);
    s = sha_round(s, add(v24, 0x983e5152u));
    let v25 = add(sigma1(v23), v18);
    s = sha_round(s, add(v25, 0xa831c66du));
    let v26 = add(sigma1(v24), v19);
    s = sha_round(s, add(v26, 0xb00327c8u));
    let v27 = add(sigma1(v25), v20);
    s = sha_round(s, add(v27, 0xbf597fc7u));
    let v28 = add(sigma1(v26), v21);
    s = sha_round(s, add(v28, 0xc6e00bf3u));
    let v29 = add(sigma1(v27), v22);
    s = sha_round(s, add(v29, 0xd5a79147u));
    let v30 = add3(sigma1(v28), v23, 0x00400022u);
    s = sha_round(s, add(v30, 0x06ca6351u));
    let v31 = add4(sigma1(v29), v24, sigma0(v16), 0x00000100u);
    s = sha_round(s, add(v31, 0x14292967u));
    let v32 = add4(sigma1(v30), v25, sigma0(v17), v16);
    s = sha_round(s, add(v32, 0x27b70a85u));
    let v33 = add4(sigma1(v31), v26, sigma0(v18), v17);
    s = sha_round(s, add(v33, 0x2e1b2138u));
    let v34 = add4(sigma1(v32), v27, sigma0(v19), v18);
    s = sha_round(s, add(v34, 0x4d2c6dfcu));
    let v35 = add4(sigma1(v33), v28, sigma0(v20), v19);
    s = sha_round(s, add(v35, 0x53380d13u));
    let v36 = add4(sigma1(v34), v29, sigma0(v21), v20);
    s = sha_round(s, add(v36, 0x650a7354u));
    let v37 = add4(sigma1(v35), v30, sigma0(v22), v21);
    s = sha_round(s, add(v37, 0x766a0abbu));
    let v38 = add4(sigma1(v36), v31, sigma0(v23), v22);
    s = sha_round(s, add(v38, 0x81c2c92eu));
    let v39 = add4(sigma1(v37), v32, sigma0(v24), v23);
    s = sha_round(s, add(v39, 0x92722c85u));
    let v40 = add4(sigma1(v38), v33, sigma0(v25), v24);
    s = sha_round(s, add(v40, 0xa2bfe8a1u));
    let v41 = add4(sigma1(v39), v34, sigma0(v26), v25);
    s = sha_round(s, add(v41, 0xa81a664bu));
    let v42 = add4(sigma1(v40), v35, sigma0(v27), v26);
    s = sha_round(s, add(v42, 0xc24b8b70u));
    let v43 = add4(sigma1(v41), v36, sigma0(v28), v27);
    s = sha_round(s, add(v43, 0xc76c51a3u));
    let v44 = add4(sigma1(v42), v37, sigma0(v29), v28);
    s = sha_round(s, add(v44, 0xd192e819u));
    let v45 = add4(sigma1(v43), v38, sigma0(v30), v29);
    s = sha_round(s, add(v45, 0xd6990624u));
    let v46 = add4(sigma1(v44), v39, sigma0(v31), v30);
    s = sha_round(s, add(v46, 0xf40e3585u));
    let v47 = add4(sigma1(v45), v40, sigma0(v32), v31);
    s = sha_round(s, add(v47, 0x106aa070u));
    let v48 = add4(sigma1(v46), v41, sigma0(v33), v32);
    s = sha_round(s, add(v48, 0x19a4c116u));
    let v49 = add4(sigma1(v47), v42, sigma0(v34), v33);
    s = sha_round(s, add(v49, 0x1e376c08u));
    let v50 = add4(sigma1(v48), v43, sigma0(v35), v34);
    s = sha_round(s, add(v50, 0x2748774cu));
    let v51 = add4(sigma1(v49), v44, sigma0(v36), v35);
    s = sha_round(s, add(v51, 0x34b0bcb5u));
    let v52 = add4(sigma1(v50), v45, sigma0(v37), v36);
    s = sha_round(s, add(v52, 0x391c0cb3u));
    let v53 = add4(sigma1(v51), v46, sigma0(v38), v37);
    s = sha_round(s, add(v53, 0x4ed8aa4au));
    let v54 = add4(sigma1(v52), v47, sigma0(v39), v38);
    s = sha_round(s, add(v54, 0x5b9cca4fu));
    let v55 = add4(sigma1(v53), v48, sigma0(v40), v39);
    s = sha_round(s, add(v55, 0x682e6ff3u));
    let v56 = add4(sigma1(v54), v49, sigma0(v41), v40);
    s = sha_round(s, add(v56, 0x748f82eeu));
    let v57 = add4(sigma1(v55), v50, sigma0(v42), v41);
    s = sha_round(s, add(v57, 0x78a5636fu));
    let v58 = add4(sigma1(v56), v51, sigma0(v43), v42);
    s = sha_round(s, add(v58, 0x84c87814u));
    let v59 = add4(sigma1(v57), v52, sigma0(v44), v43);
    s = sha_round(s, add(v59, 0x8cc70208u));
    let v60 = add4(sigma1(v58), v53, sigma0(v45), v44);
    s = sha_round(s, add(v60, 0x90befffau));

    // E of round 60 moves to H, the digest's last word, in three more rounds.
    return swap_bytes(add(s.e, 0x5be0cd19u));
}

@compute @workgroup_size(threads)
fn scan(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let stride = groups.x * threads;
    for (var i = 0u; i < nonces; i++) {
        let index = id.x + i * stride;
        if index < job.count {
            let nonce = job.first + index;
            if highest_word(nonce) <= job.bound {
                let at = atomicAdd(&found.count, 1u);
                if at < ROOM {
                    found.nonces[at] = nonce;
                }
            }
        }
    }
}

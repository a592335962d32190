// The functions of SHA-256, named as in FIPS 180-4. The addition of words is defined in the file before
// this one (add_*.wgsl).

struct State {
    a: u32, b: u32, c: u32, d: u32,
    e: u32, f: u32, g: u32, h: u32,
}

fn rotr(x: u32, n: u32) -> u32 { return (x >> n) | (x << (32u - n)); }

fn sum0(x: u32) -> u32 { return rotr(x, 2u) ^ rotr(x, 13u) ^ rotr(x, 22u); }
fn sum1(x: u32) -> u32 { return rotr(x, 6u) ^ rotr(x, 11u) ^ rotr(x, 25u); }
fn sigma0(x: u32) -> u32 { return rotr(x, 7u) ^ rotr(x, 18u) ^ (x >> 3u); }
fn sigma1(x: u32) -> u32 { return rotr(x, 17u) ^ rotr(x, 19u) ^ (x >> 10u); }

// Equivalent to the standard's forms with exclusive or, but AMD's compiler generates fewer instructions
// for them (benches/gpu_cost.sh).
fn choose(x: u32, y: u32, z: u32) -> u32 { return (x & y) | (~x & z); }
fn majority(x: u32, y: u32, z: u32) -> u32 { return (x & y) | (z & (x | y)); }

// One round; kw is the round constant plus the schedule word. Choose is added last: Mesa's rasteriser
// is then as fast as with the exclusive or (benches/RESULTS.md).
fn sha_round(s: State, kw: u32) -> State {
    let t1 = add(add(add(s.h, kw), sum1(s.e)), choose(s.e, s.f, s.g));
    let t2 = add(sum0(s.a), majority(s.a, s.b, s.c));
    return State(add(t1, t2), s.a, s.b, s.c, add(s.d, t1), s.e, s.f, s.g);
}

fn swap_bytes(x: u32) -> u32 {
    return (rotr(x, 8u) & 0xff00ff00u) | (rotr(x, 24u) & 0x00ff00ffu);
}

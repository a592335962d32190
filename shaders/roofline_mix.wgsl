// Two rotations, one function of three inputs, two additions: approximately the mix of SHA-256.
fn work(x: u32) -> u32 {
    let rotated = ((x >> 7u) | (x << 25u)) ^ ((x >> 18u) | (x << 14u)) ^ job.w17;
    return add(add(rotated, job.part18), job.part19);
}

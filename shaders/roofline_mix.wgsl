// Two rotations, one function of three, two additions: the mix of SHA-256, nearly.
fn work(x: u32) -> u32 {
    let rotated = ((x >> 7u) | (x << 25u)) ^ ((x >> 18u) | (x << 14u)) ^ job.w17;
    return add(add(rotated, job.part18), job.part19);
}

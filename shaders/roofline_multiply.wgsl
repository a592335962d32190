// A multiplication by a 1 that the compiler does not know, and an addition.
fn work(x: u32) -> u32 { return x * job.one + job.w17; }

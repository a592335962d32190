// A multiplication by one that the compiler cannot see through, and an addition.
fn work(x: u32) -> u32 { return x * job.one + job.w17; }

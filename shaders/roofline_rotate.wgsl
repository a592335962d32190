// A rotation and an exclusive or: two issue slots of the pipe that does both.
fn work(x: u32) -> u32 { return ((x >> 7u) | (x << 25u)) ^ job.w17; }

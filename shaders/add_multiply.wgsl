// A multiplication by a 1 that the compiler does not know: on NVIDIA the sum is then computed by the
// multiplication pipe, which is idle, and not by the pipe that does the rotations.
fn add(a: u32, b: u32) -> u32 { return a * job.one + b; }

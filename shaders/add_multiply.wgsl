// A multiplication by one that the compiler cannot see through: on NVIDIA the sum then takes the
// multiplier's pipe, which is idle, in place of the one that rotates.
fn add(a: u32, b: u32) -> u32 { return a * job.one + b; }

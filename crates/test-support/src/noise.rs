//! Seeded noise for simulations in tests.

use hashwatt_quantities::statistics::SplitMix64;

/// A seeded random number generator.
pub struct Random(SplitMix64);

impl Random {
    /// A generator with this seed. Each seed has its own sequence.
    pub fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0.uniform()
    }

    /// Uniform in [`low`, `high`).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Normal with mean 0 and variance 1 (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// A stationary AR(1) process with the given standard deviation and mean.
    pub fn autoregressive(
        &mut self,
        phi: f64,
        deviation: f64,
        mean: f64,
        length: usize,
    ) -> Vec<f64> {
        let innovation = deviation * (1.0 - phi * phi).sqrt();
        let mut value = deviation * self.normal();
        (0..length)
            .map(|_| {
                value = phi * value + innovation * self.normal();
                mean + value
            })
            .collect()
    }
}

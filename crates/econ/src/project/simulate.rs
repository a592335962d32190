//! Many paths of a project. The same for a seed, whatever the number of threads.

use super::bands::{Projection, columns};
use super::finance::{Ledger, PathTotals};
use super::path::Step;
use super::plan::Plan;
use super::{Factor, Project};
use crate::network::{generator, uniform};
use crate::{EconError, MarketResiduals, MarketSampler};
use rand_pcg::Pcg64;

/// How many paths, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Paths.
    pub paths: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for Settings {
    /// 2,000 paths, on which a 5 % point is known to within half a percentage point.
    fn default() -> Self {
        Self { paths: 2_000, seed: 1 }
    }
}

/// Told how many paths are done after each group of them; says whether to go on.
pub type Watch<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// Paths that are followed by one thread and kept together.
pub(super) const CHUNK: usize = 32;
/// The most memory that paths may take.
const MOST_BYTES: usize = 1 << 30;

/// Some paths: figures by epoch, then by column, then by path.
pub(super) struct Chunk {
    pub values: Vec<f32>,
    /// By path: epochs that it has begun, and its sums.
    pub paths: Vec<(usize, PathTotals)>,
}

impl Project {
    /// Follows it along many paths. An unfinished simulation has fewer of them and says so.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for an input that can mean nothing, and for more paths than memory is
    /// given; [`EconError::Overflow`] where results are no finite numbers.
    pub fn simulate(&self, settings: &Settings, watch: Watch) -> Result<Projection, EconError> {
        let plan = Plan::new(self)?;
        let epochs = most_epochs(&plan);
        let most = MOST_BYTES / (epochs * columns::COUNT * size_of::<f32>());
        if settings.paths == 0 || settings.paths > most {
            return Err(EconError::OutOfRange {
                field: "paths",
                given: settings.paths.to_string(),
                remedy: "at least 1 path, and no more than fit into 1 GiB: 70,000 of ten years",
            });
        }
        let market = MarketResiduals::shipped(&self.response)?;
        let simulation = Simulation { plan: &plan, project: self, market: &market, epochs };
        let chunks = simulation.run(settings, watch);
        Projection::of(self, settings, &chunks)
    }

    /// Epoch by epoch along the path that the model expects: no noise, every input at its base.
    ///
    /// # Errors
    /// As [`Project::simulate`].
    pub fn expected_path(&self) -> Result<Projection, EconError> {
        let project = Self { noise: crate::Noise::None, factors: Vec::new(), ..self.clone() };
        project.simulate(&Settings { paths: 1, seed: 0 }, &|_| true)
    }
}

/// Epochs that are kept of a path: some more than time at two weeks each gives, as a growing network
/// is ahead of its difficulty.
fn most_epochs(plan: &Plan) -> usize {
    (plan.length / (14.0 * 86_400.0) * 1.12) as usize + 8
}

/// What generators are for.
pub(super) mod purpose {
    pub(in super::super) const FACTORS: u64 = 1;
}

impl Plan {
    /// With every factor drawn.
    pub(super) fn drawn(&self, factors: &[Factor], random: &mut Pcg64) -> Self {
        let mut plan = self.clone();
        for factor in factors {
            plan.set(factor.kind, factor.at(uniform(random)));
        }
        plan
    }

    /// Follows one path to its end.
    pub(super) fn follow(
        &self,
        shocks: &mut MarketSampler,
        ledger: &mut Ledger,
        mut each: impl FnMut(usize, &Step, f64),
    ) -> usize {
        ledger.clear();
        let mut state = self.start();
        let mut epoch = 0;
        // A network that all but stops has few epochs, one that grows by more each time no end of them.
        let most = most_epochs(self) * 20;
        while state.at < self.length && epoch < most {
            let step = self.advance(&mut state, shocks.next_shock(), self.length);
            ledger.add(&step, self);
            each(epoch, &step, ledger.cumulative());
            epoch += 1;
        }
        ledger.close(self);
        epoch
    }
}

struct Simulation<'a> {
    plan: &'a Plan,
    project: &'a Project,
    market: &'a MarketResiduals,
    epochs: usize,
}

impl Simulation<'_> {
    fn run(&self, settings: &Settings, watch: Watch) -> Vec<Chunk> {
        let done = std::sync::atomic::AtomicUsize::new(0);
        let stopped = std::sync::atomic::AtomicBool::new(false);
        let one = |chunk: usize| {
            use std::sync::atomic::Ordering::Relaxed;
            if stopped.load(Relaxed) {
                return None;
            }
            let first = chunk * CHUNK;
            let count = CHUNK.min(settings.paths - first);
            let paths = self.chunk(settings.seed, first, count);
            let finished = done.fetch_add(count, Relaxed) + count;
            if !watch(finished) {
                stopped.store(true, Relaxed);
            }
            Some(paths)
        };
        let chunks = settings.paths.div_ceil(CHUNK);
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            (0..chunks).into_par_iter().filter_map(one).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            (0..chunks).filter_map(one).collect()
        }
    }

    fn chunk(&self, seed: u64, first: usize, count: usize) -> Chunk {
        let mut values = vec![0.0f32; self.epochs * columns::COUNT * count];
        let mut ledger = Ledger::new(self.plan);
        let paths = (0..count)
            .map(|index| {
                let path = (first + index) as u64;
                let mut random = generator(seed, path, purpose::FACTORS);
                let plan = self.plan.drawn(&self.project.factors, &mut random);
                let mut shocks = self.market.sampler(self.project.noise, seed, path);
                let epochs = plan.follow(&mut shocks, &mut ledger, |epoch, step, cash| {
                    if epoch < self.epochs {
                        let row = epoch * columns::COUNT;
                        for (column, value) in columns::of(step, cash).into_iter().enumerate() {
                            values[(row + column) * count + index] = value;
                        }
                    }
                });
                (epochs.min(self.epochs), ledger.totals)
            })
            .collect();
        Chunk { values, paths }
    }
}

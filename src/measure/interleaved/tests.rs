//! Slices of scanners with known rates: they report batches at predetermined times.

use super::*;
use crate::pow::{Header, Target};
use crate::scan::{CompletedBatch, HashingDevice, RollingTime, ScanError, Sink, Worker};
use std::cmp::Ordering;
use std::sync::Mutex;

/// Each worker completes batches of this many hashes at this interval in seconds. The factors multiply the interval in
/// one slice after another.
struct Timed {
    descriptor: ScannerDescriptor,
    workers: Vec<(u64, f64)>,
    factors: Vec<f64>,
    slice: usize,
}

fn timed(name: &str, workers: &[(u64, f64)], factors: &[f64]) -> Box<dyn Scanner> {
    let descriptor = ScannerDescriptor {
        kernel: name.to_owned(),
        variant: None,
        pinned: false,
        device: "test".to_owned(),
        hashes_on: HashingDevice::Unstated,
        threads: workers.len(),
        batch: 1_000,
    };
    Box::new(Timed { descriptor, workers: workers.to_vec(), factors: factors.to_vec(), slice: 0 })
}

impl Scanner for Timed {
    fn descriptor(&self) -> &ScannerDescriptor {
        &self.descriptor
    }
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError> {
        let (start, factor) = (Instant::now(), self.factors[self.slice % self.factors.len()]);
        self.slice += 1;
        let mut next: Vec<f64> =
            self.workers.iter().map(|(_, interval)| interval * factor).collect();
        // The worker with the earliest completion is next; after the end of the slice each completes its current batch.
        let mut working: Vec<usize> = (0..next.len()).collect();
        while let Some(place) =
            (0..working.len()).min_by(|a, b| next[working[*a]].total_cmp(&next[working[*b]]))
        {
            let thread = working[place];
            let (hashes, interval) = self.workers[thread];
            let Some(piece) = work.next(hashes) else { break };
            sink.completed(CompletedBatch {
                work_id: piece.id,
                range: piece.range,
                hits: Vec::new(),
                at: start + Duration::from_secs_f64(next[thread]),
                hardware_errors: 1,
                worker: Worker { part: 0, thread },
            });
            next[thread] += interval * factor;
            if stop.is_stopped() {
                working.swap_remove(place);
            }
        }
        Ok(())
    }
}

fn work() -> RollingTime {
    RollingTime::new(Header::from_bytes(&[7; 80]), Target::MAINNET_LIMIT)
}

/// A plan without a warm-up, which depends on real time.
fn plan(seconds: f64) -> MeasurementPlan {
    let plan = MeasurementPlan::new(Seconds::from_seconds(seconds)).unwrap();
    plan.with_warm_up(Seconds::ZERO).unwrap()
}

fn measured(scanners: &mut [Box<dyn Scanner>], seconds: f64) -> InterleavedMeasurement {
    measure_interleaved(scanners, &work(), &plan(seconds), &(), &StopToken::new()).unwrap()
}

fn mh_s(row: &InterleavedScanner) -> f64 {
    row.hashrate.as_ref().unwrap().value().as_mh_s()
}

#[test]
fn rate_is_the_sum_of_all_workers_with_batches_of_any_length() {
    // 2 MH/s in small batches; 3 MH/s in batches that are longer than half of a slice, of two
    // workers that never finish together.
    let small = timed("small", &[(1_000, 0.5e-3)], &[1.0]);
    let large = timed("large", &[(14_000, 7e-3), (4_000, 4e-3)], &[1.0]);
    let found = measured(&mut [small, large], 1.3);
    assert_eq!((found.rounds, found.complete), (130, true));
    assert_eq!((found.slice.as_seconds(), found.warm_up.as_seconds() < 0.1), (0.01, true));
    let [small, large] = &found.scanners[..] else { panic!() };
    // The beginning of a slice is known to within some microseconds.
    for (row, expected) in [(small, 2.0), (large, 3.0)] {
        assert!((mh_s(row) / expected - 1.0).abs() < 0.01, "{} for {expected}", mh_s(row));
        assert!(row.hardware_errors > 130 && row.scatter.unwrap().readings == 130);
    }
    // Whether noise of some microseconds has an interval is a matter of chance.
    if let Ok(ratio) = large.ratio_to(small).unwrap() {
        assert!((ratio.value / 1.5 - 1.0).abs() < 0.02 && ratio.side() == Ordering::Greater);
    }
}

#[test]
fn common_disturbance_does_not_change_the_ratio() {
    // The machine runs at half speed in the middle third of the rounds.
    let factors: Vec<f64> =
        (0..300).map(|round| if (100..200).contains(&round) { 2.0 } else { 1.0 }).collect();
    let a = timed("a", &[(1_000, 0.2e-3)], &factors);
    let b = timed("b", &[(1_040, 0.2e-3)], &factors);
    let found = measured(&mut [a, b], 3.0);
    let [a, b] = &found.scanners[..] else { panic!() };
    assert!(a.hashrate_ci95.is_none() && b.hashrate_ci95.is_none(), "{:?}", a.scatter);
    let [low, high] = b.ratio_to(a).unwrap().unwrap().ci95;
    assert!(low > 1.03 && high < 1.05, "{low} {high}");
}

#[test]
fn short_window_has_rates_without_intervals() {
    let scanner = |name| timed(name, &[(1_000, 1e-3)], &[1.0]);
    let found = measured(&mut [scanner("a"), scanner("b")], 0.2);
    assert!(found.complete && found.rounds == 20);
    let [a, b] = &found.scanners[..] else { panic!() };
    assert!(a.hashrate.is_some() && a.hashrate_ci95.is_none());
    assert_eq!(b.ratio_to(a).unwrap().unwrap_err().readings, 20);
}

#[test]
fn fewer_than_two_scanners_or_idle_time_is_refused() {
    let one = || timed("a", &[(1_000, 1e-3)], &[1.0]);
    let attempt = |scanners: &mut [Box<dyn Scanner>], plan| {
        measure_interleaved(scanners, &work(), &plan, &(), &StopToken::new()).unwrap_err()
    };
    for given in [0, 1] {
        let mut scanners: Vec<_> = (0..given).map(|_| one()).collect();
        assert_eq!(attempt(&mut scanners, plan(1.0)), MeasureError::Scanners { given });
    }
    let idle = plan(1.0).with_idle(Seconds::from_seconds(1.0)).unwrap();
    assert_eq!(attempt(&mut [one(), one()], idle), MeasureError::IdleInterleaved);
}

/// Stops after this many batches, and records the stages.
struct Stopping<'a> {
    after: usize,
    stop: &'a StopToken,
    batches: Mutex<usize>,
    stages: Mutex<Vec<MeasurementStage>>,
}

impl Sink for Stopping<'_> {
    fn completed(&self, _: CompletedBatch) {
        let mut batches = self.batches.lock().unwrap();
        *batches += 1;
        if *batches == self.after {
            self.stop.stop();
        }
    }
}

impl MeasurementObserver for Stopping<'_> {
    fn entered(&self, stage: MeasurementStage) {
        self.stages.lock().unwrap().push(stage);
    }
}

#[test]
fn stopped_run_keeps_complete_rounds_and_is_incomplete() {
    let long = plan(1.0).with_warm_up(Seconds::from_seconds(1e6)).unwrap();
    // Batches of 2 ms: eight per slice, the last of which is after its end; sixteen per round.
    for (plan, after, rounds, stages) in [
        (plan(1.0), 1, 0, &[MeasurementStage::WarmUp, MeasurementStage::Window][..]),
        (plan(1.0), 12, 0, &[MeasurementStage::WarmUp, MeasurementStage::Window]),
        (plan(1.0), 40, 2, &[MeasurementStage::WarmUp, MeasurementStage::Window]),
        (long, 40, 0, &[MeasurementStage::WarmUp]),
    ] {
        let scanner = |name| timed(name, &[(1_000, 2e-3)], &[1.0]);
        let stop = StopToken::new();
        let (batches, seen) = (Mutex::default(), Mutex::default());
        let watch = Stopping { after, stop: &stop, batches, stages: seen };
        let scanners = &mut [scanner("a"), scanner("b")];
        let found = measure_interleaved(scanners, &work(), &plan, &watch, &stop).unwrap();
        assert_eq!((found.rounds, found.complete), (rounds, false), "after {after}");
        assert_eq!(watch.stages.into_inner().unwrap(), stages, "after {after}");
        let [a, b] = &found.scanners[..] else { panic!() };
        assert_eq!(a.hashrate.is_some(), rounds > 0);
        assert_eq!(b.ratio_to(a).is_some(), rounds > 0);
    }
}

#[test]
fn random_orders_are_uniform_and_contain_every_scanner_once() {
    let mut places = [[0; 4]; 4];
    for round in 0..4_000 {
        let order = random_order(round, 4);
        for (place, scanner) in order.iter().enumerate() {
            places[*scanner][place] += 1;
        }
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!((sorted, random_order(round, 4)), (vec![0, 1, 2, 3], order));
    }
    // A thousand times in each position, within five standard deviations.
    assert!(places.iter().flatten().all(|times| (863..=1137).contains(times)), "{places:?}");
}

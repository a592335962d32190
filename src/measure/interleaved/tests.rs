//! Turns of scanners whose rates are known: they tell of batches at moments of their own making.

use super::*;
use crate::pow::{Header, Target};
use crate::scan::{CompletedBatch, HashingDevice, RollingTime, ScanError, Sink, Worker};
use std::cmp::Ordering;
use std::sync::Mutex;

/// Each worker finishes batches of so many hashes at times that lie so far apart, in seconds; the
/// factors disturb its turns one after another.
struct Timed {
    descriptor: ScannerDescriptor,
    workers: Vec<(u64, f64)>,
    factors: Vec<f64>,
    turn: usize,
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
    Box::new(Timed { descriptor, workers: workers.to_vec(), factors: factors.to_vec(), turn: 0 })
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
        let (begun, factor) = (Instant::now(), self.factors[self.turn % self.factors.len()]);
        self.turn += 1;
        let mut next: Vec<f64> = self.workers.iter().map(|(_, apart)| apart * factor).collect();
        // The one that finishes next does; once the turn is over each finishes what it has in hand.
        let mut working: Vec<usize> = (0..next.len()).collect();
        while let Some(place) =
            (0..working.len()).min_by(|a, b| next[working[*a]].total_cmp(&next[working[*b]]))
        {
            let thread = working[place];
            let (hashes, apart) = self.workers[thread];
            let Some(piece) = work.next(hashes) else { break };
            sink.finished(CompletedBatch {
                work_id: piece.id,
                range: piece.range,
                hits: Vec::new(),
                at: begun + Duration::from_secs_f64(next[thread]),
                hardware_errors: 1,
                worker: Worker { part: 0, thread },
            });
            next[thread] += apart * factor;
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

/// Without a warm-up, which goes by the clock.
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
fn rates_are_those_of_all_workers_whatever_their_batches() {
    // 2 MH/s in small batches; 3 MH/s in batches that are longer than half of a slice, of two
    // workers that never finish together.
    let small = timed("small", &[(1_000, 0.5e-3)], &[1.0]);
    let large = timed("large", &[(14_000, 7e-3), (4_000, 4e-3)], &[1.0]);
    let found = measured(&mut [small, large], 1.3);
    assert_eq!((found.rounds, found.complete), (130, true));
    assert_eq!((found.slice.as_seconds(), found.warm_up.as_seconds() < 0.1), (0.01, true));
    let [small, large] = &found.scanners[..] else { panic!() };
    // The moment at which a turn begins is known to some microseconds.
    for (row, expected) in [(small, 2.0), (large, 3.0)] {
        assert!((mh_s(row) / expected - 1.0).abs() < 0.01, "{} for {expected}", mh_s(row));
        assert!(row.hardware_errors > 130 && row.scatter.unwrap().readings == 130);
    }
    // Whether some microseconds of noise have an interval is chance.
    if let Ok(ratio) = large.ratio_to(small).unwrap() {
        assert!((ratio.value / 1.5 - 1.0).abs() < 0.02 && ratio.side() == Ordering::Greater);
    }
}

#[test]
fn what_disturbs_both_alike_leaves_the_ratio_alone() {
    // The machine runs at half its speed for the middle third of the rounds.
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
fn a_short_window_has_rates_and_no_intervals() {
    let scanner = |name| timed(name, &[(1_000, 1e-3)], &[1.0]);
    let found = measured(&mut [scanner("a"), scanner("b")], 0.2);
    assert!(found.complete && found.rounds == 20);
    let [a, b] = &found.scanners[..] else { panic!() };
    assert!(a.hashrate.is_some() && a.hashrate_ci95.is_none());
    assert_eq!(b.ratio_to(a).unwrap().unwrap_err().readings, 20);
}

#[test]
fn what_cannot_take_turns_is_refused() {
    let one = || timed("a", &[(1_000, 1e-3)], &[1.0]);
    let attempt = |scanners: &mut [Box<dyn Scanner>], plan| {
        measure_interleaved(scanners, &work(), &plan, &(), &StopToken::new()).unwrap_err()
    };
    for given in [0, 1] {
        let mut scanners: Vec<_> = (0..given).map(|_| one()).collect();
        assert_eq!(attempt(&mut scanners, plan(1.0)), MeasureError::Scanners { given });
    }
    let idle = plan(1.0).with_idle(Seconds::from_seconds(1.0)).unwrap();
    assert_eq!(attempt(&mut [one(), one()], idle), MeasureError::IdleInTurn);
}

/// Stops after so many batches, and remembers the stages.
struct Stopping<'a> {
    after: usize,
    stop: &'a StopToken,
    batches: Mutex<usize>,
    stages: Mutex<Vec<MeasurementStage>>,
}

impl Sink for Stopping<'_> {
    fn finished(&self, _: CompletedBatch) {
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
fn a_stop_keeps_whole_rounds_and_says_that_some_are_missing() {
    let long = plan(1.0).with_warm_up(Seconds::from_seconds(1e6)).unwrap();
    // Batches of 2 ms: eight to a turn, of which the last is over its end; sixteen to a round.
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
fn orders_differ_without_a_pattern_and_each_has_everybody_once() {
    let mut places = [[0; 4]; 4];
    for round in 0..4_000 {
        let order = order(round, 4);
        for (place, scanner) in order.iter().enumerate() {
            places[*scanner][place] += 1;
        }
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!((sorted, super::order(round, 4)), (vec![0, 1, 2, 3], order));
    }
    // A thousand times in each place, within five standard deviations.
    assert!(places.iter().flatten().all(|times| (863..=1137).contains(times)), "{places:?}");
}

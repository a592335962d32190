//! A stopped measurement keeps its data and is marked incomplete.

use super::*;
use hashwatt::measure::MeasurementStage;

#[test]
fn stopped_run_gives_a_valid_partial_result() {
    let stop = StopToken::new();
    let plan = MeasurementPlan::new(Seconds::from_seconds(600.0))
        .unwrap()
        .with_warm_up(Seconds::from_seconds(0.05))
        .unwrap();
    let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(RealTimeCounter::new(150.0))];
    let measured = std::thread::scope(|scope| {
        let token = stop.clone();
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(1_300));
            token.stop();
        });
        let scanner = &mut CpuScanner::new(Kernel::Sha2, 2).unwrap();
        Bench::new(scanner)
            .meters(&mut meters)
            .work(&rolling())
            .plan(plan)
            .stop(&stop)
            .run()
            .unwrap()
    });
    assert!(!measured.complete);
    assert!(measured.hashes > 0 && measured.duration.as_seconds() < 599.0);
    let power = measured.energy[0].joules.as_ref().unwrap().value() / measured.duration;
    assert!((power.as_watts() - 150.0).abs() < 1.0, "{power}");
}

#[test]
fn run_stopped_before_the_window_has_no_rate_and_is_incomplete() {
    let stop = StopToken::new();
    stop.stop();
    let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(RealTimeCounter::new(150.0))];
    let measured = Bench::new(&mut Sleeper::new())
        .meters(&mut meters)
        .work(&rolling())
        .plan(plan())
        .stop(&stop)
        .run()
        .unwrap();
    assert!(!measured.complete && measured.hashrate.is_none());
    assert_eq!(measured.efficiency(), Err(EnergyUnavailable::NoWindow));
}

/// Requests a stop when a stage begins, and records the stages that began.
struct StopAt {
    stage: MeasurementStage,
    stop: StopToken,
    entered: std::sync::Mutex<Vec<MeasurementStage>>,
}

impl Sink for StopAt {
    fn completed(&self, _: CompletedBatch) {}
}

impl MeasurementObserver for StopAt {
    fn entered(&self, stage: MeasurementStage) {
        self.entered.lock().unwrap().push(stage);
        if stage == self.stage {
            self.stop.stop();
        }
    }
}

#[test]
fn run_stopped_in_any_stage_keeps_the_data_of_earlier_stages() {
    use MeasurementStage::{IdleAfter, IdleBefore, WarmUp, Window};
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.2)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.05)).unwrap();
    let plan = plan.with_idle(Seconds::from_seconds(0.1)).unwrap();
    for (stage, has_rate) in
        [(IdleBefore, false), (WarmUp, false), (Window, true), (IdleAfter, true)]
    {
        let stop = StopToken::new();
        let watch = StopAt { stage, stop: stop.clone(), entered: Vec::new().into() };
        let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(RealTimeCounter::new(150.0))];
        let scanner = &mut Sleeper::new();
        let measured = Bench::new(scanner)
            .meters(&mut meters)
            .work(&rolling())
            .plan(plan)
            .observer(&watch)
            .stop(&stop)
            .run()
            .unwrap();
        assert!(!measured.complete, "{stage}");
        assert_eq!(measured.hashrate.is_some(), has_rate, "{stage}");
        assert!(measured.to_string().contains("INCOMPLETE"), "{stage}");
        let entered = watch.entered.into_inner().unwrap();
        assert!([IdleBefore, WarmUp, Window, IdleAfter].starts_with(&entered), "{entered:?}");
        assert!(entered.contains(&stage), "{entered:?}");
    }
    // Without a stop, all stages.
    let (stop, other) = (StopToken::new(), StopToken::new());
    let watch = StopAt { stage: WarmUp, stop: other, entered: Vec::new().into() };
    let measured = Bench::new(&mut Sleeper::new())
        .work(&rolling())
        .plan(plan)
        .observer(&watch)
        .stop(&stop)
        .run()
        .unwrap();
    assert!(measured.complete);
    let entered = watch.entered.into_inner().unwrap();
    assert_eq!(entered, [IdleBefore, WarmUp, Window, IdleAfter]);
}

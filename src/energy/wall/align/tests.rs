//! Simulated logs, compared with the parameters of the simulation.

use super::super::super::EnergyAccount;
use super::super::csv_log::LogColumns;
use super::super::load_step::ramp_fraction;
use super::*;
use hashwatt_test_support::noise::Random;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The parameters of a log: idle, a ramp, load, a ramp, idle.
#[derive(Clone, Copy)]
struct Scene {
    offset: f64,
    length: f64,
    lead: f64,
    tail: f64,
    rate: f64,
    idle: f64,
    load: f64,
    ramps: (f64, f64),
    /// Whether the ramps are exponential instead of linear, with three time constants per ramp.
    is_bent: bool,
    noise: f64,
    /// Whether a sample is the mean of the interval before it.
    is_mean: bool,
}

impl Scene {
    fn plain() -> Self {
        Self {
            offset: 5000.0,
            length: 60.0,
            lead: 30.0,
            tail: 30.0,
            rate: 4.0,
            idle: 80.0,
            load: 300.0,
            ramps: (0.5, 0.5),
            is_bent: false,
            noise: 1.0,
            is_mean: false,
        }
    }
    /// The power some time after the load began.
    fn power(&self, since: f64) -> f64 {
        // A slow variation of the load, such as that of fans.
        let load = self.load * (1.0 + 0.01 * (since / 17.0).sin());
        let ramp_fraction = |since: f64, ramp: f64| match self.is_bent {
            true => 1.0 - (-3.0 * since.max(0.0) / ramp).exp(),
            false => ramp_fraction(since, ramp),
        };
        let share =
            ramp_fraction(since, self.ramps.0) - ramp_fraction(since - self.length, self.ramps.1);
        self.idle + (load - self.idle) * share
    }
    fn energy(&self, from: f64, to: f64) -> f64 {
        let steps = 200_000;
        let width = (to - from) / f64::from(steps);
        (0..steps).map(|step| self.power(from + (f64::from(step) + 0.5) * width) * width).sum()
    }
    fn csv(&self, random: &mut Random) -> String {
        let phase = random.uniform();
        let count = ((self.lead + self.length + self.tail) * self.rate) as usize;
        let mut csv = "time_s,power_w\n".to_owned();
        for sample in 0..count {
            let since = (sample as f64 + phase) / self.rate - self.lead;
            let power = match self.is_mean {
                true => {
                    let fragment = |fragment: i32| f64::from(fragment) / 50.0 / self.rate;
                    (0..50).map(|i| self.power(since - fragment(i))).sum::<f64>() / 50.0
                }
                false => self.power(since),
            };
            let power = (power + self.noise * random.normal()).max(0.0);
            writeln!(csv, "{:.6},{power:.2}", since + self.offset).unwrap();
        }
        csv
    }
}

fn read(csv: &str) -> PowerLog {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.csv");
    fs::write(&path, csv).unwrap();
    PowerLog::read(Path::new(&path), &LogColumns::default()).unwrap()
}

fn phases(length: f64) -> LoadPhases {
    let load_began = Instant::now() + Duration::from_secs(100_000);
    LoadPhases { load_began, load_ended: load_began + Duration::from_secs_f64(length) }
}

fn no_step(csv: &str, length: f64) -> String {
    match AlignedLog::new(&read(csv), &phases(length)) {
        Err(MeterError::NoLoadStep { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn offsets_and_energies_of_simulated_logs_match_the_simulation() {
    let mut random = Random::new(20_260_131);
    let (mut worst, mut squares) = (0f64, 0.0);
    let runs = 90;
    for run in 0..runs {
        let idle = random.between(20.0, 200.0);
        let load = idle + random.between(50.0, 400.0);
        let scene = Scene {
            offset: random.between(-20_000.0, 20_000.0),
            length: random.between(40.0, 120.0),
            lead: random.between(15.0, 60.0),
            tail: random.between(15.0, 60.0),
            rate: [1.0, 2.0, 5.0, 10.0, 20.0][run % 5],
            idle,
            load,
            ramps: (random.between(0.2, 1.0), random.between(0.2, 1.0)),
            is_bent: run % 3 == 2,
            // Small enough that the mean over a window alone is accurate to 0.5 %.
            noise: load * random.between(0.000_5, 0.008),
            is_mean: run % 2 == 1,
        };
        let log = read(&scene.csv(&mut random));
        let phases = phases(scene.length);
        let aligned = AlignedLog::new(&log, &phases).unwrap();
        let u = aligned.offset_standard_uncertainty().as_seconds();
        let errs = (aligned.offset().as_seconds() - scene.offset) / u;
        assert!(errs.abs() < 3.0, "run {run}: {errs:.2} standard uncertainties of {u:.3} s");
        assert!(u < 1.0 / scene.rate + 0.5, "run {run}: {u:.3} s at {} Hz", scene.rate);
        squares += errs * errs;
        // A window within the load, as in a measurement.
        let (from, to) = (3.0, scene.length - 3.0);
        let at = |since: f64| phases.load_began + Duration::from_secs_f64(since);
        let readings = aligned.readings_between(at(from), at(to)).unwrap();
        let mut account = EnergyAccount::new(aligned.descriptor().clone());
        for reading in readings {
            account.record(Ok(reading));
        }
        let energy = account.energy().unwrap();
        assert_eq!(energy.provenance().kind(), "user_reported");
        let off = energy.value().as_joules() / scene.energy(from, to) - 1.0;
        worst = worst.max(off.abs());
    }
    assert!(worst < 0.005, "energy off by {worst:.5}");
    // The uncertainty is neither too small nor too large.
    let spread = (squares / runs as f64).sqrt();
    assert!((0.3..1.7).contains(&spread), "root mean square of {spread:.2}");
}

#[test]
fn idle_log_is_refused() {
    let mut random = Random::new(1);
    for noise in [0.0, 0.5, 5.0, 30.0] {
        for _ in 0..10 {
            let scene = Scene { load: 80.0, noise, ..Scene::plain() };
            let flat: String = scene.csv(&mut random);
            no_step(&flat, 60.0);
        }
    }
}

#[test]
fn slow_drift_is_refused() {
    let mut random = Random::new(9);
    for _ in 0..30 {
        let mut csv = "time_s,power_w\n".to_owned();
        let mut power = 200.0f64;
        for second in 0..600 {
            power = (power + 2.0 * random.normal()).max(0.0);
            writeln!(csv, "{second},{power:.2}").unwrap();
        }
        no_step(&csv, random.between(30.0, 200.0));
    }
}

#[test]
fn step_within_the_noise_is_refused() {
    let scene = Scene { load: 90.0, noise: 10.0, ..Scene::plain() };
    let result = no_step(&scene.csv(&mut Random::new(2)), 60.0);
    assert!(result.contains("noise"), "{result}");
}

#[test]
fn log_without_idle_on_both_sides_is_refused() {
    for (lead, tail) in [(-10.0, 30.0), (30.0, -10.0), (0.0, 600.0), (600.0, 0.0), (-10.0, 3000.0)]
    {
        let scene = Scene { lead, tail, ..Scene::plain() };
        no_step(&scene.csv(&mut Random::new(3)), 60.0);
    }
    // Shorter than the load.
    let scene = Scene { lead: 5.0, tail: 5.0, ..Scene::plain() };
    let result = no_step(&scene.csv(&mut Random::new(4)), 600.0);
    assert!(result.contains("600.0 s"), "{result}");
}

#[test]
fn load_of_another_length_is_refused() {
    for length in [40.0, 90.0] {
        let scene = Scene { lead: 600.0, tail: 600.0, ..Scene::plain() };
        no_step(&scene.csv(&mut Random::new(5)), length);
    }
}

#[test]
fn two_equal_loads_are_refused() {
    // Far apart with much idle time, where each exceeds the noise, and close together.
    for (lead, tail) in [(600.0, 600.0), (30.0, 30.0)] {
        let scene = Scene { lead, tail, ..Scene::plain() };
        let one = scene.csv(&mut Random::new(6));
        let later = scene.offset + lead + scene.length + tail + 0.25;
        let again = Scene { offset: later, ..scene }.csv(&mut Random::new(6));
        let both = one + again.split_once('\n').unwrap().1;
        let result = no_step(&both, 60.0);
        assert!(lead < 60.0 || result.contains("equally well"), "{result}");
    }
}

#[test]
fn invalid_load_phases_are_refused() {
    let csv = Scene::plain().csv(&mut Random::new(7));
    let LoadPhases { load_began, load_ended } = phases(60.0);
    let backward = LoadPhases { load_began: load_ended, load_ended: load_began };
    let result = AlignedLog::new(&read(&csv), &backward);
    assert!(matches!(result, Err(MeterError::NoLoadStep { .. })));
    assert!(no_step(&csv, 1.0).contains("lasts"));
}

#[test]
fn readings_cover_the_window_exactly() {
    let scene = Scene { noise: 0.0, ..Scene::plain() };
    let phases = phases(60.0);
    let aligned = AlignedLog::new(&read(&scene.csv(&mut Random::new(8))), &phases).unwrap();
    let at = |since: f64| phases.load_began + Duration::from_secs_f64(since);
    let readings = aligned.readings_between(at(10.1), at(20.1)).unwrap();
    assert_eq!(readings[0].before(), at(10.1));
    assert_eq!(readings.last().unwrap().after(), at(20.1));
    assert!((41..=43).contains(&readings.len()), "{}", readings.len());
    assert!(readings.windows(2).all(|pair| pair[0].after() < pair[1].before()));
    let outside = |from: Instant, to: Instant| {
        let error = aligned.readings_between(from, to).unwrap_err();
        assert!(matches!(error, MeterError::BadLog { .. }));
        error.to_string()
    };
    let early = phases.load_began - Duration::from_secs(40);
    assert!(outside(early, at(20.0)).contains("begins"));
    assert!(outside(at(20.0), at(100.0)).contains("ends"));
    assert!(outside(at(20.0), at(10.0)).contains("before it begins"));
}

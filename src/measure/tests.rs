//! What is made of marks and readings, with numbers known beforehand.

mod evaluate;
mod headline;

use super::evaluate::{Run, evaluate};
use super::sampler::Log;
use super::window::{CompletionMark, Counts};
use super::*;
use crate::energy::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use crate::scan::{HashingDevice, ScannerDescriptor};
use crate::uncertainty::{Scope, Uncertain};
use crate::units::{Joules, Seconds, Watts};
use std::time::{Duration, Instant};

fn descriptor() -> ScannerDescriptor {
    ScannerDescriptor {
        kernel: "test".to_owned(),
        variant: None,
        pinned: false,
        device: "test".to_owned(),
        hashes_on: HashingDevice::Unstated,
        threads: 2,
        batch: 300,
    }
}

/// Marks a second apart with so many hashes between them.
fn marks(each: impl IntoIterator<Item = u64>) -> Vec<CompletionMark> {
    let start = Instant::now();
    let mut hashes = 5_000;
    let mut marks = vec![CompletionMark { at: start, hashes }];
    for (second, each) in (1..).zip(each) {
        hashes += each;
        marks.push(CompletionMark { at: start + Duration::from_secs(second), hashes });
    }
    marks
}

fn of_marks(marks: Vec<CompletionMark>, logs: Vec<Log>) -> Measurement {
    let plan = MeasurementPlan::new(Seconds::from_seconds(10.0)).unwrap();
    evaluate(run_of(marks, logs), &plan)
}

fn run_of(marks: Vec<CompletionMark>, logs: Vec<Log>) -> Run {
    Run {
        parts: Vec::new(),
        counts: Counts::new(),
        scanner: descriptor(),
        marks,
        logs,
        warm_up: Duration::from_secs(1),
        timeline: None,
        complete: true,
        hardware_errors: 0,
    }
}

struct Still(MeterDescriptor);

impl EnergyMeter for Still {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        Err(MeterError::Stuck { meter: self.0.id.clone(), millis: 0 })
    }
}

fn meter(id: &str, scope: Scope, subject: &str) -> MeterDescriptor {
    let quantity = MeterQuantity::Power { resolution: Watts::from_watts(0.1), averaging: None };
    MeterDescriptor::bare(id, scope, subject, quantity)
}

/// What the sampler of a meter of power left: readings at these seconds after `start`.
fn log_of(descriptor: MeterDescriptor, start: Instant, readings: &[(f64, f64)]) -> Log {
    let mut log = Log::new(&Still(descriptor), Duration::from_secs(10));
    for (at, watts) in readings {
        let at = start + Duration::from_secs_f64(*at);
        log.window.take(Ok(Reading::new(at, at, RawValue::Power(Watts::from_watts(*watts)))));
    }
    log
}

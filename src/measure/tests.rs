//! Results from marks and readings with known numbers.

mod evaluate;
mod headline;

use super::evaluate::{RunRecord, evaluate};
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

/// Marks one second apart with these hashes between them.
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

fn measurement_of(marks: Vec<CompletionMark>, logs: Vec<Log>) -> Measurement {
    let plan = MeasurementPlan::new(Seconds::from_seconds(10.0)).unwrap();
    evaluate(record_of(marks, logs), &plan)
}

fn record_of(marks: Vec<CompletionMark>, logs: Vec<Log>) -> RunRecord {
    RunRecord {
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

/// A meter with a descriptor that cannot be read.
struct UnreadableMeter(MeterDescriptor);

impl EnergyMeter for UnreadableMeter {
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

/// The log of a power meter with readings at these seconds after `start`.
fn log_of(descriptor: MeterDescriptor, start: Instant, readings: &[(f64, f64)]) -> Log {
    let mut log = Log::new(&UnreadableMeter(descriptor), Duration::from_secs(10));
    for (at, watts) in readings {
        let at = start + Duration::from_secs_f64(*at);
        log.window.record(Ok(Reading::new(at, at, RawValue::Power(Watts::from_watts(*watts)))));
    }
    log
}

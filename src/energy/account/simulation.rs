//! Random traces of counters and powers, every second one with a fault: the result is exact or an
//! error.
//!
//! If a counter stops or a power repeats itself, the account ends at the last new value or counts
//! what was read. `Measurement` checks how much of the window is covered, and two meters of one
//! subject are compared.
//!
//! An account cannot detect a silent reset after which the count at the next poll looks plausible
//! (the counter had counted less than the energy between two polls, or was that close to its wrap),
//! or a reset to a higher value within the maximum power. The simulation counts these separately
//! and checks that their error is at most the energy between two polls.

use super::*;
use crate::uncertainty::Scope;
use hashwatt_test_support::noise::Random;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    None,
    /// Reset to zero while the machine is suspended, which the clocks show.
    ResetAsleep,
    /// Reset to zero without any other sign.
    ResetSilently,
    /// Reset to zero less than one poll before the wrap.
    ResetBeforeWrap,
    /// Reset to any value.
    ResetAnywhere,
    /// A gap in which the counter could have wrapped.
    Gap,
    /// The counter stops at some time.
    Stuck,
    ClockBackward,
    FailedRead,
    Malformed,
    /// Polls that are refused or time out, single ones and for up to 30 s.
    Missed,
    /// Like `Missed`, but for longer.
    MissedLong,
    /// Like `Missed`, and the counter or the device is reset meanwhile.
    MissedAndReset,
}

const FAULTS: [Fault; 12] = [
    Fault::ResetAsleep,
    Fault::ResetSilently,
    Fault::ResetBeforeWrap,
    Fault::ResetAnywhere,
    Fault::Gap,
    Fault::Stuck,
    Fault::ClockBackward,
    Fault::FailedRead,
    Fault::Malformed,
    Fault::Missed,
    Fault::MissedLong,
    Fault::MissedAndReset,
];

/// When polls fail: single ones, and all within one period.
struct Outages {
    single: f64,
    from: f64,
    to: f64,
}

impl Outages {
    fn of(random: &mut Random, fault: Fault, device: &mut Device) -> Self {
        let single = random.between(0.0, 0.3);
        match fault {
            Fault::Missed | Fault::MissedAndReset => {
                let from = random.between(0.1, 0.9) * device.length;
                let to = from + random.between(0.5, 28.0);
                // The run continues for a while after it.
                device.length = device.length.max(to + random.between(1.0, 5.0));
                Self { single, from, to }
            }
            Fault::MissedLong => {
                let from = random.between(0.1, 0.9) * device.length;
                let to = from + random.between(31.0, 120.0);
                device.length = device.length.max(to + random.between(1.0, 5.0));
                Self { single, from, to }
            }
            _ => Self { single: 0.0, from: f64::INFINITY, to: f64::INFINITY },
        }
    }
    fn hits(&self, random: &mut Random, at: f64) -> bool {
        let is_missed = (self.from..self.to).contains(&at);
        is_missed || (self.single > 0.0 && at > 0.0 && random.uniform() < self.single)
    }
}

fn missed(random: &mut Random) -> MeterError {
    let meter = "simulated".to_owned();
    let reason = || "simulated".to_owned();
    match random.next_u64() % 3 {
        0 => MeterError::Timeout { meter, millis: 2_000 },
        1 => MeterError::Busy { meter, reason: reason(), wait: None },
        _ => MeterError::NoAnswer { meter, reason: reason() },
    }
}

/// A random counter and its load.
#[derive(Clone, Copy, Debug)]
struct Device {
    joules_per_count: f64,
    modulus: Option<u64>,
    refresh: f64,
    ceiling: f64,
    /// The power at eight equidistant times, linear in between.
    watts: [f64; 8],
    length: f64,
    phase: f64,
}

impl Device {
    fn random(random: &mut Random) -> Self {
        let pick = |random: &mut Random, of: &[f64]| of[random.next_u64() as usize % of.len()];
        let ceiling = random.between(200.0, 5_000.0);
        let joules_per_count = pick(random, &[1.0 / 65_536.0, 1e-6, 1e-3]);
        let refresh = pick(random, &[0.0, 1e-3, 0.02, 0.1]);
        // RAPL's 32 bits in its own unit and in microjoules, a small range, and 64 bits.
        let modulus = match random.next_u64() % 4 {
            0 => Some(1 << 32),
            1 => Some(262_143_328_850),
            2 => Some((random.between(2e4, 1e5) / joules_per_count) as u64),
            _ => None,
        };
        let steady = random.between(0.05, 0.9) * ceiling;
        let shape = random.next_u64() % 3;
        let mut watts = [steady; 8];
        let other = random.between(0.05, 0.9) * ceiling;
        for (i, power) in watts.iter_mut().enumerate() {
            let part = i as f64 / 7.0;
            *power = match shape {
                0 => steady * random.between(0.97, 1.03),
                1 => {
                    if i < 4 {
                        steady
                    } else {
                        other
                    }
                }
                _ => steady + (other - steady) * part,
            };
        }
        let length = random.between(5.0, 30.0);
        let phase = random.uniform() * refresh;
        Self { joules_per_count, modulus, refresh, ceiling, watts, length, phase }
    }

    /// The energy from the start to a time, in joules.
    fn joules(&self, at: f64) -> f64 {
        let step = self.length / 7.0;
        let mut sum = 0.0;
        for i in 0..7 {
            let inside = (at - step * i as f64).clamp(0.0, step);
            let slope = (self.watts[i + 1] - self.watts[i]) / step;
            sum += self.watts[i] * inside + slope * inside * inside / 2.0;
        }
        sum + self.watts[7] * (at - self.length).max(0.0)
    }

    /// The counts since the start at the last refresh of the register.
    fn counts(&self, at: f64) -> u64 {
        let renewed = match self.refresh {
            0.0 => at,
            refresh => ((at - self.phase) / refresh).floor() * refresh + self.phase,
        };
        (self.joules(renewed.max(0.0)) / self.joules_per_count) as u64
    }

    fn descriptor(&self) -> MeterDescriptor {
        let quantity = MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_joules(self.joules_per_count),
            wrap_modulus: self.modulus,
            ceiling: Watts::from_watts(self.ceiling),
        };
        MeterDescriptor {
            refresh: Seconds::from_seconds(self.refresh),
            ..MeterDescriptor::bare("simulated", Scope::NodeWall, "node", quantity)
        }
    }
}

/// The result for a trace: exact, the name of an error, or wrong by a multiple of the energy between
/// two polls.
enum Outcome {
    Exact,
    Refused(&'static str),
    Wrong { polls: f64 },
}

fn name(error: &MeterError) -> &'static str {
    match error {
        MeterError::Reset { .. } => "Reset",
        MeterError::AmbiguousWrap { .. } => "AmbiguousWrap",
        MeterError::Stuck { .. } => "Stuck",
        MeterError::ClockBackward { .. } => "ClockBackward",
        MeterError::Gone { .. } => "Gone",
        MeterError::Malformed { .. } => "Malformed",
        MeterError::Slept { .. } => "Slept",
        MeterError::Gap { .. } => "Gap",
        _ => "other",
    }
}

fn counter_trace(random: &mut Random, fault: Fault, start: Instant) -> Outcome {
    let mut device = Device::random(random);
    let outages = Outages::of(random, fault, &mut device);
    let device = device;
    let period = random.between(0.02, 0.5);
    let (modulus, ceiling) = (device.modulus, device.ceiling);
    let max_count = modulus.unwrap_or(1 << 50);
    let fault_at = match fault {
        Fault::MissedAndReset => random.between(outages.from, outages.to),
        _ => random.between(0.2, 0.9) * device.length,
    };
    let initial = match (fault, modulus) {
        // The register is less than one poll away from its wrap when it is reset.
        (Fault::ResetBeforeWrap, Some(modulus)) => {
            let left = (random.uniform() * ceiling * period / device.joules_per_count) as u64;
            let before = device.counts(fault_at) + left.max(1);
            (modulus - before % modulus) % modulus
        }
        _ => random.next_u64() % max_count,
    };
    let random_count = random.next_u64() % max_count;

    let mut account = EnergyAccount::new(device.descriptor());
    // The true energy at each reading.
    let mut truth = Vec::new();
    let mut at = 0.0;
    let mut fault_applied = false;
    let mut slept = Duration::ZERO;
    let mut is_last = false;
    while !is_last {
        // The last poll comes after the trace or after the gap.
        is_last = at >= device.length;
        let mut raw = initial.wrapping_add(device.counts(at));
        let after = at >= fault_at;
        let first = after && !fault_applied;
        let since = || device.counts(at) - device.counts(fault_at);
        match fault {
            Fault::ResetAsleep
            | Fault::ResetSilently
            | Fault::ResetBeforeWrap
            | Fault::MissedAndReset
                if after =>
            {
                raw = since();
                if fault == Fault::ResetAsleep {
                    slept = Duration::from_secs(1);
                }
            }
            Fault::ResetAnywhere if after => raw = random_count + since(),
            Fault::Stuck if after => raw = initial.wrapping_add(device.counts(fault_at)),
            _ => {}
        }
        raw = modulus.map_or(raw, |modulus| raw % modulus);
        let mut when = at;
        let mut reading = Ok(());
        match fault {
            Fault::Malformed if first => raw = modulus.map_or(u64::MAX, |modulus| modulus + 1),
            Fault::ClockBackward if first => when -= 2.0 * period,
            Fault::FailedRead if first => {
                reading = Err(MeterError::Gone {
                    meter: "simulated".to_owned(),
                    reason: "EIO".to_owned(),
                });
            }
            _ => {}
        }
        fault_applied |= after;
        // The last poll succeeds: a meter that fails at the end of a run is polled again.
        let is_missed = outages.hits(random, at);
        if is_missed && !is_last {
            reading = Err(missed(random));
        }
        let instant = start + Duration::from_secs_f64(when + 100.0);
        let reading = reading.map(|()| Reading {
            slept: Some(slept),
            ..Reading::new(instant, instant, RawValue::Count(raw))
        });
        let reading_taken = reading.is_ok();
        account.record(reading);
        // A counter that has stopped counts no more; the account ends there too.
        let counted = if fault == Fault::Stuck { at.min(fault_at) } else { at };
        if reading_taken {
            truth.push(device.counts(counted) as f64 * device.joules_per_count);
        }
        at += match (fault, modulus) {
            // Longer than the counter needs for a wrap at the maximum power.
            (Fault::Gap, Some(modulus)) if first => {
                modulus as f64 * device.joules_per_count / ceiling * random.between(1.0, 3.0)
            }
            _ => period * random.between(0.5, 1.5),
        };
    }
    compare(
        &account,
        &truth,
        device.joules_per_count,
        ceiling * (1.5 * period + 2.0 * device.refresh + longest_outage(&outages)),
    )
}

/// The longest time in which polls fail.
fn longest_outage(outages: &Outages) -> f64 {
    if outages.from.is_finite() { outages.to - outages.from } else { 0.0 }
}

fn compare(account: &EnergyAccount, truth: &[f64], step: f64, poll_energy: f64) -> Outcome {
    match account.energy() {
        Err(error) => Outcome::Refused(name(&error)),
        Ok(energy) => {
            let energy = energy.value().as_joules();
            let true_value = truth.last().unwrap() - truth.first().unwrap();
            let off = (energy - true_value).abs();
            // A sum of a million steps has a rounding error of its own.
            if off <= step + energy * 1e-12 {
                Outcome::Exact
            } else {
                Outcome::Wrong { polls: off / poll_energy }
            }
        }
    }
}

fn power_trace(random: &mut Random, fault: Fault, start: Instant) -> Outcome {
    let mut device = Device::random(random);
    let outages = Outages::of(random, fault, &mut device);
    let device = device;
    let period = random.between(0.02, 0.5);
    let resolution = if random.next_u64().is_multiple_of(2) { 1e-3 } else { 1.0 };
    let descriptor = MeterDescriptor {
        quantity: MeterQuantity::Power {
            resolution: Watts::from_watts(resolution),
            averaging: Some(Seconds::ZERO),
        },
        ..device.descriptor()
    };
    let fault_at = random.between(0.2, 0.9) * device.length;
    let mut account = EnergyAccount::new(descriptor);
    let mut readings: Vec<(f64, f64)> = Vec::new();
    let (mut at, mut fault_applied) = (0.0, false);
    let mut held = None;
    while at < device.length {
        // Real power fluctuates.
        let tremble = random.between(0.995, 1.005);
        let level = (device.joules(at + 1e-3) - device.joules(at)) / 1e-3 * tremble;
        let mut watts = (level / resolution).round() * resolution;
        let first = at >= fault_at && !fault_applied;
        fault_applied |= at >= fault_at;
        let mut when = at;
        let mut reading = Ok(());
        match fault {
            Fault::Malformed if first => {
                watts = [f64::NAN, -1.0, f64::INFINITY][random.next_u64() as usize % 3];
            }
            Fault::ClockBackward if first => when -= 2.0 * period,
            Fault::FailedRead if first => {
                reading = Err(MeterError::Gone {
                    meter: "simulated".to_owned(),
                    reason: "EIO".to_owned(),
                });
            }
            Fault::Stuck if fault_applied => watts = *held.get_or_insert(watts),
            _ => {}
        }
        if outages.hits(random, at) {
            reading = Err(missed(random));
        }
        let instant = start + Duration::from_secs_f64(when + 100.0);
        let raw = RawValue::Power(Watts::from_watts(watts));
        if reading.is_ok() {
            readings.push((at, watts));
        }
        account.record(reading.map(|()| Reading::new(instant, instant, raw)));
        at += period * random.between(0.5, 1.5);
    }
    let trapezoid = readings
        .windows(2)
        .scan(0.0, |sum, pair| {
            *sum += (pair[1].0 - pair[0].0) * (pair[0].1 + pair[1].1) / 2.0;
            Some(*sum)
        })
        .last();
    // Times have a resolution of a nanosecond.
    let slack = 1e-8 * device.ceiling * readings.len() as f64;
    if let (Ok(energy), Fault::Missed | Fault::None) = (account.energy(), fault)
        && let (Some(first), Some(last)) = (readings.first(), readings.last())
    {
        // The error of the bridged time is within its uncertainty, and the rest within the sampling
        // error of polls half a second apart of a power that fluctuates by half a percent or steps
        // once.
        let truth = device.joules(last.0) - device.joules(first.0);
        let all = readings.iter().map(|(_, watts)| *watts);
        let (low, high) = all.fold((f64::MAX, 0f64), |(l, h), w| (l.min(w), h.max(w)));
        let bridged = account.gaps().bridged.as_seconds() * (high - low);
        let sampled = 0.01 * truth + (high - low) * 1.5 * period + resolution * device.length;
        let off = (energy.value().as_joules() - truth).abs();
        assert!(off <= bridged + sampled, "{fault:?}: off by {off} J of {truth} J");
    }
    compare(&account, &[0.0, trapezoid.unwrap_or(0.0)], slack, device.ceiling * period)
}

/// Set `HASHWATT_FULL=1` for a million traces, the numbers in benches/RESULTS.md.
#[test]
fn random_traces_give_exact_energy_or_an_error() {
    let full = std::env::var_os("HASHWATT_FULL").is_some();
    let traces = if full { 1_000_000 } else { 20_000 };
    let mut random = Random::new(5);
    let start = Instant::now();
    let mut table: BTreeMap<(&str, Fault, &str), usize> = BTreeMap::new();
    let (mut undetected, mut worst, mut resets) = (0, 0f64, 0);
    for trace in 0..traces {
        let fault = match trace % 2 {
            0 => Fault::None,
            _ => FAULTS[random.next_u64() as usize % FAULTS.len()],
        };
        let is_power = trace % 10 >= 8
            && matches!(
                fault,
                Fault::None
                    | Fault::Stuck
                    | Fault::ClockBackward
                    | Fault::FailedRead
                    | Fault::Malformed
                    | Fault::Missed
                    | Fault::MissedLong
            );
        let (kind, outcome) = match is_power {
            true => ("power", power_trace(&mut random, fault, start)),
            false => ("counter", counter_trace(&mut random, fault, start)),
        };
        let is_reset = matches!(
            fault,
            Fault::ResetSilently
                | Fault::ResetBeforeWrap
                | Fault::ResetAnywhere
                | Fault::MissedAndReset
        );
        resets += usize::from(is_reset);
        let result = match outcome {
            Outcome::Exact => "exact",
            Outcome::Refused(error) => error,
            Outcome::Wrong { polls } => {
                assert!(
                    is_reset,
                    "trace {trace}: {fault:?} is wrong by the energy of {polls} polls"
                );
                undetected += 1;
                worst = worst.max(polls);
                "undetected"
            }
        };
        *table.entry((kind, fault, result)).or_default() += 1;
    }
    for ((kind, fault, result), count) in &table {
        println!("{kind:<8} {:<16} {result:<14} {count}", format!("{fault:?}"));
    }
    println!(
        "undetected: {undetected} of {resets} silent resets, maximum error {worst:.2} times the \
         energy between two polls"
    );
    let count = |fault: Fault, result: &str| -> usize {
        let of = |kind| table.get(&(kind, fault, result)).copied().unwrap_or(0);
        of("counter") + of("power")
    };
    let all = |fault: Fault| -> usize {
        table.iter().filter(|((_, f, _), _)| *f == fault).map(|(_, n)| n).sum()
    };
    // Traces without a fault are refused only if the time between two polls could hide a wrap.
    assert!(count(Fault::None, "exact") * 1_000 >= all(Fault::None) * 999);
    for (fault, result) in [
        (Fault::FailedRead, "Gone"),
        (Fault::ClockBackward, "ClockBackward"),
        (Fault::ResetAsleep, "Slept"),
    ] {
        assert!(count(fault, result) * 1_000 >= all(fault) * 995, "{fault:?}");
    }
    // A transient fault of up to 30 s never ends the account of a power, nor that of a counter that
    // could not have wrapped meanwhile: a wrap together with a rise in power can look like a reset. A
    // longer fault ends the account of a power, unless the trace ends within it.
    let of = |kind, fault, result| table.get(&(kind, fault, result)).copied().unwrap_or(0);
    let lost = all(Fault::Missed) - count(Fault::Missed, "exact");
    let resets = of("counter", Fault::Missed, "Reset");
    assert_eq!(lost, of("counter", Fault::Missed, "AmbiguousWrap") + resets);
    assert!(resets * 1_000 <= all(Fault::Missed));
    assert!(of("power", Fault::MissedLong, "exact") * 1_000 <= all(Fault::MissedLong));
    assert!(of("power", Fault::MissedLong, "Gap") > 0 && of("power", Fault::Missed, "exact") > 0);
    assert!(of("counter", Fault::MissedLong, "exact") > 0);
    // Undetected resets are as rare as their cause: the register is within one poll of zero or of its
    // wrap.
    assert!(worst <= 1.0, "the error of an undetected reset is the energy of {worst} polls");
    for fault in [Fault::ResetSilently, Fault::ResetAnywhere] {
        assert!(count(fault, "undetected") * 20 <= all(fault), "{fault:?}");
    }
}

//! Fuzzing on stable Rust: a parser is given generated and mutated inputs, and must not panic, hang or
//! use unbounded memory.
//!
//! It is not guided by coverage. Good seeds, a dictionary of the format's tokens and many inputs make up
//! for that. A test binary that fuzzes must count its allocations:
//!
//! ```
//! #[global_allocator]
//! static ALLOCATOR: hashwatt_test_support::fuzz::PeakAlloc = hashwatt_test_support::fuzz::PeakAlloc;
//! ```

use super::noise::Random;
pub use peak_alloc::PeakAlloc;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Inputs per parser: within the time limit of the test suite, and with `HASHWATT_FULL=1`.
const INPUTS: usize = 4_000;
const FULL_INPUTS: usize = 1_000_000;
/// The most memory that a parser may use for an input.
const MAX_BYTES: usize = 64 << 20;
/// A parser that takes longer is considered to hang.
const MAX_TIME: Duration = Duration::from_secs(30);
/// The maximum length of an input.
const MAX_INPUT_BYTES: usize = 256 << 10;

/// Numbers at the limits of common number types and formats.
const NUMBERS: [&str; 24] = [
    "0",
    "-0",
    "-1",
    "1e308",
    "-1e308",
    "1e309",
    "1e-400",
    "NaN",
    "inf",
    "-inf",
    "0x10",
    "00",
    "1,5",
    "1.5.5",
    "65.000",
    "1_000",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "4294967295",
    "4294967296",
    ".5",
    "5.",
];

/// Only one test fuzzes at a time, because the count of allocations is shared.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The inputs for a parser.
pub struct Fuzz<'a> {
    /// The parser's name, for the report.
    pub name: &'a str,
    /// Valid and nearly valid inputs.
    pub seeds: Vec<Vec<u8>>,
    /// Tokens of the format: keywords, separators, units.
    pub dictionary: &'a [&'a str],
}

/// The result of fuzzing a parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FuzzReport {
    /// Number of inputs that the parser accepted.
    pub accepted: usize,
    /// Number of inputs that the parser rejected.
    pub rejected: usize,
    /// The most memory used for one input, bytes.
    pub peak_bytes: usize,
}

impl Fuzz<'_> {
    /// Runs a parser on all inputs. `parse` returns whether it accepted the input.
    ///
    /// # Panics
    /// If the parser panics or uses more than 64 MiB for an input, or if all inputs are accepted or all
    /// rejected, which tests nothing. A parser that hangs ends the process.
    pub fn run(&self, mut parse: impl FnMut(&[u8]) -> bool) -> FuzzReport {
        let _lock = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(PeakAlloc.current_usage() > 0, "this binary does not count its allocations");
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let count = if full { FULL_INPUTS } else { INPUTS };
        let watchdog = Watchdog::start(self.name);
        let mut report = FuzzReport { accepted: 0, rejected: 0, peak_bytes: 0 };
        let mut random = Random::new(18);
        for index in 0..count {
            let input = match self.seeds.get(index) {
                Some(seed) => seed.clone(),
                None => self.input(&mut random),
            };
            watchdog.next(&input);
            let before = PeakAlloc.current_usage();
            PeakAlloc.reset_peak_usage();
            match catch_unwind(AssertUnwindSafe(|| parse(&input))) {
                Ok(true) => report.accepted += 1,
                Ok(false) => report.rejected += 1,
                Err(panic) => {
                    eprintln!("{}: panic at input {index}: {}", self.name, excerpt(&input));
                    resume_unwind(panic);
                }
            }
            let grown = PeakAlloc.peak_usage().saturating_sub(before);
            assert!(grown <= MAX_BYTES, "{}: {grown} bytes for {}", self.name, excerpt(&input));
            report.peak_bytes = report.peak_bytes.max(grown);
        }
        println!(
            "{}: {count} inputs, {} accepted, {} rejected, at most {} KiB",
            self.name,
            report.accepted,
            report.rejected,
            report.peak_bytes >> 10
        );
        assert!(report.accepted > 0 && report.rejected > 0, "{}: {report:?}", self.name);
        report
    }

    fn input(&self, random: &mut Random) -> Vec<u8> {
        let mut input = match random.next_u64() % 8 {
            0 => self.generated(random),
            _ => self.seed(random).to_vec(),
        };
        for _ in 0..=random.next_u64() % 6 {
            self.mutate(&mut input, random);
        }
        input.truncate(MAX_INPUT_BYTES);
        input
    }

    fn seed(&self, random: &mut Random) -> &[u8] {
        pick(random, &self.seeds).map_or(&[], Vec::as_slice)
    }

    fn word(&self, random: &mut Random) -> &[u8] {
        let word = match random.next_u64() % 3 {
            0 => pick(random, &NUMBERS),
            _ => pick(random, self.dictionary),
        };
        word.map_or(b"", |word| word.as_bytes())
    }

    /// Tokens, numbers and separators in random order.
    fn generated(&self, random: &mut Random) -> Vec<u8> {
        let mut input = Vec::new();
        for _ in 0..random.next_u64() % 200 {
            input.extend_from_slice(self.word(random));
            let separators: [&[u8]; 6] = [b"", b" ", b"\n", b",", b"=", b"\r\n"];
            input.extend_from_slice(pick(random, &separators).copied().unwrap_or_default());
        }
        input
    }

    fn mutate(&self, input: &mut Vec<u8>, random: &mut Random) {
        let (from, to) = range(input.len(), random);
        match random.next_u64() % 11 {
            0 if !input.is_empty() => {
                let bit = 1 << (random.next_u64() % 8);
                input[from.min(to.saturating_sub(1))] ^= bit;
            }
            1 => insert(input, from, &random.next_u64().to_le_bytes()[..(from % 8) + 1]),
            2 => drop(input.drain(from..to)),
            3 => {
                let part = input[from..to].to_vec();
                insert(input, to, &part);
            }
            4 => {
                let other = self.seed(random).to_vec();
                let (begin, end) = range(other.len(), random);
                insert(input, from, &other[begin..end]);
            }
            5 | 6 => {
                let word = self.word(random).to_vec();
                insert(input, from, &word);
            }
            // Replaces a number by another.
            7 | 8 => {
                let begin = input[from..].iter().position(u8::is_ascii_digit).map(|at| from + at);
                if let Some(begin) = begin {
                    let is_number = |b: &u8| b.is_ascii_digit() || b".-+eE".contains(b);
                    let length = input[begin..].iter().take_while(|b| is_number(b)).count();
                    let number = pick(random, &NUMBERS).map_or("", |number| number);
                    drop(input.splice(begin..begin + length, number.bytes()));
                }
            }
            9 => input.truncate(from),
            _ => {
                let part = input[from..to.min(from + 64)].to_vec();
                let times = random.next_u64() as usize % 1_000;
                insert(input, from, &part.repeat(times));
            }
        }
    }
}

fn pick<'a, T>(random: &mut Random, items: &'a [T]) -> Option<&'a T> {
    items.get(random.next_u64() as usize % items.len().max(1))
}

/// A random range of at most `length` bytes, usually a short one.
fn range(length: usize, random: &mut Random) -> (usize, usize) {
    let from = random.next_u64() as usize % (length + 1);
    let max = if random.next_u64().is_multiple_of(4) { length } else { 16 };
    let to = from + random.next_u64() as usize % (max + 1);
    (from, to.min(length))
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let length = MAX_INPUT_BYTES.saturating_sub(input.len()).min(bytes.len());
    drop(input.splice(at..at, bytes[..length].iter().copied()));
}

fn excerpt(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(&input[..input.len().min(2_000)]);
    format!("{} bytes: {text:?}", input.len())
}

/// Ends the process if one input takes too long, because a thread that hangs cannot be stopped.
struct Watchdog(Arc<Mutex<Current>>);

/// The current input of a parser, and when it was given.
#[derive(Clone, Default)]
struct Current {
    since: Option<Instant>,
    input: Vec<u8>,
}

impl Watchdog {
    fn start(name: &str) -> Self {
        let state = Arc::new(Mutex::new(Current::default()));
        let (seen, name) = (Arc::downgrade(&state), name.to_owned());
        std::thread::spawn(move || {
            while let Some(state) = seen.upgrade() {
                let now = state.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if now.since.is_some_and(|since| since.elapsed() > MAX_TIME) {
                    eprintln!("{name}: hangs for {}", excerpt(&now.input));
                    std::process::abort();
                }
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        Self(state)
    }
    fn next(&self, input: &[u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *state = Current { since: Some(Instant::now()), input: input.to_vec() };
    }
}

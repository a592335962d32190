//! Fuzzing on stable Rust: a parser takes generated and mutated inputs, and must neither panic nor hang nor
//! take memory without bound, whatever they are.
//!
//! Not guided by coverage: seeds that reach everywhere, a dictionary of what the format is made of, and many
//! inputs stand for that. A test binary that fuzzes has to count its allocations:
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

/// Inputs a parser, as many as the suite's minute allows, and with `HASHWATT_FULL=1`.
const INPUTS: usize = 4_000;
const FULL: usize = 1_000_000;
/// No input may make a parser take more.
const MAX_MEMORY: usize = 64 << 20;
/// Whatever takes so long hangs.
const MAX_TIME: Duration = Duration::from_secs(30);
/// No input is longer.
const LONGEST: usize = 256 << 10;

/// Numbers at the edges of what programs expect.
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

/// One test fuzzes at a time: they share the count of allocations.
static ALONE: Mutex<()> = Mutex::new(());

/// What a parser is fed with.
pub struct Fuzz<'a> {
    /// The parser's name, for the report.
    pub name: &'a str,
    /// Inputs that are good, or nearly so.
    pub seeds: Vec<Vec<u8>>,
    /// What the format is made of: keywords, separators, units.
    pub dictionary: &'a [&'a str],
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fuzzed {
    /// Inputs that were taken.
    pub taken: usize,
    /// Inputs that were refused.
    pub refused: usize,
    /// The most memory that one input took, bytes.
    pub most_memory: usize,
}

impl Fuzz<'_> {
    /// Feeds a parser, which tells whether it took an input.
    ///
    /// # Panics
    /// Where the parser panics or takes more than 64 MiB for an input, and where all inputs are taken or all
    /// refused, which tests nothing. A parser that hangs ends the process.
    pub fn run(&self, mut parse: impl FnMut(&[u8]) -> bool) -> Fuzzed {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(PeakAlloc.current_usage() > 0, "this binary does not count its allocations");
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let count = if full { FULL } else { INPUTS };
        let watch = Watch::begin(self.name);
        let mut fuzzed = Fuzzed { taken: 0, refused: 0, most_memory: 0 };
        let mut random = Random::new(18);
        for index in 0..count {
            let input = match self.seeds.get(index) {
                Some(seed) => seed.clone(),
                None => self.input(&mut random),
            };
            watch.next(&input);
            let before = PeakAlloc.current_usage();
            PeakAlloc.reset_peak_usage();
            match catch_unwind(AssertUnwindSafe(|| parse(&input))) {
                Ok(true) => fuzzed.taken += 1,
                Ok(false) => fuzzed.refused += 1,
                Err(panic) => {
                    eprintln!("{}: input {index} panics: {}", self.name, shown(&input));
                    resume_unwind(panic);
                }
            }
            let grown = PeakAlloc.peak_usage().saturating_sub(before);
            assert!(grown <= MAX_MEMORY, "{}: {grown} bytes for {}", self.name, shown(&input));
            fuzzed.most_memory = fuzzed.most_memory.max(grown);
        }
        println!(
            "{}: {count} inputs, {} taken, {} refused, at most {} KiB",
            self.name,
            fuzzed.taken,
            fuzzed.refused,
            fuzzed.most_memory >> 10
        );
        assert!(fuzzed.taken > 0 && fuzzed.refused > 0, "{}: {fuzzed:?}", self.name);
        fuzzed
    }

    fn input(&self, random: &mut Random) -> Vec<u8> {
        let mut input = match random.next_u64() % 8 {
            0 => self.generated(random),
            _ => self.seed(random).to_vec(),
        };
        for _ in 0..=random.next_u64() % 6 {
            self.mutate(&mut input, random);
        }
        input.truncate(LONGEST);
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

    /// Words, numbers and separators in any order.
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
            // A number in the place of another.
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

fn pick<'a, T>(random: &mut Random, of: &'a [T]) -> Option<&'a T> {
    of.get(random.next_u64() as usize % of.len().max(1))
}

/// A part of something so long, mostly a short one.
fn range(length: usize, random: &mut Random) -> (usize, usize) {
    let from = random.next_u64() as usize % (length + 1);
    let most = if random.next_u64().is_multiple_of(4) { length } else { 16 };
    let to = from + random.next_u64() as usize % (most + 1);
    (from, to.min(length))
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let room = LONGEST.saturating_sub(input.len()).min(bytes.len());
    drop(input.splice(at..at, bytes[..room].iter().copied()));
}

fn shown(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(&input[..input.len().min(2_000)]);
    format!("{} bytes: {text:?}", input.len())
}

/// Ends the process where one input takes too long: a thread that hangs cannot be stopped otherwise.
struct Watch(Arc<Mutex<Current>>);

/// What a parser has been given, and when.
#[derive(Clone, Default)]
struct Current {
    since: Option<Instant>,
    input: Vec<u8>,
}

impl Watch {
    fn begin(name: &str) -> Self {
        let state = Arc::new(Mutex::new(Current::default()));
        let (seen, name) = (Arc::downgrade(&state), name.to_owned());
        std::thread::spawn(move || {
            while let Some(state) = seen.upgrade() {
                let now = state.lock().unwrap_or_else(PoisonError::into_inner).clone();
                if now.since.is_some_and(|since| since.elapsed() > MAX_TIME) {
                    eprintln!("{name}: hangs at {}", shown(&now.input));
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

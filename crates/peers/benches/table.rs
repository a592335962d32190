//! Times the double hash of other crates and of hashwatt on one thread, in short alternating slices, so
//! that other load on the machine affects all equally.
//!
//! `cargo bench -p peers` measures for 10 s, `cargo bench -p peers -- 60` for 60 s;
//! `--features openssl` adds OpenSSL, which needs its headers.

use hashwatt::scan::internals::{Clock, cycle, nearest_rank_quantiles};
use hashwatt::scan::{Host, Kernel, ScanError, StopToken, roofline};
use hashwatt::units::Seconds;
use hashwatt_test_support::headers::ARBITRARY;
use peers::{Input, Peer};
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The intended length of a slice.
const SLICE: Seconds = Seconds::from_seconds(2e-3);

/// The minimum number of rounds for a median.
const MIN_ROUNDS: usize = 41;

/// A row of the table.
enum Row {
    /// A peer, and the nonces of a slice.
    Peer(Peer, u32),
    Kernel(Kernel),
}

impl Row {
    /// Verifies a peer and chooses the nonces of a slice.
    fn peer(peer: Peer) -> Result<Self, Box<dyn Error>> {
        peer.verify()?;
        const TRIAL: u32 = 1 << 10;
        let per_hash = (0..5).map(|_| seconds_per_hash(&peer, 0, TRIAL)).fold(f64::MAX, f64::min);
        let nonces = (SLICE.as_seconds() / per_hash).clamp(f64::from(TRIAL), f64::from(1 << 20));
        Ok(Self::Peer(peer, nonces as u32))
    }

    /// Times one slice; seconds per hash.
    fn slice(&self, round: usize) -> Result<f64, ScanError> {
        match self {
            Self::Peer(peer, nonces) => {
                Ok(seconds_per_hash(peer, (round as u32 % 1024) << 20, *nonces))
            }
            // A roofline that is stopped before it begins measures one slice on this thread. The first
            // call ran the kernel's self-test.
            Self::Kernel(kernel) => {
                let stop = StopToken::new();
                stop.stop();
                let one = roofline(&[*kernel], Seconds::ZERO, &stop)?;
                Ok(1.0 / one.kernels[0].rate.as_h_s())
            }
        }
    }

    fn name(&self) -> (&'static str, String) {
        match self {
            Self::Peer(peer, _) => (peer.name, peer.input.to_string()),
            Self::Kernel(kernel) => ("hashwatt", format!("kernel {}", kernel.name())),
        }
    }
}

fn seconds_per_hash(peer: &Peer, first: u32, nonces: u32) -> f64 {
    let header = black_box(ARBITRARY);
    let start = Clock::now();
    black_box(peer.search(&header, first..first + nonces, 0));
    start.elapsed().as_seconds() / f64::from(nonces)
}

/// The times of one round, in seconds: a clock cycle, and a hash of each row.
struct Round {
    cycle: f64,
    hashes: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let time = match (arguments.next(), arguments.next()) {
        (None, _) => Duration::from_secs(10),
        (Some(seconds), None) => seconds
            .parse()
            .ok()
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .ok_or_else(|| format!("{seconds}: give a number of seconds, such as `-- 60`"))?,
        (Some(_), Some(extra)) => {
            return Err(format!("{extra}: unexpected argument; give only the seconds").into());
        }
    };
    let fastest = Kernel::fastest()?;
    let peers = Peer::all();
    let mut rows = peers.iter().copied().map(Row::peer).collect::<Result<Vec<_>, _>>()?;
    rows.push(Row::Kernel(Kernel::Sha2));
    rows.push(Row::Kernel(fastest));
    eprintln!("{} rows, all verified; {} s of alternating slices", rows.len(), time.as_secs_f64());

    let mut rounds: Vec<Round> = Vec::new();
    let start = Instant::now();
    while rounds.len() < MIN_ROUNDS || start.elapsed() < time {
        let (number, count) = (rounds.len(), rows.len());
        let mut round = Round { cycle: cycle().as_seconds(), hashes: vec![0.0; count] };
        for i in 0..count {
            let i = (i + number) % count;
            round.hashes[i] = rows[i].slice(number)?;
        }
        rounds.push(round);
    }
    print(&peers, &rows, &rounds, fastest);
    Ok(())
}

fn print(peers: &[Peer], rows: &[Row], rounds: &[Round], fastest: Kernel) {
    let machine = Host::here();
    let percentiles = |figure: &dyn Fn(&Round) -> f64| -> [f64; 3] {
        let sample = rounds.iter().map(figure).collect();
        nearest_rank_quantiles(sample, [0.1, 0.5, 0.9]).unwrap_or([f64::NAN; 3])
    };
    let spread =
        |[low, _, high]: [f64; 3], digits: usize| format!("{low:.digits$}..{high:.digits$}");
    println!("{}, {}", machine.processor, machine.os_kernel);
    println!("  {}; {} logical processors", machine.os, machine.processors.allowed.len());
    let [_, cycle, _] = percentiles(&|round| round.cycle);
    let ghz = 1e-9 / cycle;
    println!(
        "  one thread, {} rounds of alternating slices; median frequency: {ghz:.3} GHz",
        rounds.len()
    );
    for peer in peers.iter().filter(|peer| peer.input == Input::WholeHeader) {
        let library = peer.library().map_or(String::new(), |library| format!(" ({library})"));
        println!("  {} {}{library}", peer.name, peer.version());
    }
    println!("  hashwatt {}; fastest kernel here: {}", env!("CARGO_PKG_VERSION"), fastest.name());
    println!(
        "\n  {:<16}{:<20}{:>9}{:>17}{:>9}{:>9}{:>15}",
        "crate", "input", "cycles/H", "p10..p90", "MH/s", "x sha2", "p10..p90"
    );
    for (i, row) in rows.iter().enumerate() {
        let (name, input) = row.name();
        let cycles = percentiles(&|round| round.hashes[i] / round.cycle);
        // Ratios within one round, because temporary load affects both.
        let times = percentiles(&|round| round.hashes[0] / round.hashes[i]);
        let [_, seconds, _] = percentiles(&|round| round.hashes[i]);
        println!(
            "  {name:<16}{input:<20}{:>9.1}{:>17}{:>9.2}{:>9.2}{:>15}",
            cycles[1],
            spread(cycles, 1),
            1e-6 / seconds,
            times[1],
            spread(times, 2)
        );
    }
    println!("\n  x sha2: rate relative to the crate sha2 with the whole header in the same round");
}

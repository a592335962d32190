//! `hashwatt scan`: searches the nonces of a header.

use super::interrupt::Interrupt;
use super::output::print_message;
use super::progress::Progress;
use super::scanner_options::ScannerOptions;
use super::{Failure, print, value_parsers};
use clap::Args;
use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt::scan::{Job, NonceRange, OneRange, Tally};
use hashwatt_report::ScanReport;
use std::process::ExitCode;
use std::sync::Arc;

/// The maximum number of hits kept in memory until they are printed, a few hundred bytes each by then.
const MAX_HITS: f64 = 10e6;

/// Search the nonces of a block header for hashes that meet its target
#[derive(Args)]
#[command(after_help = "Example, which finds the nonce of the genesis block:
  hashwatt scan --start 0x7c2bac00 --count 4096 --header 01000000\\
00000000000000000000000000000000000000000000000000000000000000003ba3edfd\\
7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d\\
1dac2b7c")]
pub(super) struct Arguments {
    /// 80-byte header as 160 hexadecimal digits, with or without 0x, blanks and line breaks; its own
    /// nonce is ignored
    #[arg(long, value_name = "HEX160", required = true, num_args = 1..)]
    header: Vec<String>,
    /// Target in compact bits (8 hexadecimal digits), instead of the header's
    #[arg(long, value_name = "HEX8")]
    bits: Option<CompactTarget>,
    /// First nonce, decimal or 0x hex
    #[arg(long, value_name = "N", default_value = "0", value_parser = value_parsers::nonce, allow_hyphen_values = true)]
    start: u32,
    /// Number of nonces, decimal or 0x hex [default: all from the start]
    #[arg(long, value_name = "N", value_parser = value_parsers::nonce_count, allow_hyphen_values = true)]
    count: Option<u64>,
    #[command(flatten)]
    scanner: ScannerOptions,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    // A header with blanks arrives as several arguments.
    let header: Header = arguments
        .header
        .join(" ")
        .parse()
        .map_err(|error| Failure::Input(format!("--header: {error}")))?;
    // Before the search, which takes long and finds nothing in a header in another byte order.
    if let Some(warning) = header.byte_order_warning() {
        print_message(&format!("warning: --header: {warning}"));
    }
    let bits = arguments.bits.unwrap_or(header.bits);
    let target = Target::from_compact(bits)?;
    let range = match arguments.count {
        Some(count) => NonceRange::new(arguments.start, count)
            .map_err(|error| Failure::Input(format!("--count: {error}")))?,
        None => NonceRange::from_start(arguments.start),
    };
    let expected = range.len() as f64 / target.work().expected_hashes().as_hashes();
    if expected > MAX_HITS {
        return Err(Failure::Input(format!(
            "--count: about {expected:.0} hits are expected, more than the {MAX_HITS:.0} that \
             are kept; scan fewer nonces at a time"
        )));
    }

    let interrupt = Interrupt::listen()?;
    let mut scanner = arguments.scanner.open(1, &interrupt)?;
    let work = OneRange::new(Arc::new(Job::new(&header, target)), range);
    let tally = Tally::new();
    let end = {
        let progress = Progress::hashes(range.len(), &tally);
        scanner.run(&work, &progress, interrupt.token())
    };
    let scan = tally.finish(range)?;
    print(&ScanReport::new(&header, bits, scanner.descriptor(), &scan), arguments.json)?;
    // After a device failure, the completed part has been printed, marked as incomplete.
    end?;
    Ok(if scan.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

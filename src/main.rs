//! The command `hashwatt`: nonce search, measurement, and what a power budget becomes.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}

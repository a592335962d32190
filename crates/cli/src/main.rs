//! The command `hashwatt`: nonce search, measurement, and what a power budget becomes.

fn main() -> std::process::ExitCode {
    hashwatt_cli::run()
}

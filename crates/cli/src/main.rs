//! The `hashwatt` command: nonce search, measurement, and the economics of a power budget.

fn main() -> std::process::ExitCode {
    hashwatt_cli::run()
}

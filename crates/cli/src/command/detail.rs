//! `--inputs`, `--months`, `--flows`, `--all`: what is printed in addition to the first screen.

use clap::Args;
use hashwatt_report::Detail;

/// Additional text output; JSON and CSV are always complete
#[derive(Args)]
pub(super) struct DetailOptions {
    /// Also print the inputs with their sources, and all warnings
    #[arg(long)]
    inputs: bool,
    /// Also print the tables by calendar year and by month
    #[arg(long)]
    months: bool,
    /// Also print the flows with payer and payee, foreign exchange and the national account
    #[arg(long)]
    flows: bool,
    /// Print everything; JSON and CSV are always complete
    #[arg(long)]
    all: bool,
}

impl DetailOptions {
    pub(super) fn detail(&self) -> Detail {
        let Self { inputs, months, flows, all } = *self;
        Detail { inputs, months, flows, all }
    }
}

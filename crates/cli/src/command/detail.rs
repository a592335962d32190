//! `--inputs`, `--months`, `--flows`, `--all`: what is printed beside the first screen.

use clap::Args;
use hashwatt_report::Detail;

/// What is printed for a person beside a screenful; JSON and CSV always hold everything
#[derive(Args)]
pub(super) struct DetailOptions {
    /// Also print inputs with their sources, and all warnings
    #[arg(long)]
    inputs: bool,
    /// Also print the tables by calendar year and by month
    #[arg(long)]
    months: bool,
    /// Also print flows with payer and payee, foreign exchange and the nation's account
    #[arg(long)]
    flows: bool,
    /// Print everything; JSON and CSV always hold everything
    #[arg(long)]
    all: bool,
}

impl DetailOptions {
    pub(super) fn detail(&self) -> Detail {
        let Self { inputs, months, flows, all } = *self;
        Detail { inputs, months, flows, all }
    }
}

//! `hashwatt completions` and `hashwatt man`: generated from the definition of the command line.

use super::output::OutputFile;
use super::{Cli, Failure, write};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use std::path::PathBuf;
use std::process::ExitCode;

/// Generate shell completions
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt completions fish > ~/.config/fish/completions/hashwatt.fish")]
pub(super) struct Completions {
    /// Shell to generate the completions for
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page, or write one page per command to a folder
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt man | man -l -
  hashwatt man ~/.local/share/man/man1")]
pub(super) struct Manual {
    /// Existing folder; - for the main page on stdout
    #[arg(value_name = "DIR", default_value = "-")]
    folder: PathBuf,
    /// Replace existing pages
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Completions) -> Result<ExitCode, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "hashwatt", &mut text);
    write(&String::from_utf8_lossy(&text))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn run_manual(arguments: &Manual) -> Result<ExitCode, Failure> {
    let mut all = Cli::command();
    if arguments.folder.as_os_str() == "-" {
        write(&page(all)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    // Sets names such as `hashwatt-bench`, and usages that start with `hashwatt bench`.
    all.build();
    let mut pages = vec![("hashwatt.1".to_owned(), page(all.clone())?)];
    for command in all.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("hashwatt-{}", command.get_name());
        pages.push((format!("{name}.1"), page(command.clone().display_name(name))?));
    }
    // Check that all pages can be written before writing the first.
    let files = pages
        .iter()
        .map(|(name, _)| OutputFile::new(&arguments.folder.join(name), arguments.force));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    for (file, (_, text)) in files.iter().zip(&pages) {
        file.write(text)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut text = Vec::new();
    Man::new(command)
        .render(&mut text)
        .map_err(|error| Failure::Run(format!("manual: {error}")))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

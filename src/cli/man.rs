//! `tieline man`.

use std::io;
use std::path::PathBuf;

use anyhow::Context;
use clap::CommandFactory;

use super::Outcome;

/// Print the manual page, or write one for each command into a folder.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  tieline man | man -l -\n  tieline man --out ~/.local/share/man/man1"
)]
pub(super) struct Arguments {
    /// Folder for the pages of all commands.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let command = super::Arguments::command();
    match arguments.out {
        Some(folder) => {
            std::fs::create_dir_all(&folder)
                .and_then(|()| clap_mangen::generate_to(command, &folder))
                .with_context(|| format!("{}: cannot write manual pages", folder.display()))?;
        }
        None => clap_mangen::Man::new(command).render(&mut io::stdout())?,
    }
    Ok(Outcome::Complete)
}

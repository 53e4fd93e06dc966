//! `tieline completions`.

use std::io;

use clap::CommandFactory;

use super::Outcome;

/// Print a completion script for your shell.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  tieline completions bash > ~/.local/share/bash-completion/completions/tieline"
)]
pub(super) struct Arguments {
    /// The shell.
    shell: clap_complete::Shell,
}

#[expect(clippy::unnecessary_wraps, reason = "every command has this form")]
pub(super) fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "tieline", &mut io::stdout());
    Ok(Outcome::Complete)
}

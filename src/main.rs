//! The `tieline` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tieline::cli::run()
}

//! What an interrupt does to a run.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use super::terminal;

/// Ends the program at once when it is interrupted, terminated or hung up: the run that was there is
/// whole, and what was read is kept. Done beside the run itself: it may wait for standard input and
/// would not notice a flag. A second call does nothing.
pub(super) fn watch_once() -> anyhow::Result<()> {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if WATCHED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    watch(|code| {
        terminal::tell(
            "interrupted: the run is as it was; the same command goes on from what was read",
        );
        std::process::exit(code);
    })
    .context("cannot watch for interrupts")
}

/// Calls `act` with the exit code that a shell reports for the signal. A signal that whoever
/// started the run has it ignore stays ignored: `nohup` does so with the hang-up, and shells with
/// the interrupt of what runs in the background.
#[cfg(unix)]
fn watch(act: impl Fn(i32) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored_signals();
    let watched =
        [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let mut signals = signal_hook::iterator::Signals::new(watched)?;
    std::thread::Builder::new().name("interrupts".to_owned()).spawn(move || {
        for signal in signals.forever() {
            act(128 + signal);
        }
    })?;
    Ok(())
}

/// The signals that this process was started to ignore, a bit each; none where the system does not
/// tell.
#[cfg(unix)]
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(not(unix))]
fn watch(act: impl Fn(i32) + Send + 'static) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || act(130))
}

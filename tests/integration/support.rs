//! The real binary in a temporary folder of its own, and the shared development data.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The root of the repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Data beside the project; `None`, said on standard error, where a machine has none.
#[track_caller]
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TIELINE_SHARED")
        .map_or_else(|| repository().join("../shared"), PathBuf::from);
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("no {name} beside the project (TIELINE_SHARED names its folder)"));
    None
}

/// Says on standard error that a test, or a part of it, does not run here and why; counts them.
#[track_caller]
pub(crate) fn skipped(why: &str) {
    static N_SKIPPED: AtomicUsize = AtomicUsize::new(0);
    let n = N_SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    let place = Location::caller();
    // Written to the stream itself: what `eprintln!` says in a test that passes is not shown.
    let line = format!("SKIPPED ({n} in this run): {why}; {}:{}\n", place.file(), place.line());
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// A folder that goes away, and the binary run in it.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run left.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::cargo_bin("tieline").unwrap();
        command.current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], stdin: impl Into<Vec<u8>>) -> Ran {
        let output = self.command().args(arguments).write_stdin(stdin).output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// All files below `name`, by path, with their bytes.
    pub(crate) fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path(name);
        walkdir::WalkDir::new(&root)
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&root).unwrap().to_owned();
                (path, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// The `PATH` on which the program stands before all others.
    pub(crate) fn path_with_program() -> std::ffi::OsString {
        let program = assert_cmd::cargo::cargo_bin("tieline");
        crate::runs::with_program(program.parent().unwrap())
    }

    /// The examples of all helps, as they stand there; but for those that wait for ever, or write
    /// into the user's own shell.
    pub(crate) fn examples(&self) -> Vec<String> {
        let help = self.run(&["--help"]).stdout;
        let commands = help.split("Commands:").nth(1).unwrap().lines().skip(1);
        let commands = commands.map_while(|line| {
            let name = line.strip_prefix("  ")?.split_whitespace().next()?;
            (!line.trim().is_empty()).then(|| name.to_owned())
        });
        let mut examples = Vec::new();
        for command in commands.filter(|command| command != "help") {
            let help = self.run(&[&command, "--help"]).stdout;
            let Some((_, after)) = help.split_once("Example") else { continue };
            let lines = after.lines().skip(1).take_while(|line| line.starts_with("  "));
            // What stands behind many blanks is said of the example.
            examples.extend(lines.map(|line| line.trim().split("   ").next().unwrap().to_owned()));
        }
        examples.retain(|example| !example.contains("--watch") && !example.contains("man -l"));
        examples
    }

    /// Makes what the examples take for granted out of the sample.
    pub(crate) fn prepare_examples(&self) {
        let sample = self.path("data/sample");
        let article = fs::read_to_string(sample.join("2022-10-20-drones-over-kyiv.txt")).unwrap();
        for name in ["articles/a.txt", "today/a.txt", "article.txt", "news.txt"] {
            self.write(name, &article);
        }
        let records = fs::read(sample.join("briefs.jsonl")).unwrap();
        self.write("news.jsonl", &records);
        self.write("news.jsonl.zst", &records);
        let table = format!("Volltext,Datum\n\"{}\",2022-10-20\n", article.replace('"', "\"\""));
        self.write("export.csv", table);
        let mut zipped = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut zipped, &records).unwrap();
        self.write("dump.gz", zipped.finish().unwrap());
        for folder in [".local/share/bash-completion/completions", ".local/share/man/man1"] {
            fs::create_dir_all(self.path(folder)).unwrap();
        }
        for out in ["exports", "network", "january", "february", "old", "new"] {
            let ran = self.run(&["build", "data/sample", "--out", out, "-q"]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
    }

    /// The claims of a finished run.
    pub(crate) fn claims(&self, out: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.path(out).join("claims.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// An article of one sentence that certainly holds a claim.
pub(crate) const SUPPLY: &str = "North Korea sent artillery shells to Russia in May, Kyiv said.\n";

//! Seeds of the fuzz targets, and inputs that once did harm, through the functions that fuzzers
//! call. Fuzzing itself needs a nightly compiler; this does not.

use std::fs;
use std::path::PathBuf;

use crate::sources::FORMS;
use crate::support::repository;

#[path = "../../fuzz/targets.rs"]
mod targets;

/// The files of a target's folder, in the order of their names.
fn inputs(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = repository().join("fuzz").join(kind).join(target);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_seed_and_past_crash_is_read() {
    for (name, target) in targets::TARGETS {
        let seeds = inputs("seeds", name);
        assert!(!seeds.is_empty(), "no seeds of {name}");
        for path in seeds.into_iter().chain(inputs("crashes", name)) {
            println!("{}", path.display());
            target(&fs::read(path).unwrap());
        }
    }
}

/// With `TIELINE_REWRITE` set, missing seeds are written.
#[test]
fn every_form_of_input_has_a_seed() {
    for (form, file, make) in FORMS {
        let path = repository().join("fuzz/seeds/source").join(form);
        if !path.exists() && std::env::var_os("TIELINE_REWRITE").is_some() {
            fs::write(&path, [format!("{file}\n").as_bytes(), &make(1)].concat()).unwrap();
        }
        let seed = fs::read(&path).unwrap_or_default();
        assert!(seed.starts_with(format!("{file}\n").as_bytes()), "{}", path.display());
    }
}

/// Each target is a program of the fuzz package, and the other way round.
#[test]
fn every_target_is_a_program() {
    let mut programs: Vec<String> = fs::read_dir(repository().join("fuzz/fuzz_targets"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let mut targets: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    programs.sort();
    targets.sort_unstable();
    assert_eq!(programs, targets);
    let manifest = fs::read_to_string(repository().join("fuzz/Cargo.toml")).unwrap();
    for target in targets {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target}");
    }
}

//! Failures at every step of writing a run: what is left is a whole old or a whole new one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{
    Article, ArticleInfo, Claim, Entity, Evidence, Field, Modality, Polarity, RelationKind, Span,
};

use super::disk::Disk;
use super::{FinishedRun, Made, Making, Provenance, ReadCounts, Record, RunError, correct};

/// The record of an article of one sentence and one claim.
fn record(name: &str, target: &str) -> Record {
    let text = format!("The north sent {name} shells to {target}.");
    let info = ArticleInfo { id: name.into(), ..ArticleInfo::default() };
    let article = Article { info: Arc::new(info), text: text.clone(), body_start: 0 };
    let length = u32::try_from(text.len()).unwrap();
    let claim = Claim {
        id: format!("{:016x}", 1 + name.len()),
        evidence: Evidence {
            article: Arc::clone(&article.info),
            sentence: text,
            field: Field::Text,
            span: Span::new(0, length),
            trigger: Span::new(10, 14),
            source: Some(Span::new(4, 9)),
            target: None,
        },
        relation: RelationKind::directed("supplies"),
        source: "state:PRK".parse().unwrap(),
        target: format!("state:{target}").parse().unwrap(),
        items: Vec::new(),
        quantity: None,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        attribution: None,
        event_date: None,
        role: None,
        rule: "by-hand".to_owned(),
        codes: None,
        confidence: 0.9,
    };
    Record::new(&article, &[claim], ReadCounts::default())
}

/// A run of `records`.
fn write(
    records: impl IntoIterator<Item = Record>,
    entities: Vec<Entity>,
    making: &Making,
) -> Result<Made, RunError> {
    // What is known of entities may come with any of the records.
    let entities = std::iter::once(entities).chain(std::iter::repeat_with(Vec::new));
    let read = records.into_iter().zip(entities).map(Ok);
    super::write(read, &Provenance::default(), [], making)
}

fn entities() -> Vec<Entity> {
    ["PRK", "RUS", "CHN"]
        .map(|code| Entity::bare(format!("state:{code}").parse().unwrap(), code))
        .into()
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_owned();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn old() -> Vec<Record> {
    vec![record("a", "RUS"), record("bb", "RUS")]
}

fn new() -> Vec<Record> {
    vec![record("a", "CHN"), record("bb", "RUS"), record("ccc", "CHN")]
}

fn making(out: &Path, disk: Disk) -> Making {
    Making { batch: 2, disk, ..Making::new(out) }
}

/// What makes or changes a run.
type Change<'a> = &'a dyn Fn(&Making) -> Result<Made, RunError>;

/// Makes each write, sync, rename and removal of `change` fail, alone and with all that follow. `first`
/// makes the run that is in the folder before.
fn fail_at_every_step(first: Change<'_>, change: Change<'_>) {
    let made = |steps: &[Change<'_>]| {
        let place = tempfile::tempdir().unwrap();
        for step in steps {
            step(&making(place.path(), Disk::default())).unwrap();
        }
        files(place.path())
    };
    let (before, after) = (made(&[first]), made(&[first, change]));
    assert_ne!(before, after);
    for once in [false, true] {
        let mut committed = [0, 0];
        for step in 0.. {
            let place = tempfile::tempdir().unwrap();
            let out = place.path();
            first(&making(out, Disk::default())).unwrap();
            let disk = Disk::failing(step, once);
            let result = change(&making(out, disk.clone()));
            let ended = disk.done() <= step;
            // A reader sees one of the two, and so does the next command, which clears up.
            FinishedRun::open(out).unwrap_or_else(|error| panic!("step {step}: {error}"));
            correct(&making(out, Disk::default()), &mut |_| {}).unwrap();
            let mut found = files(out);
            found.retain(|name, _| !name.starts_with(super::folder::PENDING));
            let is_new = found == after;
            assert!(is_new || found == before, "step {step}: {:?}", found.keys());
            assert!(is_new || result.is_err(), "step {step}: lost what was said to be written");
            committed[usize::from(is_new)] += 1;
            // What was interrupted can be done again, with what it had read.
            change(&making(out, Disk::default())).unwrap();
            assert_eq!(files(out), after, "step {step}, done again");
            if ended {
                assert!(result.is_ok() && is_new);
                break;
            }
        }
        assert!(committed.iter().all(|n| *n > 3), "{committed:?}");
    }
}

#[test]
fn a_failure_at_any_step_of_writing_leaves_a_whole_run() {
    fail_at_every_step(&|making| write(old(), entities(), making), &|making| {
        write(new(), entities(), making)
    });
}

#[test]
fn a_failure_at_any_step_of_adding_leaves_a_whole_run() {
    let place = tempfile::tempdir().unwrap();
    let reader = crate::Reader::embedded().unwrap();
    let article = |name: &str, text: &str| {
        let path = place.path().join(name);
        std::fs::write(&path, text).unwrap();
        vec![path.to_str().unwrap().to_owned()]
    };
    let first = article("a.txt", "Iran sold drones to Russia in June.");
    let second = article("b.txt", "China sent trucks to Belarus on Monday.");
    fail_at_every_step(&|making| super::build(&reader, &first, making, &mut |_| {}), &|making| {
        super::add(&reader, &second, making, &mut |_| {})
    });
}

#[test]
fn a_failure_at_any_step_of_merging_leaves_a_whole_run() {
    let places = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let parts = [old(), vec![record("ccc", "CHN")]];
    for (place, part) in places.iter().zip(parts) {
        write(part, entities(), &making(place.path(), Disk::default())).unwrap();
    }
    let folders = places.each_ref().map(|place| place.path().to_owned());
    fail_at_every_step(&|making| write(old(), entities(), making), &|making| {
        super::merge(&folders, making, &mut |_| {})
    });
}

#[test]
fn files_of_two_runs_are_not_read_as_one() {
    let place = tempfile::tempdir().unwrap();
    write(old(), entities(), &making(place.path(), Disk::default())).unwrap();
    let other = tempfile::tempdir().unwrap();
    write(new(), entities(), &making(other.path(), Disk::default())).unwrap();
    std::fs::copy(other.path().join("claims.jsonl"), place.path().join("claims.jsonl")).unwrap();
    let error = FinishedRun::open(place.path()).unwrap_err();
    assert!(matches!(error, RunError::Mixed { .. }), "{error}");
}

#[test]
fn a_second_writer_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let held = super::folder::RunFolder::open(place.path(), Disk::default(), false).unwrap();
    let error = write(old(), entities(), &making(place.path(), Disk::default())).unwrap_err();
    assert!(matches!(error, RunError::Locked { .. }), "{error}");
    drop(held);
    write(old(), entities(), &making(place.path(), Disk::default())).unwrap();
}

#[test]
fn a_run_is_not_replaced_by_an_empty_one() {
    let place = tempfile::tempdir().unwrap();
    write(old(), entities(), &making(place.path(), Disk::default())).unwrap();
    let before = files(place.path());
    let error = write(Vec::new(), entities(), &making(place.path(), Disk::default())).unwrap_err();
    assert!(matches!(error, RunError::WouldEmpty { claims: 2, .. }), "{error}");
    assert_eq!(files(place.path()), before);
    let forced = Making { force: true, ..making(place.path(), Disk::default()) };
    assert_eq!(write(Vec::new(), entities(), &forced).unwrap().manifest.counts.claims, 0);
}

//! All integration tests in one binary, which links once.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "helpers of tests fail like tests, say what they skip, and know their files"
)]

mod by_hand;
mod clauses;
mod cli;
mod data;
mod dates;
mod exports;
mod frames;
mod fuzz;
mod gate;
mod golden;
mod groups;
mod guide;
mod library;
mod limits;
mod measures;
mod names;
mod official;
mod promises;
mod quality;
mod references;
mod rules;
mod runs;
mod sources;
mod sources_faults;
mod sources_forms;
mod sources_pages;
mod sources_samples;
mod speakers;
mod support;
mod syntax;
mod synthetic;
mod text;

//! All integration tests in one binary, which links once.

mod cli;
mod data;
mod exports;
mod measures;
mod promises;
mod rules;
mod support;
mod syntax;
mod synthetic;
mod text;

//! Claims become one weighted network; filters, measures and layout work on it.
//!
//! In: [`Claim`](crate::model::Claim)s. Out: a [`RelationGraph`]: one node an entity, one edge a
//! (source, relation, target). Reading texts and writing files are other rooms' work.

mod appearance;
mod builder;
mod chain;
mod filter;
pub mod layout;
pub mod measures;
mod network;
#[cfg(test)]
mod sample;

pub use appearance::Appearance;
pub use builder::{EvidenceLimit, GraphBuilder, claims_as_ties};
pub use chain::{Step, Steps, Walk};
pub use filter::{Filter, neighbourhood};
pub use network::{RelationGraph, Tie};

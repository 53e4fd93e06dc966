//! Claims become one weighted network; filters, measures and layout work on it.
//!
//! In: [`Claim`](crate::model::Claim)s. Out: a [`RelationGraph`]: one node an entity, one edge a
//! (source, relation, target). Reading texts and writing files are other rooms' work.

mod appearance;
mod backbone;
mod builder;
mod chain;
mod filter;
mod intervals;
pub mod layout;
mod line;
pub mod measures;
mod network;
#[cfg(test)]
mod sample;
mod selection;
mod standing;
mod stories;

pub use appearance::Appearance;
pub use backbone::{Pair, ranked_pairs};
pub use builder::{Context, EvidenceLimit, GraphBuilder, claims_as_ties};
pub use chain::{Step, Steps, Walk, is_step};
pub use filter::{Filter, neighbourhood};
pub use intervals::Intervals;
pub use line::{Line, Verbs};
pub use network::{Count, RelationGraph, Tie, Weighting};
pub use selection::{Rollup, Selection};
pub use standing::{ByStanding, Standing, denying_party, folded};
pub use stories::Stories;

//! Reads news articles and draws the network of who supplies, meets and warns whom.
//!
//! ```text
//! files -> articles -> sentences -> mentions -> trees -> claims -> graph -> exports
//! ```
//!
//! Each stage borrows values and returns new ones; nothing later writes into something earlier.
//! The rooms meet in [`model`].

pub mod claims;
pub(crate) mod clauses;
pub mod cli;
pub mod coreference;
pub mod export;
pub mod gazetteer;
pub mod graph;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod rules;
pub mod source;
pub(crate) mod speech;
pub mod syntax;
pub mod text;

//! Reads news articles and draws the network of who supplies, meets and warns whom.
//!
//! From text to a network that other programs open:
//!
//! ```
//! use tieline::{Article, Format, Network, Reader};
//!
//! let reader = Reader::embedded()?;
//! let text = "North Korea sent artillery shells to Russia in May, Kyiv said.";
//! let analysis = reader.read(Article::from_text("shells", text));
//! for claim in &analysis.claims {
//!     println!("{} {} {}", claim.source, claim.relation, claim.target);
//! }
//! let network = Network::of(analysis.claims, &analysis.directory);
//! let mut graphml = Vec::new();
//! network.write(Format::GraphMl, &mut graphml)?;
//! # assert_eq!((network.graph().n_nodes(), network.graph().n_ties()), (2, 1));
//! # assert!(String::from_utf8(graphml).unwrap().contains("supplies"));
//! # Ok::<(), tieline::Error>(())
//! ```
//!
//! [`source::Articles`] reads files, folders and streams instead of a text at hand;
//! [`Reader::read_all`] reads many articles on all threads; [`Network::of_articles`] joins what was
//! read off several.
//!
//! ```text
//! files -> articles -> sentences -> mentions -> trees -> claims -> graph -> exports
//! ```
//!
//! Each stage borrows values and returns new ones; nothing later writes into something earlier.
//! The rooms meet in [`model`]. The command line (feature `cli`, on by default) is one user of the
//! library among others: everything that it does but printing stands in the other rooms.

pub mod claims;
pub(crate) mod clauses;
#[cfg(feature = "cli")]
pub mod cli;
pub mod coreference;
mod error;
pub mod evaluation;
pub mod examples;
pub mod export;
pub mod gazetteer;
pub mod graph;
pub mod lexicon;
pub mod model;
mod network;
pub mod pipeline;
pub mod rules;
pub mod runs;
pub mod source;
pub mod speech;
pub mod syntax;
pub mod text;

pub use error::Error;
pub use export::Format;
pub use model::{Article, Claim};
pub use network::Network;
pub use pipeline::{Analysis, Knowledge, Reader};

/// Runs the examples of the README with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

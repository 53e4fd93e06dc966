//! The network as users of the library hold it: ties, with measures and drawing made on demand.

use std::io::Write;
use std::sync::{Arc, OnceLock};

use crate::Error;
use crate::export::{self, Destination, Format};
use crate::graph::measures::{Column, Precision, measure_all};
use crate::graph::{Appearance, Context, EvidenceLimit, GraphBuilder, RelationGraph, Weighting};
use crate::model::{Claim, EntityDirectory};
use crate::pipeline::Analysis;

/// Entities and the ties between them. Measures and the drawing are computed when they are first
/// asked for, on the threads of the current pool.
#[derive(Debug, Clone, Default)]
pub struct Network {
    graph: RelationGraph,
    precision: Precision,
    weighting: Weighting,
    measures: OnceLock<Vec<Column>>,
    appearance: OnceLock<Vec<Appearance>>,
}

impl Network {
    /// The network of `claims`, in any order; `directory` tells what is known of the entities.
    ///
    /// Every line stays with its tie. Of corpora that do not fit into memory,
    /// [`GraphBuilder`] keeps the best lines alone.
    pub fn of<C>(claims: impl IntoIterator<Item = C>, directory: &EntityDirectory) -> Self
    where
        C: Into<Arc<Claim>>,
    {
        let mut builder = GraphBuilder::new(EvidenceLimit::All, &Context::new(directory));
        for claim in claims {
            builder.add(&claim.into());
        }
        Self::from(builder.finish())
    }

    /// The network of everything that was read off several articles.
    ///
    /// ```
    /// use tieline::{Article, Network, Reader};
    ///
    /// let reader = Reader::embedded()?;
    /// let texts = ["Iran sold drones to Russia.", "Russia bought drones from Iran."];
    /// let articles = texts.iter().zip(1..).map(|(text, n)| Article::from_text(n.to_string(), *text));
    /// let network = Network::of_articles(articles.map(|article| reader.read(article)));
    /// let (source, target, tie) = network.graph().ties().next().unwrap();
    /// assert_eq!((&*source.name, &*target.name, tie.all.stories), ("Iran", "Russia", 2));
    /// # Ok::<(), tieline::Error>(())
    /// ```
    pub fn of_articles(analyses: impl IntoIterator<Item = Analysis>) -> Self {
        let mut claims: Vec<Claim> = Vec::new();
        let mut directory: Option<EntityDirectory> = None;
        for analysis in analyses {
            claims.extend(analysis.claims);
            match &mut directory {
                None => directory = Some(analysis.directory),
                Some(known) => {
                    analysis.directory.added().cloned().for_each(|entity| known.add(entity));
                }
            }
        }
        Self::of(claims, &directory.unwrap_or_default())
    }

    /// The same network with measures over shortest routes that are as exact as `precision` says.
    #[must_use]
    pub fn with_precision(self, precision: Precision) -> Self {
        Self { precision, weighting: self.weighting, ..Self::from(self.graph) }
    }

    /// The same network with measures by which ties weigh as `weighting` says.
    #[must_use]
    pub fn with_weighting(self, weighting: Weighting) -> Self {
        Self { precision: self.precision, weighting, ..Self::from(self.graph) }
    }

    /// Entities and ties.
    #[must_use]
    pub fn graph(&self) -> &RelationGraph {
        &self.graph
    }

    /// Every measure of its entities and their communities, a column each, one value an entity.
    pub fn measures(&self) -> &[Column] {
        self.measures.get_or_init(|| measure_all(&self.graph, self.weighting, self.precision))
    }

    /// How each entity is drawn, in the order of the entities.
    pub fn appearance(&self) -> &[Appearance] {
        self.appearance.get_or_init(|| export::appearance(&self.graph, self.measures()))
    }

    /// All of it, as writers of formats take it.
    pub fn computed(&self) -> export::Network<'_> {
        export::Network {
            graph: &self.graph,
            measures: self.measures(),
            appearance: self.appearance(),
            beside: None,
        }
    }

    /// Writes the network in one format.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Error> {
        format.write(self.computed(), out).map_err(Error::Write)
    }

    /// Writes the network in every format, each into its file.
    ///
    /// # Errors
    ///
    /// If a file cannot be written.
    pub fn write_all(&self, destination: &mut dyn Destination) -> Result<(), Error> {
        Ok(export::write_network(self.computed(), destination)?)
    }
}

impl From<RelationGraph> for Network {
    fn from(graph: RelationGraph) -> Self {
        Self { graph, ..Self::default() }
    }
}

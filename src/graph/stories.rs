//! Which articles tell one story: copies and near-copies of one text count once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::ArticleId;

/// The story of each article. An article that is not listed is a story by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stories {
    by_article: BTreeMap<ArticleId, ArticleId>,
}

impl Stories {
    /// Stories from pairs of article and story; a story has the id of one of its articles.
    #[must_use]
    pub fn new(pairs: impl IntoIterator<Item = (ArticleId, ArticleId)>) -> Self {
        Self { by_article: pairs.into_iter().collect() }
    }

    /// The story that `article` tells: the id of the article that stands for it.
    #[must_use]
    pub fn of(&self, article: &ArticleId) -> ArticleId {
        Arc::clone(self.by_article.get(article).unwrap_or(article))
    }

    /// Articles with their stories, sorted; those that are a story by themselves may lack.
    pub fn iter(&self) -> impl Iterator<Item = (&ArticleId, &ArticleId)> {
        self.by_article.iter()
    }
}

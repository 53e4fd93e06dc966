//! Names of articles, each once in a run.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::model::Article;

/// The ids given so far: sixteen bytes an article, however long its id is.
#[derive(Debug, Default)]
pub(super) struct UsedIds {
    /// The first half of the BLAKE3 hash. No two texts with the same one are known, nor can they be
    /// made; a short hash made for speed collides within thousands of numbers.
    used: HashSet<[u8; 16]>,
    /// How often an id was met again.
    again: HashMap<Arc<str>, u64>,
}

impl UsedIds {
    /// Gives the article's id a number where another article has it: `id`, `id#2`, `id#3`.
    pub(super) fn make_unique(&mut self, article: &mut Article) {
        if self.used.insert(key(&article.info.id)) {
            return;
        }
        let id = Arc::clone(&article.info.id);
        let n_before = self.again.entry(Arc::clone(&id)).or_insert(1);
        let unique = loop {
            *n_before += 1;
            let unique = format!("{id}#{n_before}");
            if self.used.insert(key(&unique)) {
                break unique;
            }
        };
        Arc::make_mut(&mut article.info).id = unique.into();
    }
}

fn key(id: &str) -> [u8; 16] {
    let hash = blake3::hash(id.as_bytes());
    *hash.as_bytes().first_chunk().expect("a hash has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleInfo;

    #[test]
    fn numbers_are_told_apart() {
        let mut used = UsedIds::default();
        for number in 0..20_000 {
            let id: Arc<str> = number.to_string().into();
            let info = Arc::new(ArticleInfo { id: Arc::clone(&id), ..ArticleInfo::default() });
            let mut article = Article { info, text: String::new(), body_start: 0 };
            used.make_unique(&mut article);
            assert_eq!(article.info.id, id);
        }
    }
}

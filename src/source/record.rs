//! What a record says becomes an article.

use std::sync::Arc;

use super::{Cause, MAX_TEXT};
use crate::model::{Article, ArticleInfo, DateOrder, DateSpan};

/// What the fields of a record hold, as they are written.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Name of the article.
    pub id: Option<String>,
    /// Headline, kept apart from the text.
    pub title: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// When it was published, in any form that [`DateSpan::from_field`] reads.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher or site.
    pub outlet: Option<String>,
    /// Who wrote or sent it.
    pub author: Option<String>,
    /// Whose message was forwarded.
    pub forwarded_from: Option<String>,
    /// Names of all its fields, where it has no text: what the user may look for it under.
    pub keys: Vec<String>,
}

/// A text and nothing else.
impl From<String> for Fields {
    fn from(text: String) -> Self {
        Self { text: Some(text), ..Self::default() }
    }
}

impl Fields {
    /// The article; `fallback` is its id where the record names none, `order` that of day and month
    /// in its file.
    ///
    /// # Errors
    ///
    /// If there is no text, or too much of it.
    pub fn into_article(self, fallback: &str, order: Option<DateOrder>) -> Result<Article, Cause> {
        let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let trimmed = |text: Option<String>| some(text).map(|text| text.trim().to_owned());
        let (title, body) = (some(self.title), some(self.text));
        let info = ArticleInfo {
            id: trimmed(self.id).map_or_else(|| fallback.into(), Into::into),
            title: title.as_deref().map(|title| title.trim().to_owned()),
            date: self.date.as_deref().and_then(|date| DateSpan::from_field(date, order)),
            outlet: trimmed(self.outlet),
            url: trimmed(self.url),
            author: trimmed(self.author),
            forwarded_from: trimmed(self.forwarded_from),
        };
        let (text, body_start) = match (title, body) {
            (None, None) if self.keys.is_empty() => return Err(Cause::Empty),
            (None, None) => return Err(Cause::NoTextKey(list(&self.keys))),
            (None, Some(body)) => (body, 0),
            (Some(title), Some(body)) if body.trim_start().starts_with(title.trim()) => (body, 0),
            // The title stands as it is, so that its offsets are those of the field.
            (Some(title), body) => {
                let start = title.len() + 2;
                (title + "\n\n" + body.as_deref().unwrap_or_default(), start)
            }
        };
        if text.len() > MAX_TEXT {
            return Err(Cause::TextTooLong);
        }
        let body_start = u32::try_from(body_start).map_err(|_| Cause::TextTooLong)?;
        Ok(Article { info: Arc::new(info), text, body_start })
    }

    /// Whether a title is all that was found, although the record has other fields.
    pub(super) fn has_title_only(&self) -> bool {
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
        filled(&self.title) && !filled(&self.text) && !self.keys.is_empty()
    }
}

/// Names one behind the other, few enough and short enough to be read.
pub(super) fn list(names: &[String]) -> String {
    const SHOWN: usize = 30;
    let mut list: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| match name.char_indices().nth(60) {
            Some((cut, _)) => format!("{}…", &name[..cut]),
            None => name.clone(),
        })
        .collect();
    if names.len() > SHOWN {
        list.push(format!("{} more", names.len() - SHOWN));
    }
    list.join(", ")
}

//! Names that the tables lack, as rows for them.
//!
//! Comes in: articles with their mentions. Goes out: people introduced by title and name, and
//! capitalised names that no mention covers, counted by article. Left out: any judgement of what
//! a name stands for beyond its form; a person reads the rows before pasting them.

use std::collections::BTreeMap;
use std::io::Write;

use crate::model::{
    Article, Byte, Document, Entity, EntityId, EntityKind, Gender, SentenceKind, Span,
};

use super::alias::{is_capitalized, is_upper};
use super::fold::fold;
use super::spelling::slug;
use super::titles::is_title_word;
use super::{Gazetteer, Mentions};
use crate::lexicon::{Lexicon, WordList};

/// Names that the tables lack, gathered over articles.
#[derive(Debug, Default)]
pub struct Suggestions {
    people: BTreeMap<EntityId, (Entity, u32)>,
    names: BTreeMap<String, Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    articles: u32,
    /// Words around the first one.
    example: String,
}

impl Suggestions {
    /// Adds what `article` names beyond `found`.
    pub fn add(
        &mut self,
        lexicon: &Lexicon,
        article: &Article,
        document: &Document,
        found: &Mentions,
    ) {
        let mut people: Vec<&EntityId> = Vec::new();
        for mention in &found.mentions {
            for id in &mention.entities {
                if let Some(entity) = found.directory.get(id)
                    && entity.discovered
                    && id.is_person()
                    && !people.contains(&id)
                {
                    people.push(id);
                    let entry = self.people.entry(id.clone());
                    entry.or_insert_with(|| (entity.clone(), 0)).1 += 1;
                }
            }
        }
        let mut names: BTreeMap<String, Span<Byte>> = BTreeMap::new();
        let mut mentions = found.mentions.iter().map(|mention| mention.span).peekable();
        for sentence in &document.sentences {
            if matches!(sentence.kind, SentenceKind::Headline | SentenceKind::Teaser) {
                continue;
            }
            let mut run: Option<Span<Byte>> = None;
            for (n, token) in sentence.tokens.iter().enumerate() {
                while mentions.next_if(|span| span.end() <= token.span.start()).is_some() {}
                let covered = mentions.peek().is_some_and(|span| span.overlaps(token.span));
                let word = token.span.of(&article.text);
                let is_name = !covered
                    && word.chars().count() >= 2
                    && is_capitalized(word)
                    && word.chars().all(char::is_alphabetic)
                    && !lexicon.has_any_case(WordList::NoNameWord, word)
                    && !is_title_word(lexicon, word)
                    // A capital at the start of a sentence tells nothing.
                    && (n > 0 || is_upper(word));
                if is_name {
                    run = Some(run.map_or(token.span, |run| run.join(token.span)));
                } else if let Some(run) = run.take() {
                    names.entry(normal_space(run.of(&article.text))).or_insert(run);
                }
            }
            if let Some(run) = run {
                names.entry(normal_space(run.of(&article.text))).or_insert(run);
            }
        }
        for (name, span) in names {
            let seen = self.names.entry(name).or_default();
            seen.articles += 1;
            if seen.example.is_empty() {
                seen.example = around(&article.text, span);
            }
        }
    }

    /// Writes rows for the tables, the most frequent first, of names in `least` articles or more.
    /// Lines that begin with `#` are comments, which the tables may hold too.
    ///
    /// # Errors
    ///
    /// If `out` fails.
    pub fn write(
        &self,
        gazetteer: &Gazetteer,
        least: u32,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        let mut people: Vec<_> = self.people.values().filter(|(_, n)| *n >= least).collect();
        people.sort_by_key(|(entity, n)| (std::cmp::Reverse(*n), entity.id.clone()));
        writeln!(out, "# people.csv: introduced by title and name")?;
        writeln!(out, "id,name,surname,aliases,gender,state,offices,standalone")?;
        for (entity, n) in people {
            writeln!(out, "# {}", articles(*n))?;
            write_row(out, &person_row(entity))?;
        }
        let mut names: Vec<_> = self.names.iter().filter(|(_, s)| s.articles >= least).collect();
        names.sort_by_key(|(name, seen)| (std::cmp::Reverse(seen.articles), (*name).clone()));
        let (people, others): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|(name, _)| is_person_like(gazetteer, name));
        writeln!(out, "\n# people.csv: named like people, without a title")?;
        writeln!(out, "id,name,surname,aliases,gender,state,offices,standalone")?;
        for (name, seen) in people {
            let Some(id) = slug(name).and_then(|s| EntityId::new(EntityKind::Person, &s).ok())
            else {
                continue;
            };
            let mut entity = Entity::bare(id, name.clone());
            let given = name.split(' ').next().unwrap_or_default();
            entity.gender = gazetteer.given_names.gender(&fold(given));
            writeln!(out, "# {}: {}", articles(seen.articles), seen.example)?;
            write_row(out, &person_row(&entity))?;
        }
        writeln!(out, "\n# organizations.csv: other capitalised names")?;
        writeln!(out, "id,name,aliases,type,state,organs")?;
        for (name, seen) in others {
            let words: Vec<_> = fold(name).split(' ').map(str::to_lowercase).collect();
            let Ok(id) = EntityId::new(EntityKind::Organization, &words.join("-")) else {
                continue;
            };
            writeln!(out, "# {}: {}", articles(seen.articles), seen.example)?;
            write_row(out, &[id.as_str(), name, "", "", "", ""])?;
        }
        Ok(())
    }
}

fn articles(n: u32) -> String {
    if n == 1 { "1 article".to_owned() } else { format!("{n} articles") }
}

fn person_row(entity: &Entity) -> Vec<String> {
    let surname = entity.name.rsplit(' ').next().unwrap_or_default();
    let offices = entity.offices.iter();
    let offices: Vec<_> =
        offices.map(|office| format!("{}|{}||", office.title, office.holder)).collect();
    vec![
        entity.id.to_string(),
        entity.name.clone(),
        surname.to_owned(),
        String::new(),
        entity.gender.map_or("", Gender::as_str).to_owned(),
        entity.state.as_ref().map_or("", EntityId::slug).to_owned(),
        offices.join(";"),
        "no".to_owned(),
    ]
}

fn write_row<T: AsRef<[u8]>>(out: &mut dyn Write, row: &[T]) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(row)?;
    writer.flush()
}

/// Two or three words, the first a given name of someone in the gazetteer.
fn is_person_like(gazetteer: &Gazetteer, name: &str) -> bool {
    let words: Vec<_> = name.split(' ').collect();
    matches!(words.len(), 2 | 3) && gazetteer.given_names.contains(&fold(words[0]))
}

fn normal_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn around(text: &str, span: Span<Byte>) -> String {
    let range = span.range();
    let from = text[..range.start].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let to = text[range.end..].char_indices().nth(30).map_or(text.len(), |(at, _)| range.end + at);
    normal_space(&text[from..to])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::read_document;

    #[test]
    fn suggested_rows_can_be_pasted() {
        let text = "Talks were held on Friday with Lithuanian Foreign Minister Jonas Example. \
                    He praised Umbrella Works and met Vladimir Somebody there.";
        let article =
            Article { info: std::sync::Arc::default(), text: text.to_owned(), body_start: 0 };
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        let document = read_document(&lexicon, &article);
        let found = gazetteer.find_mentions(&article, &document);
        let mut suggestions = Suggestions::default();
        suggestions.add(&lexicon, &article, &document, &found);
        let mut out = Vec::new();
        suggestions.write(&gazetteer, 1, &mut out).unwrap();
        let rows: Vec<_> = std::str::from_utf8(&out)
            .unwrap()
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains(':'))
            .collect();
        assert_eq!(
            rows,
            [
                "person:jonas-example,Jonas Example,Example,,m,LTU,Foreign Minister|state:LTU||,no",
                "person:vladimir-somebody,Vladimir Somebody,Somebody,,m,,,no",
                "organization:umbrella-works,Umbrella Works,,,,",
            ]
        );
    }
}

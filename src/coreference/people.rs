//! Descriptions of a person by an office: "the minister", "the Russian leader", "his Chinese
//! counterpart".

use crate::lexicon::{FunctionWord, WordList};
use crate::model::{EntityId, MentionForm, Span};

use super::Resolver;
use super::referents::{Referent, SyntacticRole, best};
use super::words::{COUNTERPART, DESCRIPTION_REACH, FARTHEST_REACH, Phrase};

impl Resolver<'_> {
    /// Whom a description of a person means. `owner` is whose counterpart is meant, if it is one.
    pub(super) fn find_person(
        &self,
        n: usize,
        phrase: &Phrase,
        owner: Option<&Referent>,
    ) -> Option<Referent> {
        let text = self.text;
        let bare_capital = text.word(n, phrase.end - 1).starts_with(char::is_uppercase);
        if text.word(n, phrase.end) == "-"
            || text.function(n, phrase.end) == Some(FunctionWord::Of)
            || bare_capital && phrase.of.is_some()
        {
            return None;
        }
        let protagonist = self.discourse.protagonist.as_ref();
        let candidates = self.discourse.recent(n, FARTHEST_REACH).filter_map(|referent| {
            let id = referent.single().filter(|id| id.is_person())?;
            // "NAME, the president's adviser": not the same one.
            let is_apposition = text.is_genitive(n, phrase.end)
                && referent.sentence == n
                && referent.tokens.end() + 1 == phrase.start;
            // A bare office goes back a few sentences; a state beside it narrows it enough.
            let is_near = phrase.of.is_some()
                || owner.is_some()
                || referent.sentence + DESCRIPTION_REACH >= n
                || protagonist == Some(id);
            let fits = owner.is_none_or(|owner| owner.entities != referent.entities)
                && !is_apposition
                && is_near
                && self.fits_office(id, phrase, owner);
            fits.then_some(referent)
        });
        let scored = candidates.map(|referent| {
            let mut score = 60 - 5 * referent.distance(n).min(9);
            if referent.role == SyntacticRole::Subject {
                score += 4;
            }
            (score, referent)
        });
        best(scored).or_else(|| self.find_named_later(n, phrase))
    }

    /// "The Russian president" whose name comes only later: the only one in the article who fits.
    fn find_named_later(&self, n: usize, phrase: &Phrase) -> Option<Referent> {
        let highest = self.text.lexicon.has(WordList::HighOffice, &phrase.head);
        if !highest || phrase.of.is_none() {
            return None;
        }
        let index = self.only_named(|id| self.fits_office(id, phrase, None))?;
        Some(self.named_elsewhere(n, phrase, index))
    }

    /// What a phrase means that stands for the mention by name of that index, wherever that is.
    pub(super) fn named_elsewhere(&self, n: usize, phrase: &Phrase, index: usize) -> Referent {
        Referent {
            entities: self.text.named[index].entities.clone(),
            sentence: n,
            tokens: Span::new(phrase.start, phrase.end),
            head: phrase.end - 1,
            role: SyntacticRole::Object,
            form: MentionForm::Description,
            plural: false,
            antecedent: Some(index),
        }
    }

    /// The first mention by name of the only person in the article of whom `fits` is true.
    pub(super) fn only_named(&self, fits: impl Fn(&EntityId) -> bool) -> Option<usize> {
        let named = self.text.named.iter().enumerate();
        let mut people = named.filter_map(|(index, mention)| {
            let id = mention.entity().filter(|id| id.is_person() && fits(id))?;
            Some((index, id))
        });
        let (index, first) = people.next()?;
        people.all(|(_, id)| id == first).then_some(index)
    }

    /// Whether a person holds an office that the phrase describes.
    pub(super) fn fits_office(
        &self,
        id: &EntityId,
        phrase: &Phrase,
        owner: Option<&Referent>,
    ) -> bool {
        let lexicon = self.text.lexicon;
        let Some(person) = self.directory.get(id) else { return false };
        let of_fits = phrase.of.as_ref().is_none_or(|of| {
            person.state.as_ref() == Some(of) || person.offices.iter().any(|o| o.holder == *of)
        });
        if !of_fits {
            return false;
        }
        if let Some(owner) = owner {
            // A counterpart of another state in a like office.
            let Some(other) = owner.single() else { return phrase.of.is_some() };
            let Some(other) = self.directory.get(other) else { return false };
            return phrase.of.is_some() && other.state != person.state;
        }
        // An office that ended before the article was written is told as a former one.
        let former = phrase.modifiers.iter().any(|word| lexicon.has(WordList::FormerHolder, word));
        let year = self.text.article.info.date.map(|date| date.first().year());
        let ended = |to: Option<i16>| to.zip(year).is_some_and(|(to, year)| to < year);
        phrase.head != COUNTERPART
            && person.offices.iter().any(|office| {
                (former || !ended(office.to))
                    && phrase.fits_title(lexicon, &office.title.to_lowercase())
            })
    }
}

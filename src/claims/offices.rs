//! Who holds which office: titles before names, appositions after them, predicates, and bare
//! titles whose state is known.
//!
//! Works on words and mentions alone: titles are where parsers err most, and word order tells.

use strum::Display;

use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{A, An, And, At, By, For, From, In, Of, On, The, To};
use crate::lexicon::{WordList, WordPairs};
use crate::model::{Entity, EntityId, MentionForm, Office, Span, TokenIndex, TokenUnit, Upos};

/// An office found at a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The person's mention in the view.
    pub(crate) person: usize,
    pub(crate) holder: EntityId,
    /// The mention of the holder; `None` where only the directory tells.
    pub(crate) holder_mention: Option<usize>,
    /// The words of the office.
    pub(crate) role: Span<TokenUnit>,
    pub(crate) form: Form,
}

/// Where an office was found, as the name of its rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Form {
    /// Before a name.
    Title,
    /// Behind a name.
    Apposition,
    /// Behind a copula.
    Predicate,
    /// Behind a name, where only the directory tells whom the person serves.
    Context,
    /// Before a name, where only the directory tells whom the person serves.
    BareTitle,
}

/// Every office that a sentence gives to a named person.
pub(crate) fn offices(view: &View<'_>, year: Option<i16>) -> Vec<Held> {
    let mut found: Vec<Held> = Vec::new();
    for (index, mention) in view.mentions.iter().enumerate() {
        let named = mention.form == MentionForm::Name
            && mention.entities.len() == 1
            && mention.entities[0].is_person();
        if !named {
            continue;
        }
        let held = before(view, index, year)
            .or_else(|| after(view, index))
            .or_else(|| predicate(view, index));
        if let Some(held) = held
            && !found.iter().any(|known| {
                known.holder == held.holder
                    && view.mentions[known.person].entities == mention.entities
            })
        {
            found.push(held);
        }
    }
    found
}

fn is_office(view: &View<'_>, token: TokenIndex) -> bool {
    // "Secretary-General" may be one token or three.
    view.is(WordList::Office, token)
        && view.actor(token).is_none_or(|m| view.mentions[m].form != MentionForm::Name)
}

/// Whether a word can stand inside of a title.
fn in_title(view: &View<'_>, token: TokenIndex) -> bool {
    matches!(view.upos(token), Upos::Noun | Upos::ProperNoun | Upos::Adjective | Upos::Other)
        && !view.form_is(WordList::Honorific, token)
        || joins_title(view, token)
        || view.is_possessive_mark(token)
        || matches!(view.word(token), "&" | "/" | "[" | "]")
        || view.actor(token).is_some()
        || view.is(WordList::OfficeModifier, token)
        || is_office(view, token)
}

/// Whether a word joins the parts of a title: "of", a hyphen.
fn joins_title(view: &View<'_>, token: TokenIndex) -> bool {
    matches!(view.function(token), Some(Of | For | And | On | To))
        || matches!(view.word(token), "-" | "–")
}

/// Whether the token is part of a person's name.
fn is_in_name(view: &View<'_>, token: TokenIndex) -> bool {
    view.actor(token).is_some_and(|m| {
        view.mentions[m].entities.iter().any(EntityId::is_person)
            && view.mentions[m].form == MentionForm::Name
    })
}

/// A title before the name: "Russian defence minister Sergei Shoigu", "the White House spokesman,
/// John Kirby".
fn before(view: &View<'_>, person: usize, year: Option<i16>) -> Option<Held> {
    let mention = view.mentions[person];
    let mut last = view.step(TokenIndex(mention.tokens.start()), -1)?;
    // "Its spokesman, Colonel Doe"
    let is_aside = |token| {
        let before = view.step(token, -1);
        view.form_is(WordList::PersonsTitle, token)
            && before.is_some_and(|before| view.word(before) == ",")
    };
    while view.form_is(WordList::Abbreviated, last) || is_aside(last) || view.word(last) == "(" {
        last = view.step(last, -1)?;
    }
    let comma = view.word(last) == ",";
    if comma {
        last = view.step(last, -1)?;
        // The name stands between commas, or ends the sentence.
        let closes = |end| matches!(view.word(end), "," | "." | "\"" | "”" | ")" | "—" | "–");
        if !view.behind(mention).is_none_or(closes) {
            return None;
        }
    }
    let mut first = None;
    let mut at = last;
    for n_words in 0..15 {
        let joins_nothing = n_words == 0 && joins_title(view, at);
        // "President of the Kyrgyz Republic".
        let of_the = view.function(at) == Some(The)
            && view.step(at, -1).is_some_and(|before| view.function(before) == Some(Of));
        if !in_title(view, at) && !of_the || is_in_name(view, at) || joins_nothing {
            break;
        }
        first = Some(at);
        match view.step(at, -1) {
            Some(next) => at = next,
            None => break,
        }
    }
    let region = Span::<TokenUnit>::new(first?.0, last.0 + 1);
    held_in(view, person, region, year, Form::Title)
}

/// An apposition after the name: "Kirby, the White House spokesman,".
fn after(view: &View<'_>, person: usize) -> Option<Held> {
    let comma = view.behind(view.mentions[person])?;
    if !matches!(view.word(comma), "," | "(" | "—" | "–") {
        return None;
    }
    let start = view.step(comma, 1)?;
    let first = past(view, start, |token| view.form_is(WordList::AppositionOpening, token))?;
    region_after(view, person, first)
}

/// A predicate: "Xi is president of China".
fn predicate(view: &View<'_>, person: usize) -> Option<Held> {
    let verb = view.behind(view.mentions[person])?;
    if !view.form_is(WordList::OfficeCopula, verb) {
        return None;
    }
    let is_article = |token| matches!(view.function(token), Some(The | A | An));
    let first = past(view, view.step(verb, 1)?, is_article)?;
    region_after(view, person, first).map(|held| Held { form: Form::Predicate, ..held })
}

/// The first token from `at` on that is not `passed`.
fn past(
    view: &View<'_>,
    mut at: TokenIndex,
    passed: impl Fn(TokenIndex) -> bool,
) -> Option<TokenIndex> {
    while passed(at) {
        at = view.step(at, 1)?;
    }
    Some(at)
}

/// The office in the words from `first` on, as far as they may be a title.
fn region_after(view: &View<'_>, person: usize, first: TokenIndex) -> Option<Held> {
    let mut last = None;
    let mut at = first;
    while (in_title(view, at) || view.function(at) == Some(The)) && at.0 - first.0 < 14 {
        if is_in_name(view, at) {
            // The words before it are the other one's title.
            return None;
        }
        last = Some(at);
        match view.step(at, 1) {
            Some(next) => at = next,
            None => break,
        }
    }
    let region = Span::<TokenUnit>::new(first.0, last?.0 + 1);
    held_in(view, person, region, None, Form::Apposition)
}

/// The office and its holder in a stretch of words.
fn held_in(
    view: &View<'_>,
    person: usize,
    region: Span<TokenUnit>,
    year: Option<i16>,
    form: Form,
) -> Option<Held> {
    let tokens = || region.range().map(TokenIndex::new);
    let office = tokens().rfind(|&t| is_office(view, t))?;
    let start = TokenIndex(region.start());
    let before = view.step(start, -1);
    if tokens().chain(before).any(|t| view.is(WordList::FormerOffice, t)) {
        return None;
    }
    let holder_at = |token: TokenIndex| {
        let mention = view.actor(token)?;
        let is_holder = matches!(
            &view.mentions[mention].entities[..],
            [only] if only.is_actor() && !only.is_person() && !only.is_group()
        );
        is_holder.then_some(mention)
    };
    let holder_before = tokens().take_while(|&t| t <= office).filter_map(holder_at).last();
    // "President of Russia".
    let holder_behind = tokens().skip_while(|&t| t <= office).find_map(holder_at);
    let role = role(view, region, office, holder_before, holder_behind)?;
    let held =
        |holder, holder_mention, form| Some(Held { person, holder, holder_mention, role, form });
    if let Some(mention) = holder_before.or(holder_behind) {
        return held(view.mentions[mention].entities[0].clone(), Some(mention), form);
    }
    // "His defence minister".
    let pronoun = before.or(Some(start)).into_iter().chain(tokens()).find_map(|t| {
        let mention = view.actor(t)?;
        let of = view.mentions[mention];
        (of.form == MentionForm::Pronoun && of.entities.len() == 1).then_some(mention)
    });
    if let Some(mention) = pronoun {
        let holder = holder_by_pronoun(view, person, office, mention, year)?;
        // The office of somebody well known does not depend on a pronoun.
        let own = &view.mentions[person].entities[0];
        let known = view.directory.get(own).filter(|known| !known.discovered);
        let state = known.and_then(|known| known.state.as_ref());
        let foreign = holder.is_state() && state.is_some_and(|state| *state != holder);
        if view.mentions[mention].entities[0] != *own && !foreign {
            return held(holder, Some(mention), form);
        }
    }
    // Without a holder, only a head of state or government or a minister says whose, and whoever
    // is known to hold such an office.
    let entity = view.directory.get(&view.mentions[person].entities[0])?;
    let tells = view.is(WordList::HeadOffice, office) || holds(view, entity, office);
    if !tells || tokens().any(|token| view.form_is(WordList::OppositionOffice, token)) {
        return None;
    }
    let known = matches!(form, Form::Apposition | Form::Predicate);
    held(served(entity, year)?, None, if known { Form::Context } else { Form::BareTitle })
}

/// The words of the office: after the last holder before it, up to what belongs to it.
fn role(
    view: &View<'_>,
    region: Span<TokenUnit>,
    office: TokenIndex,
    holder_before: Option<usize>,
    holder_behind: Option<usize>,
) -> Option<Span<TokenUnit>> {
    let start = holder_before.map_or(region.start(), |m| view.mentions[m].tokens.end());
    let first = past(view, TokenIndex(start.min(office.0)), |token| {
        token < office
            && (view.is_possessive_mark(token)
                || matches!(view.function(token), Some(The | Of | And))
                || matches!(view.word(token), "-" | "]" | ","))
    })?;
    let first = behind_noun(view, first, office);
    let mut end = region.end();
    if let Some(mention) = holder_behind.filter(|&m| view.mentions[m].tokens.start() > office.0) {
        // "Secretary-General of NATO": the role ends before "of".
        let ends = |token| matches!(view.function(token), Some(Of | For | To | The | In | At));
        end = view.mentions[mention].tokens.start();
        while end > office.0 + 1 && ends(TokenIndex(end - 1)) {
            end -= 1;
        }
    }
    Some(Span::new(first.0, end.max(office.0 + 1)))
}

/// Where an office begins in the words from `first` on: "Readout of President" is no office, "Minister
/// of Defence and Deputy Prime Minister" is one.
fn behind_noun(view: &View<'_>, first: TokenIndex, office: TokenIndex) -> TokenIndex {
    let until = |end: TokenIndex| (first.0..end.0).map(TokenIndex);
    let ends = |&token: &TokenIndex| match view.function(token) {
        Some(On | By | From) => true,
        Some(Of) => !until(token).any(|before| is_office(view, before)),
        _ => false,
    };
    let Some(preposition) = until(office).rfind(ends) else { return first };
    let is_word = |&token: &TokenIndex| view.function(token) != Some(The);
    (preposition.0 + 1..office.0).map(TokenIndex).find(is_word).unwrap_or(office)
}

/// Whom an office serves by the pronoun before it: whom the pronoun means, or that one's state.
fn holder_by_pronoun(
    view: &View<'_>,
    person: usize,
    office: TokenIndex,
    pronoun: usize,
    year: Option<i16>,
) -> Option<EntityId> {
    let whose = &view.mentions[pronoun].entities[0];
    if view.lemma_is(WordList::Counterpart, office) {
        // "His counterpart" serves another state.
        served(view.directory.get(&view.mentions[person].entities[0])?, year)
    } else if whose.is_person() {
        served(view.directory.get(whose)?, year)
    } else {
        Some(whose.clone())
    }
}

/// Whether one of the known offices of a person is of this kind: "spokesman" is.
fn holds(view: &View<'_>, entity: &Entity, office: TokenIndex) -> bool {
    const SPOKES: &str = "spokes";
    let title = view.lemma(office);
    let kind = if title.starts_with(SPOKES) { SPOKES } else { title };
    // "Advisor" is an "adviser".
    let parts = view.lexicon.values(WordPairs::OfficeTitle, title).unwrap_or_default();
    let is_meant = |known: &Office| {
        let known = known.title.to_lowercase();
        let same = |part: &str| title.starts_with(part) && known.contains(part);
        known.contains(kind) || parts.iter().any(|part| same(part))
    };
    !entity.discovered
        && !view.lemma_is(WordList::LocalOffice, office)
        && entity.offices.iter().any(is_meant)
}

/// Whom a person served in `year`, else last.
fn served(entity: &Entity, year: Option<i16>) -> Option<EntityId> {
    let in_office = |office: &&Office| office.is_held_in(year);
    let of_state = |office: &&Office| office.holder.is_state();
    let offices = || entity.offices.iter().rev();
    // Offices of a state before those of a party.
    offices()
        .filter(in_office)
        .find(of_state)
        .or_else(|| offices().find(in_office))
        .or_else(|| offices().find(of_state))
        .or(entity.offices.last())
        .map(|office| office.holder.clone())
}

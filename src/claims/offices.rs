//! Who holds which office: titles before names, appositions after them, predicates, and bare
//! titles whose state is known.
//!
//! Works on words and mentions alone: titles are where parsers err most, and word order tells.

use crate::clauses::view::View;
use crate::lexicon::WordList;
use crate::model::{
    Entity, EntityId, Mention, MentionForm, Modality, Span, TokenIndex, TokenUnit, Upos,
};

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
    pub(crate) modality: Modality,
    /// Where it was found: part of the rule's name.
    pub(crate) form: &'static str,
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
            .or_else(|| predicate(view, index))
            .or_else(|| designated(view, index));
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
    let word = view.word(token);
    matches!(view.upos(token), Upos::Noun | Upos::ProperNoun | Upos::Adjective | Upos::Other)
        && !matches!(word, "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms.")
        || matches!(
            word,
            "of" | "for"
                | "and"
                | "-"
                | "–"
                | "'s"
                | "’s"
                | "'"
                | "’"
                | "&"
                | "/"
                | "["
                | "]"
                | "general"
                | "on"
                | "to"
        )
        || view.actor(token).is_some()
        || view.is(WordList::OfficeModifier, token)
        || is_office(view, token)
}

/// A title before the name: "Russian defence minister Sergei Shoigu", "the White House spokesman,
/// John Kirby".
fn before(view: &View<'_>, person: usize, year: Option<i16>) -> Option<Held> {
    let mention = view.mentions[person];
    let mut last = view.step(TokenIndex(mention.tokens.start()), -1)?;
    while matches!(
        view.word(last),
        "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms." | "(" | "gen." | "dr."
    ) {
        last = view.step(last, -1)?;
    }
    let comma = view.word(last) == ",";
    if comma {
        last = view.step(last, -1)?;
        // The name stands between commas, or ends the sentence.
        let end = TokenIndex(mention.tokens.end());
        if end.index() < view.len()
            && !matches!(view.word(end), "," | "." | "\"" | "”" | ")" | "—" | "–")
        {
            return None;
        }
    }
    // "Presidents Putin and Kim Jong Un": the title stands before the first name.
    let mut shared = false;
    if matches!(view.word(last), "and" | ",")
        && !comma
        && let Some(other) = view.step(last, -1)
        && let Some(other) = view.actor(other)
        && view.mentions[other].entities.iter().all(EntityId::is_person)
    {
        let first = TokenIndex(view.mentions[other].tokens.start());
        let title = view.step(first, -1)?;
        if view.word(title).ends_with('s') && is_office(view, title) {
            last = title;
            shared = true;
        }
    }
    let mut first = None;
    let mut at = last;
    let mut n_words = 0;
    loop {
        let is_person = view.actor(at).is_some_and(|m| {
            view.mentions[m].entities.iter().any(EntityId::is_person)
                && view.mentions[m].form == MentionForm::Name
        });
        let preposition_first =
            matches!(view.word(at), "of" | "for" | "and" | "on" | "to" | "-" | "–") && n_words == 0;
        if !in_title(view, at) || is_person || preposition_first || n_words > 14 {
            break;
        }
        first = Some(at);
        n_words += 1;
        match view.step(at, -1) {
            Some(next) => at = next,
            None => break,
        }
    }
    let first = first?;
    let region = Span::<TokenUnit>::new(first.0, last.0 + 1);
    held_in(view, person, region, year, if shared { "shared-title" } else { "title" })
}

/// An apposition after the name: "Kirby, the White House spokesman,".
fn after(view: &View<'_>, person: usize) -> Option<Held> {
    let mention = view.mentions[person];
    let comma = TokenIndex(mention.tokens.end());
    if comma.index() >= view.len() || !matches!(view.word(comma), "," | "(" | "—" | "–") {
        return None;
    }
    let mut first = view.step(comma, 1)?;
    let mut had_determiner = false;
    while matches!(
        view.word(first),
        "the"
            | "a"
            | "an"
            | "who"
            | "is"
            | "has"
            | "been"
            | "became"
            | "its"
            | "his"
            | "her"
            | "then"
            | "now"
            | "also"
            | "currently"
    ) {
        had_determiner = true;
        first = view.step(first, 1)?;
    }
    region_after(view, person, first, had_determiner)
}

/// A predicate: "Xi is president of China", "who heads", "serves as".
fn predicate(view: &View<'_>, person: usize) -> Option<Held> {
    let mention = view.mentions[person];
    let verb = TokenIndex(mention.tokens.end());
    if verb.index() >= view.len()
        || !matches!(view.word(verb), "is" | "became" | "becomes" | "remains")
    {
        return None;
    }
    let mut first = view.step(verb, 1)?;
    while matches!(view.word(first), "the" | "a" | "an") {
        first = view.step(first, 1)?;
    }
    region_after(view, person, first, true).map(|held| Held { form: "predicate", ..held })
}

fn region_after(
    view: &View<'_>,
    person: usize,
    first: TokenIndex,
    had_determiner: bool,
) -> Option<Held> {
    let mut last = None;
    let mut at = first;
    while (in_title(view, at) || matches!(view.word(at), "the")) && at.0 - first.0 < 14 {
        let is_other_person = view.actor(at).is_some_and(|m| {
            view.mentions[m].form == MentionForm::Name
                && view.mentions[m].entities.iter().any(EntityId::is_person)
        });
        if is_other_person {
            // The words before it are the other one's title: unless a comma closed ours.
            return None;
        }
        last = Some(at);
        match view.step(at, 1) {
            Some(next) => at = next,
            None => break,
        }
    }
    let last = last?;
    let region = Span::<TokenUnit>::new(first.0, last.0 + 1);
    let has_office = region.range().map(TokenIndex::new).any(|t| is_office(view, t));
    // "Putin, Russia and": a bare list has no office.
    if !has_office
        || (!had_determiner
            && view.actor(first).is_none()
            && !is_office(view, first)
            && !view.is(WordList::OfficeModifier, first)
            && view.upos(first) != Upos::Noun
            && view.upos(first) != Upos::Adjective)
    {
        return None;
    }
    // Whether what follows is the name of somebody else: then it was that one's title.
    if let Some(next) = view.step(last, 1)
        && view
            .actor(next)
            .is_some_and(|m| view.mentions[m].entities.iter().any(EntityId::is_person))
        && view.word(next) != ","
    {
        return None;
    }
    held_in(view, person, region, None, "apposition")
}

/// "named X as envoy", "picked X to be".
fn designated(view: &View<'_>, person: usize) -> Option<Held> {
    let mention = view.mentions[person];
    let mut at = TokenIndex(mention.tokens.end());
    if at.index() >= view.len() {
        return None;
    }
    let verb = (1..=4).filter_map(|gap| view.step(TokenIndex(mention.tokens.start()), -gap)).find(
        |&t| {
            matches!(
                view.lemma(t),
                "name"
                    | "appoint"
                    | "pick"
                    | "nominate"
                    | "choose"
                    | "designate"
                    | "tap"
                    | "select"
            )
        },
    )?;
    let _ = verb;
    if !matches!(view.word(at), "as" | "to") {
        return None;
    }
    at = view.step(at, 1)?;
    while matches!(
        view.word(at),
        "be" | "the" | "a" | "his" | "her" | "its" | "their" | "new" | "next" | "serve" | "as"
    ) {
        at = view.step(at, 1)?;
    }
    let held = region_after(view, person, at, true)?;
    Some(Held { modality: Modality::Prospective, form: "designated", ..held })
}

/// The office and its holder in a stretch of words.
fn held_in(
    view: &View<'_>,
    person: usize,
    region: Span<TokenUnit>,
    year: Option<i16>,
    form: &'static str,
) -> Option<Held> {
    let tokens: Vec<TokenIndex> = region.range().map(TokenIndex::new).collect();
    let office = *tokens.iter().rfind(|&&t| is_office(view, t))?;
    if tokens.iter().any(|&t| view.is(WordList::FormerOffice, t)) {
        return None;
    }
    let preceded_by_former =
        view.step(tokens[0], -1).is_some_and(|t| view.is(WordList::FormerOffice, t));
    if preceded_by_former {
        return None;
    }
    let is_holder = |mention: &Mention| {
        mention.entities.len() == 1
            && mention.entities.iter().all(|e| !e.is_person() && e.is_actor())
    };
    // After the office: "president of Russia", "minister for".
    let behind = tokens
        .iter()
        .filter(|&&t| t > office)
        .find_map(|&t| view.actor(t).filter(|&m| is_holder(view.mentions[m])));
    let before: Vec<usize> = tokens
        .iter()
        .filter(|&&t| t <= office)
        .filter_map(|&t| view.actor(t))
        .filter(|&m| is_holder(view.mentions[m]))
        .collect();
    let holder_mention = before.last().copied().or(behind);
    // The role: after the last holder before the office, up to what belongs to it.
    let start = before.last().map_or(tokens[0].0, |&m| view.mentions[m].tokens.end());
    let mut first = TokenIndex(start.min(office.0));
    while first < office
        && (matches!(
            view.word(first),
            "'s" | "’s" | "'" | "’" | "the" | "of" | "and" | "-" | "]" | ","
        ) || view.upos(first) == Upos::Verb)
    {
        first = view.step(first, 1)?;
    }
    let of_end = match behind {
        Some(m) if before.is_empty() || view.mentions[m].tokens.start() > office.0 => {
            // "Secretary-General of NATO": the role ends before "of".
            let start = view.mentions[m].tokens.start();
            let mut end = start;
            while end > office.0 + 1
                && matches!(
                    view.word(TokenIndex(end - 1)),
                    "of" | "for" | "to" | "the" | "in" | "at"
                )
            {
                end -= 1;
            }
            end
        }
        _ => tokens.last().expect("a region is not empty").0 + 1,
    };
    let role = Span::new(first.0, of_end.max(office.0 + 1));
    let modality = Modality::Asserted;
    if let Some(mention) = holder_mention {
        let holder = view.mentions[mention].entities[0].clone();
        return Some(Held { person, holder, holder_mention, role, modality, form });
    }
    // "his defence minister": whom the pronoun means, or whose state it is.
    let pronoun = view
        .step(tokens[0], -1)
        .or(Some(tokens[0]))
        .into_iter()
        .chain(tokens.iter().copied())
        .find_map(|t| {
            let mention = view.actor(t)?;
            (view.mentions[mention].form == MentionForm::Pronoun
                && view.mentions[mention].entities.len() == 1)
                .then_some(mention)
        });
    if let Some(mention) = pronoun {
        let whose = &view.mentions[mention].entities[0];
        // "His counterpart" serves another state.
        let counterpart = view.lemma(office) == "counterpart";
        let holder = if counterpart {
            let own = view.directory.get(&view.mentions[person].entities[0])?;
            served(own, year)?
        } else if whose.is_person() {
            let entity = view.directory.get(whose)?;
            served(entity, year)?
        } else {
            whose.clone()
        };
        let own = view.directory.get(&view.mentions[person].entities[0]);
        let known = own.filter(|own| !own.discovered).and_then(|own| own.state.as_ref());
        // Whose office it is of somebody well known is no matter of a pronoun.
        let foreign = holder.is_state() && known.is_some_and(|state| *state != holder);
        if whose != &view.mentions[person].entities[0] && !foreign {
            return Some(Held { person, holder, holder_mention: pronoun, role, modality, form });
        }
    }
    // Without a holder, only a head of state or government or a minister says whose, and whoever
    // is known to hold such an office.
    let opposition = tokens.iter().any(|&token| view.word(token) == "opposition");
    let entity = view.directory.get(&view.mentions[person].entities[0])?;
    if !(view.is(WordList::HeadOffice, office) || holds(entity, view.lemma(office))) || opposition {
        return None;
    }
    let form = if matches!(form, "apposition" | "predicate") { "context" } else { "bare-title" };
    let holder = served(entity, year)?;
    Some(Held { person, holder, holder_mention: None, role, modality, form })
}

/// Whether one of the known offices of a person is of this kind: "spokesman" is.
fn holds(entity: &Entity, office: &str) -> bool {
    let kind = if office.starts_with("spokes") { "spokes" } else { office };
    // Of a town or a region.
    let local = matches!(office, "mayor" | "governor");
    !entity.discovered
        && !local
        && entity.offices.iter().any(|known| known.title.to_lowercase().contains(kind))
}

/// Whom a person served in `year`, else last.
fn served(entity: &Entity, year: Option<i16>) -> Option<EntityId> {
    let in_office = |office: &&crate::model::Office| {
        year.is_none_or(|year| {
            office.from.is_none_or(|from| from <= year) && office.to.is_none_or(|to| year <= to)
        })
    };
    let of_state = |office: &&crate::model::Office| office.holder.is_state();
    let offices = || entity.offices.iter().rev();
    // Offices of a state before those of a party.
    offices()
        .filter(in_office)
        .find(of_state)
        .or_else(|| offices().find(in_office))
        .or_else(|| offices().find(of_state))
        .or(entity.offices.last())
        .map(|office| office.holder.clone())
        .or_else(|| entity.state.clone())
}

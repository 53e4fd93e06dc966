//! Who speaks by a word of saying, as far as its own sentence tells.

use crate::clauses::actors::Reach;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{As, By, From, It, Of, That, These, This, Those, Which};
use crate::lexicon::WordList;
use crate::model::{Attribution, Deprel, MentionForm, Span, TokenIndex, TokenUnit, Upos, Xpos};

/// Who speaks by the word of saying at `cue`.
pub(crate) fn speaker(view: &View<'_>, cue: TokenIndex) -> Option<Attribution> {
    let mut heads = Vec::new();
    if let Some((_, speaker)) = view.interrupted(cue) {
        heads.push(speaker);
    } else if let Some(quoted) = quoted(view, cue) {
        heads.extend(quoted);
    } else if let Some(said) =
        closing_noun(view, cue).and_then(|noun| name_speaker(view, noun, cue))
    {
        return Some(said);
    } else if view.is_verb(cue) {
        heads.extend(beside(view, cue));
        heads.extend(view.subjects(cue));
    } else if view.is_noun(cue) {
        heads.extend(view.by(cue, &[Deprel::NmodPoss]));
        if heads.is_empty() {
            heads.extend(view.premodifiers(cue));
        }
        if heads.is_empty() {
            heads.extend(
                view.obliques(cue)
                    .iter()
                    .filter(|phrase| {
                        phrase.distance == 0
                            && matches!(phrase.preposition, Some(By | From))
                            && view.actor(phrase.head).is_some()
                    })
                    .map(|phrase| phrase.head),
            );
        }
        if heads.is_empty() {
            if let Some(verb) = view.support_verb(cue) {
                heads.extend(view.subjects(verb));
            } else if let Some(verb) = view.head(cue)
                && matches!(view.deprel(cue), Deprel::Obj | Deprel::Obl)
                && view.is_verb(verb)
            {
                heads.extend(view.subjects(verb));
            }
        }
    } else {
        heads.extend(view.surface_subjects(cue, 0));
    }
    let mut named = heads.into_iter().filter_map(|head| name_speaker(view, head, cue));
    let first = named.next()?;
    if first.holder.is_some() {
        return Some(first);
    }
    // Of two subjects, as parsers give them at times, the one that is known.
    Some(named.find(|said| said.holder.is_some()).unwrap_or(first))
}

/// Whose words `cue` tells at second hand: whom somebody quotes, "quoted Lavrov as saying"; and who
/// goes on to say something, "Kim said, calling the trade a lifeline".
fn quoted(view: &View<'_>, cue: TokenIndex) -> Option<Vec<TokenIndex>> {
    if view.is(WordList::Quoting, cue) && view.is_verb(cue) {
        let passive = view.is_passive(cue) && view.by(cue, &[Deprel::Obj]).is_empty();
        let quoted =
            if passive { view.surface_subjects(cue, 0) } else { view.by(cue, &[Deprel::Obj]) };
        return Some(quoted).filter(|quoted| !quoted.is_empty());
    }
    let head = view.head(cue).filter(|_| view.xpos(cue) == Xpos::Vbg)?;
    if view.marker_function(cue) == Some(As) && view.is(WordList::Quoting, head) {
        return quoted(view, head);
    }
    let goes_on = view.deprel(cue) == Deprel::Advcl
        && view.marker(cue).is_none()
        && view.follows_comma(cue)
        && view.is(WordList::Reporting, head);
    goes_on.then(|| view.by(head, &[Deprel::Nsubj])).filter(|own| !own.is_empty())
}

/// The verb behind a noun of saying and its clause by which the claims are called untrue: "claims
/// that Iran sold drones were denied". Parsers often hang it on the noun.
pub(super) fn denied_behind(view: &View<'_>, claims: TokenIndex) -> Option<TokenIndex> {
    let behind = view.by(claims, &[Deprel::Ccomp, Deprel::Acl, Deprel::AclRelcl, Deprel::Conj]);
    behind.last().copied().filter(|&verb| verb > claims).filter(|&verb| {
        view.is(WordList::Denying, verb)
            && view.is_passive(verb)
            && view.marker(verb).is_none()
            && !view.by(verb, &[Deprel::AuxPass]).is_empty()
    })
}

/// The actor right before a finite verb of saying, or right behind one that a comma or quotation
/// mark opens: "…, Kirby says", "…, said Kirby".
fn beside(view: &View<'_>, cue: TokenIndex) -> Option<TokenIndex> {
    if !view.is_finite(cue) {
        return None;
    }
    let before = view.step(cue, -1)?;
    if closes_speech(view, before) {
        let behind = view.actor_by_order(cue)?;
        return view.subjects(cue).iter().all(|&subject| subject > cue).then_some(behind);
    }
    let mention = view.mentions[view.actor(before)?];
    let first = TokenIndex(mention.tokens.start());
    let follows_mark = view
        .step(first, -1)
        .is_some_and(|mark| closes_speech(view, mark) || view.is(WordList::Office, mark));
    (follows_mark && mention.form.is_named() && mention.form != MentionForm::Demonym)
        .then_some(before)
}

/// The noun right before a word of saying that closes its sentence, where a mark stands before its
/// phrase: "…, a watchdog says". Parsers often hang the speech's own subject on the verb.
pub(super) fn closing_noun(view: &View<'_>, cue: TokenIndex) -> Option<TokenIndex> {
    /// Most words of the phrase.
    const LONGEST: isize = 8;
    let complement = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj];
    let says_more = view.by(cue, &complement).iter().any(|&child| child > cue);
    if !view.is_finite(cue) || !view.is(WordList::Reporting, cue) || says_more {
        return None;
    }
    let is_auxiliary = |token: TokenIndex| view.upos(token) == Upos::Auxiliary;
    let noun =
        [-1, -2].into_iter().filter_map(|gap| view.step(cue, gap)).find(|&t| !is_auxiliary(t));
    let noun = noun.filter(|&noun| view.is_noun(noun) && view.actor(noun).is_none())?;
    let before = (1..LONGEST).map_while(|gap| view.step(noun, -gap)).find(|&token| {
        let belongs = matches!(
            view.upos(token),
            Upos::Determiner | Upos::Adjective | Upos::Noun | Upos::ProperNoun | Upos::Numeral
        );
        !belongs && !view.is_possessive_mark(token)
    })?;
    (closes_speech(view, before) && before.0 > 0).then_some(noun)
}

/// Whether a mark may stand between a speech and its word of saying.
pub(super) fn closes_speech(view: &View<'_>, mark: TokenIndex) -> bool {
    view.word(mark) == "," || view.is_quote(mark)
}

/// The speaker that the phrase at `head` names.
pub(crate) fn name_speaker(
    view: &View<'_>,
    head: TokenIndex,
    cue: TokenIndex,
) -> Option<Attribution> {
    let cue_span = Some(view.sentence.tokens[cue.index()].span);
    let head = view.relative_head(head).unwrap_or(head);
    if view.is_verb(cue)
        && view.is(WordList::Showing, cue)
        && matches!(view.function(head), Some(It | This | That | Which | These | Those))
    {
        return None;
    }
    let mut found = view.actors(head, Reach::Actor);
    let is_record = view.lemma_is(WordList::Record, head);
    // "One of the former officials", "former American officials": of no state any more.
    if is_former(view, head) && found.iter().all(|argument| argument.by_metonymy) {
        found.clear();
    } else if found.is_empty() && is_office(view, head) {
        // "His office", "Erdogan's office": the state that he leads.
        found = view.possessors(head, 0);
        for argument in &mut found {
            argument.entity = view.directory.state_of(&argument.entity);
            argument.by_metonymy = true;
        }
    } else if found.is_empty() && (is_record || view.lemma_is(WordList::Mouthpiece, head)) {
        found = view.possessors(head, 0);
        if found.is_empty() {
            let mut by = view.obliques(head).iter();
            let by = by.find(|phrase| phrase.distance == 0 && phrase.preposition == Some(By));
            found = by.map(|phrase| view.actors(phrase.head, Reach::Possessor)).unwrap_or_default();
        }
    }
    if let Some(argument) = found.into_iter().next() {
        let mention = argument.mention.map(|index| view.mentions[index]);
        let text = match mention {
            Some(mention) if mention.form != MentionForm::Pronoun && !argument.by_metonymy => {
                mention.span.of(view.text).to_owned()
            }
            Some(_) if argument.by_metonymy => phrase(view, head),
            _ => view.directory.name(&argument.entity).to_owned(),
        };
        return Some(Attribution {
            holder: Some(argument.entity),
            text,
            holder_span: mention.map(|mention| mention.span),
            cue_span,
        });
    }
    // "New intelligence suggests": things show, but do not speak.
    let counted = view.lemma_is(WordList::Partitive, head) || view.upos(head) == Upos::Numeral;
    let shows = view.is_verb(cue) && view.is(WordList::Showing, cue) && !is_record;
    if !(view.is_noun(head) || counted) || shows {
        return None;
    }
    let span = phrase_span(view, head);
    let text = view.sentence.bytes(span).of(view.text).to_owned();
    let holder_span = Some(view.sentence.bytes(span));
    Some(Attribution { holder: None, text, holder_span, cue_span })
}

/// Whether a phrase names those who held an office once: "a former ambassador".
fn is_former(view: &View<'_>, head: TokenIndex) -> bool {
    view.by(head, &[Deprel::Amod]).into_iter().any(|word| view.is(WordList::FormerOffice, word))
}

/// Whether a phrase names the office of somebody: "his office".
fn is_office(view: &View<'_>, head: TokenIndex) -> bool {
    view.lemma_is(WordList::VagueOrgan, head) && !view.by(head, &[Deprel::NmodPoss]).is_empty()
}

/// The words of the phrase at `head`, without clauses that hang on it.
fn phrase(view: &View<'_>, head: TokenIndex) -> String {
    view.sentence.bytes(phrase_span(view, head)).of(view.text).to_owned()
}

fn phrase_span(view: &View<'_>, head: TokenIndex) -> Span<TokenUnit> {
    let mut first = head;
    while let Some(before) = view.step(first, -1) {
        let inside = view.tree.is_within(before, head)
            && (!matches!(
                view.deprel(before),
                Deprel::Punct | Deprel::Case | Deprel::Mark | Deprel::Fixed
            ) || view.word(before) == "-");
        if !inside {
            break;
        }
        first = before;
    }
    let mut end = head;
    // "One of the officials": who they are stands behind the number.
    if !view.is_noun(head) {
        let mut of = view.obliques(head).iter();
        let of = of.find(|phrase| phrase.distance == 0 && phrase.preposition == Some(Of));
        end = of.map_or(head, |phrase| phrase.head.max(head));
    }
    Span::new(first.0, end.0 + 1)
}

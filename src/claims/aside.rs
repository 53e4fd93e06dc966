//! Who says it by a word of saying that stands beside what is said: "…, Kirby said on Monday",
//! "…, said Kirby", "Iran, Kirby said, sold drones"; and the speakers of headlines.
//!
//! The order of words and marks decides, where the tree does not join speech and word of saying.

use super::context::Context;
use super::speaker::{closes_speech, closing_noun, name_speaker, speaker};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    After, Although, And, As, Because, Before, But, If, Or, That, Though, When, Where, Which,
    While, Who, Whom, Whose,
};
use crate::lexicon::WordList;
use crate::model::{
    Attribution, Deprel, EntityId, SentenceKind, Span, TokenIndex, TokenUnit, Upos, Xpos,
};

/// How many tokens may stand between the mark before a speaker and the word of saying.
const LONGEST_SPEAKER: usize = 14;

/// Whether a mark may stand between what is said and who says it.
fn bounds(view: &View<'_>, mark: TokenIndex) -> bool {
    closes_speech(view, mark) || matches!(view.word(mark), "(" | ")" | "-" | "--" | "–" | "—")
}

/// Who says what `trigger` starts by a word of saying between marks: the last one, or one that
/// interrupts.
pub(super) fn speaker_aside(
    context: &Context<'_>,
    view: &View<'_>,
    trigger: TokenIndex,
) -> Option<Attribution> {
    let outside = |token: TokenIndex| {
        context.reading.voices.quotation(view.sentence.tokens[token.index()].span.start()).is_none()
    };
    let mut finite = view.tokens().rev().filter(|&token| {
        view.is_finite(token)
            && view.is_verb(token)
            && view.actor(token).is_none()
            && outside(token)
    });
    let last = finite.next()?;
    if last > trigger {
        return closes(view, last, trigger).then(|| beside(view, last, trigger))?;
    }
    std::iter::once(last).chain(finite).find_map(|cue| {
        (cue < trigger && interrupts(view, cue, trigger)).then(|| beside(view, cue, trigger))?
    })
}

/// Whether the last verb of a sentence may report what stands before it: nothing stands behind it
/// that it could report.
fn closes(view: &View<'_>, cue: TokenIndex, trigger: TokenIndex) -> bool {
    let addresses = view.lemma_is(WordList::Addressing, cue);
    let complement =
        view.by(cue, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj]).iter().any(|&child| {
            let is_object =
                view.deprel(child) == Deprel::Obj && (addresses || view.is(WordList::Quoting, cue));
            child > cue && !view.is_quote(child) && !is_object
        });
    // "Kim, who visited Moscow, warned": whose visit it is cannot be what he says of it.
    let of_subject = closing_noun(view, cue).is_none_or(|noun| noun < trigger)
        && view.by(cue, &[Deprel::Nsubj]).iter().any(|&subject| subject < trigger);
    // "After Iran sent rockets to Moscow, France warned Tehran", "in a letter to Paris, Rome
    // accused": what tells when or how is no speech.
    let tells_how = std::iter::once(trigger).chain(view.tree.ancestors(trigger)).any(|at| {
        view.head(at) == Some(cue)
            && match (view.deprel(at), view.marker_function(at)) {
                (Deprel::Advcl, Some(marker)) => marker != That,
                // "Iran sending rockets, officials say" has a subject of its own.
                (Deprel::Advcl, None) => {
                    matches!(view.xpos(at), Xpos::Vbg | Xpos::Vbn)
                        && view.by(at, &[Deprel::Nsubj]).is_empty()
                }
                (Deprel::Obl | Deprel::OblUnmarked, _) => true,
                _ => false,
            }
    });
    view.is(WordList::Reporting, cue) && !complement && !of_subject && !tells_how
}

/// Whether a verb stands with its speaker between two commas, the trigger behind them.
fn interrupts(view: &View<'_>, cue: TokenIndex, trigger: TokenIndex) -> bool {
    if !view.is(WordList::Reporting, cue) || is_of_speaker(view, cue, trigger) {
        return false;
    }
    let mut at = cue;
    for _ in 0..LONGEST_SPEAKER {
        let Some(next) = view.step(at, 1).filter(|&next| next < trigger) else { return false };
        at = next;
        if bounds(view, at) && !view.is_quote(at) {
            let addresses = view.lemma_is(WordList::Addressing, cue);
            let complement = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj];
            let own = view.by(cue, &complement).into_iter().any(|child| {
                // "As Kirby put it, …".
                let puts = view.lemma_is(WordList::Parenthetical, cue)
                    && view.upos(child) == Upos::Pronoun;
                let is_object = (addresses || puts) && view.deprel(child) == Deprel::Obj;
                cue < child && child < at && !is_object
            });
            return !own && view.step(at, 1).is_some_and(|next| !opens_another(view, next));
        }
        if view.is_verb(at) && view.actor(at).is_none() || view.function(at) == Some(That) {
            return false;
        }
    }
    false
}

/// Whether `trigger` stands in what is added about the speaker behind `cue`: "said Kirby, who
/// travelled to Kyiv".
fn is_of_speaker(view: &View<'_>, cue: TokenIndex, trigger: TokenIndex) -> bool {
    std::iter::once(trigger).chain(view.tree.ancestors(trigger)).any(|at| {
        matches!(view.deprel(at), Deprel::AclRelcl | Deprel::Acl | Deprel::Appos)
            && view.tree.subtree(at)[0] > cue
            && view.head(at).is_some_and(|noun| noun > cue || view.tree.is_within(noun, cue))
    })
}

/// Whether a word opens another clause, of which the word of saying before it says nothing.
fn opens_another(view: &View<'_>, word: TokenIndex) -> bool {
    matches!(
        view.function(word),
        Some(
            And | But
                | Or
                | Which
                | Who
                | Whom
                | Whose
                | That
                | While
                | When
                | Where
                | If
                | Because
                | After
                | Before
                | Although
                | Though
        )
    )
}

/// Who speaks by the word of saying at `cue`, if only a speaker stands between it and the mark
/// before it.
fn beside(view: &View<'_>, cue: TokenIndex, trigger: TokenIndex) -> Option<Attribution> {
    let mut at = cue;
    for _ in 0..LONGEST_SPEAKER {
        at = view.step(at, -1)?;
        if at == trigger || bounds(view, at) {
            break;
        }
        let auxiliary = matches!(view.deprel(at), Deprel::Aux | Deprel::AuxPass);
        if view.word(at) == ";"
            || view.is_verb(at)
                && !auxiliary
                && view.actor(at).is_none()
                && !view.is(WordList::Office, at)
        {
            return None;
        }
    }
    if at.0 == 0 || !bounds(view, at) {
        return None;
    }
    // "…, which Kyiv denied", "…, and Kyiv protested": of something else, or another sentence.
    let opening = view.step(at, 1)?;
    if opens_another(view, opening) || view.function(opening) == Some(As) && opening == cue {
        return None;
    }
    if view.step(cue, -1) == Some(at) {
        // "…, said Kirby", but not "Kim, who is ill, warned Seoul".
        let subjects = view.by(cue, &[Deprel::Nsubj]);
        if subjects.iter().any(|&subject| subject < cue) || is_closed_aside(view, at, trigger) {
            return None;
        }
        return match view.actor_by_order(cue) {
            Some(head) => name_speaker(view, head, cue),
            None => subjects.first().and_then(|&subject| name_speaker(view, subject, cue)),
        };
    }
    let own = (at.index() + 1..cue.index()).map(TokenIndex::new).any(|token| {
        view.actor(token).is_some() || view.is_noun(token) || view.upos(token) == Upos::Pronoun
    });
    own.then(|| speaker(view, cue))?
}

/// Whether the comma at `mark` closes an aside in which `trigger` stands, behind the subject of
/// what follows: "Iran, having sold rockets to Moscow, warned".
fn is_closed_aside(view: &View<'_>, mark: TokenIndex, trigger: TokenIndex) -> bool {
    std::iter::once(trigger).chain(view.tree.ancestors(trigger)).any(|at| {
        let aside = matches!(
            view.deprel(at),
            Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Appos
        );
        let first = view.tree.subtree(at)[0];
        aside
            && first.0 > 0
            && first < mark
            && (view.follows_comma(first) || view.word(first) == ",")
    })
}

/// "X: …" and "…: X" in headlines, and "…, X says" where the tree hides it.
pub(super) fn headline_speaker(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    let headline = view.sentence.kind == SentenceKind::Headline;
    let labelled = view.sentence.label(view.text).is_some_and(|label| {
        let mut tokens = label.range().map(TokenIndex::new);
        trigger.0 > label.end()
            && tokens.any(|token| {
                let named = view.actor(token).map(|mention| &view.mentions[mention].entities);
                named.is_some_and(|entities| entities.iter().all(EntityId::is_person))
            })
    });
    if !headline && !labelled && view.len() > 25 {
        return None;
    }
    if (headline || labelled)
        && let Some(said) = before_or_behind_colon(view, trigger)
    {
        return Some(said);
    }
    // "…, White House says".
    let mut last = TokenIndex::new(view.len() - 1);
    while view.upos(last) == Upos::Punctuation && last.0 > 0 {
        last = view.step(last, -1)?;
    }
    if last <= trigger || !view.is(WordList::Reporting, last) || view.actor(last).is_some() {
        return None;
    }
    let before = view.step(last, -1)?;
    if view.actor(before).is_none() && !view.is(WordList::Metonym, before) {
        return None;
    }
    // A mark stands before who says it: "despite Ukrainian claims" says nothing.
    let mut at = before;
    for _ in 0..6 {
        at = view.step(at, -1).filter(|&at| at > trigger)?;
        if closes_speech(view, at) || matches!(view.word(at), "-" | "–" | "—" | "--") {
            return name_speaker(view, before, last);
        }
        if !view.is_noun(at) && view.upos(at) != Upos::Adjective && view.actor(at).is_none() {
            let determiner = view.upos(at) == Upos::Determiner;
            if !determiner {
                return None;
            }
        }
    }
    None
}

/// The side of a headline's colon that only names somebody.
fn before_or_behind_colon(view: &View<'_>, trigger: TokenIndex) -> Option<Attribution> {
    let colons = view.tokens().filter(|&token| view.word(token) == ":");
    for token in colons {
        let before = Span::<TokenUnit>::new(0, token.0);
        let n_tokens = u32::try_from(view.len()).expect("sentences are short");
        let after = Span::<TokenUnit>::new(token.0 + 1, n_tokens);
        let side = if trigger > token { before } else { after };
        if side.is_empty() || side.len() > 6 {
            continue;
        }
        // The side is a name with at most a few words around it, without a verb but one of saying
        // at its end.
        let verb = side.range().map(TokenIndex::new).any(|t| {
            let says = view.is(WordList::Reporting, t) && t.0 + 1 == side.end();
            view.is_verb(t) && view.actor(t).is_none() && !says
        });
        let named = side.range().rev().map(TokenIndex::new).find(|&t| view.actor(t).is_some());
        if let Some(named) = named
            && !verb
            && let Some(said) = name_speaker(view, named, token)
            && said.holder.is_some()
        {
            return Some(said);
        }
    }
    None
}

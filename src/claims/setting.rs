//! Where a claim happens: in a film, a simulation or a match, what is told did not happen; weapons
//! that fly into a country are no delivery; what is sold short or down the river is not sold.

use crate::clauses::actors::Argument;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    Against, Around, At, During, For, In, Inside, Into, Of, On, Onto, Over, Toward, Towards, Under,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, Modality, TokenIndex, Upos, month_number};
use crate::rules::file::Implicit;
use crate::rules::items::Moved;
use crate::rules::relations::Relation;

/// How many words above a trigger are asked where it happens.
const HEIGHT: usize = 5;

/// How far behind a trigger the score of a match may stand.
const SCORE_REACH: usize = 14;

/// Whether what `trigger` tells happens in fiction, or in a trial of what might come.
pub(super) fn is_made_up(
    view: &View<'_>,
    relation: &Relation,
    trigger: TokenIndex,
    modality: Modality,
) -> bool {
    let settings = settings(view, trigger);
    if settings.iter().any(|&noun| is_fiction(view, noun)) {
        return true;
    }
    let acts = relation.kind.moves_goods() || relation.implicit == Implicit::Opponent;
    acts && modality == Modality::Asserted
        && (settings.iter().any(|&noun| is_trial(view, noun)) || is_imagined(view, trigger))
}

/// Whether `source` and `target` only play each other.
pub(super) fn is_sport(
    view: &View<'_>,
    trigger: TokenIndex,
    source: &Argument,
    target: &Argument,
) -> bool {
    if source.entity.is_person() || target.entity.is_person() {
        return false;
    }
    let contests = view.obliques(trigger).iter().filter(|phrase| {
        phrase.distance <= 1
            && matches!(phrase.preposition, Some(In | At | For | During | On | Of))
            && view.actor(phrase.head).is_none()
    });
    let mut heads = contests.map(|phrase| phrase.head);
    heads.any(|noun| {
        view.is_noun(noun)
            && view.lemma_is(WordList::Sport, noun)
            && !compounds(view, noun).any(|c| view.form_is(WordList::GameKind, c))
    }) || has_score(view, trigger)
}

/// Whether the goods of a match fly against the one who would get them: "sent missiles into".
pub(super) fn is_hurled(
    view: &View<'_>,
    trigger: TokenIndex,
    target: &Argument,
    moved: &[&Moved],
) -> bool {
    let Some(at) = target.token.filter(|_| view.lemma_is(WordList::Hurling, trigger)) else {
        return false;
    };
    let against = view.obliques(trigger).iter().any(|phrase| {
        view.tree.is_within(at, phrase.head)
            && matches!(
                phrase.preposition,
                Some(Into | Onto | Inside | At | On | Over | Around | Against | Toward | Towards)
            )
    });
    let flies = |moved: &&Moved| {
        let end = moved.item.span.end();
        view.tokens().find(|t| view.sentence.tokens[t.index()].span.end() == end).is_some_and(|t| {
            (view.weapon(t).is_some() || view.lemma_is(WordList::Projectile, t))
                && !view.lemma_is(WordList::Stock, t)
        })
    };
    against && !moved.is_empty() && moved.iter().all(flies)
}

/// Whether a verb of giving stands in a phrase by which nothing is given: "sold short".
pub(super) fn is_figure(view: &View<'_>, trigger: TokenIndex) -> bool {
    let Some(lemma) = view.ids(trigger).1.or(view.ids(trigger).0) else { return false };
    view.lexicon.phrases(WordList::Figure, lemma).any(|rest| {
        view.last_of(trigger, rest).is_some_and(|last| {
            view.tree.is_within(last, trigger) && view.deprel(last) != Deprel::Amod
        })
    })
}

/// The nouns that tell where the doing of `trigger` happens: phrases beside it and the verbs above
/// it, what a relative clause belongs to, and who tells it.
fn settings(view: &View<'_>, trigger: TokenIndex) -> Vec<TokenIndex> {
    let mut found = Vec::new();
    let mut at = trigger;
    for height in 0..HEIGHT {
        for &child in view.children(at) {
            let beside = matches!(view.deprel(child), Deprel::Obl | Deprel::Nmod)
                && matches!(view.marker_function(child), Some(In | At | During | On | Under))
                && !view.children(child).is_empty();
            let teller = height > 0
                && view.is_verb(at)
                && view.deprel(child) == Deprel::Nsubj
                && child < trigger;
            if beside || teller {
                found.push(child);
            }
        }
        let Some(head) = view.head(at) else { break };
        match view.deprel(at) {
            Deprel::AclRelcl | Deprel::Acl => {
                found.push(head);
                break;
            }
            Deprel::Root => break,
            _ => at = head,
        }
    }
    found.retain(|&noun| view.is_noun(noun) && view.actor(noun).is_none());
    found
}

fn is_fiction(view: &View<'_>, noun: TokenIndex) -> bool {
    let game = || compounds(view, noun).any(|c| view.form_is(WordList::GameKind, c));
    view.lemma_is(WordList::Fiction, noun) && !counts(view, noun)
        || view.lemma_is(WordList::Sport, noun) && game()
}

fn is_trial(view: &View<'_>, noun: TokenIndex) -> bool {
    view.lemma_is(WordList::Imagined, noun) && !counts(view, noun) || is_imagined(view, noun)
}

/// Whether an adjective or noun before `word` makes it a trial: "a simulated war", "mock attack".
fn is_imagined(view: &View<'_>, word: TokenIndex) -> bool {
    compounds(view, word).any(|before| view.is(WordList::Imagined, before))
}

fn compounds<'v>(view: &'v View<'_>, noun: TokenIndex) -> impl Iterator<Item = TokenIndex> + 'v {
    let before = view.children(noun).iter().copied();
    before.filter(move |&c| {
        c < noun && matches!(view.deprel(c), Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked)
    })
}

/// "A series of strikes", "the exercise of its right".
fn counts(view: &View<'_>, noun: TokenIndex) -> bool {
    view.by(noun, &[Deprel::Nmod]).iter().any(|&below| view.marker_function(below) == Some(Of))
}

/// Whether the score of a match stands behind `trigger`, and nothing that it counts: "beat it 3-1".
fn has_score(view: &View<'_>, trigger: TokenIndex) -> bool {
    let goals = |token: TokenIndex| view.word(token).parse::<u8>().is_ok_and(|goals| goals < 20);
    // "October 1-3", "1-3 October" are days.
    let is_month = |token: Option<TokenIndex>| {
        token.is_some_and(|token| month_number(view.word(token).trim_end_matches('.')).is_some())
    };
    (1..SCORE_REACH).filter_map(|gap| view.step(trigger, gap.cast_signed())).any(|first| {
        let dash = view.step(first, 1).filter(|&dash| matches!(view.word(dash), "-" | "–"));
        let second = dash.and_then(|dash| view.step(dash, 1)).filter(|&second| goals(second));
        let ends = |second: TokenIndex| {
            view.step(second, 1).is_none_or(|next| {
                matches!(
                    view.upos(next),
                    Upos::Punctuation
                        | Upos::Adposition
                        | Upos::Adverb
                        | Upos::CoordinatingConjunction
                )
            })
        };
        let of_month =
            is_month(view.step(first, -1)) || is_month(second.and_then(|at| view.step(at, 1)));
        goals(first) && second.is_some_and(ends) && !of_month
    })
}

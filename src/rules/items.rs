//! What moves: noun phrases become items, linked to weapons, with their quantity.

use super::file::Goods;
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{
    But, In, Including, Its, Like, More, Neither, No, Not, Of, Such, The, Their, These, Those,
    Worth,
};
use crate::lexicon::WordList;
use crate::model::{Deprel, Item, Quote, Span, TokenIndex, Upos};

/// One item with what is said of it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) item: Item,
    pub(crate) quantity: Option<Quote>,
    /// Turned round by a negator of its own.
    pub(crate) negated: bool,
    /// After a "but": true where the verb is not.
    pub(crate) contrasted: bool,
    pub(crate) hedged: bool,
    pub(crate) goods: Class,
}

/// Whether a noun phrase can be supplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Support, messages, visits.
    Abstract,
    Unknown,
    /// A weapon or listed goods.
    Goods,
}

/// Whether goods of `class` satisfy what a rule asks for.
pub(crate) fn admits(wanted: Goods, moved: &[Moved], has_phrase: bool) -> bool {
    let best = moved.iter().map(|moved| moved.goods).max();
    match wanted {
        Goods::Any => true,
        Goods::Optional => best.map_or(!has_phrase, |class| class > Class::Abstract),
        Goods::Concrete => best.is_some_and(|class| class > Class::Abstract),
        Goods::Required => best == Some(Class::Goods),
    }
}

/// The items of the phrase at `head`, coordination and examples included.
pub(crate) fn items(view: &View<'_>, head: TokenIndex) -> Vec<Moved> {
    let mut found = Vec::new();
    collect(view, head, None, Sign::default(), 0, &mut found);
    found
}

/// What the words around a phrase make of it, against the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sign {
    negated: bool,
    contrasted: bool,
}

/// "No", "not" or "neither" right at the phrase.
fn is_negated(view: &View<'_>, head: TokenIndex) -> bool {
    view.by(head, &[Deprel::Det, Deprel::Advmod, Deprel::CcPreconj])
        .iter()
        .any(|&child| matches!(view.function(child), Some(No | Not | Neither)))
}

fn collect(
    view: &View<'_>,
    head: TokenIndex,
    quantity: Option<&Quote>,
    sign: Sign,
    depth: usize,
    found: &mut Vec<Moved>,
) {
    if depth > 5 {
        return;
    }
    one(view, head, quantity, sign, depth, found);
    for &child in view.children(head) {
        if view.deprel(child) == Deprel::Conj && !view.is_verb(child) {
            let but =
                view.by(child, &[Deprel::Cc]).iter().any(|&cc| view.function(cc) == Some(But));
            // "Not weapons but parts", "helmets but no rifles": each says for itself.
            let said = is_negated(view, head) || is_negated(view, child);
            let sign = Sign { contrasted: sign.contrasted || but && !said, ..sign };
            collect(view, child, quantity, sign, depth + 1, found);
        }
        // "such as drones", "including shells": examples are items as well.
        let example = matches!(view.deprel(child), Deprel::Nmod | Deprel::Obl | Deprel::Appos)
            && matches!(view.marker_function(child), Some(Such | Including | Like))
            && !view.is(WordList::Measure, head);
        if example {
            collect(view, child, None, sign, depth + 1, found);
        }
    }
}

fn one(
    view: &View<'_>,
    head: TokenIndex,
    inherited: Option<&Quote>,
    sign: Sign,
    depth: usize,
    found: &mut Vec<Moved>,
) {
    if view.actor(head).is_some() || !is_nominal(view, head) {
        return;
    }
    let own_negator = is_negated(view, head);
    let negated = sign.negated ^ own_negator;
    let measures = view.is(WordList::Measure, head) || view.upos(head) == Upos::Numeral;
    if measures {
        let mut joined = false;
        let below: Vec<TokenIndex> = view
            .children(head)
            .iter()
            .copied()
            .filter(|&child| {
                let counted = matches!(view.deprel(child), Deprel::Nmod | Deprel::Obl)
                    && child > head
                    && (matches!(view.marker_function(child), Some(Of | In | Worth))
                        // "of shells and missiles", the second one hung too high.
                        || joined && !view.by(child, &[Deprel::Cc]).is_empty());
                joined |= counted;
                counted
            })
            .collect();
        if !below.is_empty() {
            let quantity = quote(view, first_of(view, head, true), head);
            let mut inside = Vec::new();
            for below in below {
                let sign = Sign { negated, ..sign };
                collect(view, below, Some(&quantity), sign, depth + 1, &mut inside);
            }
            if !inside.is_empty() {
                found.extend(inside);
                return;
            }
        }
    }
    let mut quantity = inherited.cloned();
    for number in view.by(head, &[Deprel::Nummod]) {
        let first = view.tree.subtree(number).into_iter().next().unwrap_or(number);
        quantity = Some(quote(view, first.min(number), number));
    }
    let first = first_of(view, head, false);
    let weapon = view
        .weapon(head)
        .filter(|&mention| view.tree.head_of(view.mentions[mention].tokens) == head);
    let hedged = (first.0..=head.0)
        .map(TokenIndex)
        .chain(view.children(head).iter().copied())
        .any(|token| view.is(WordList::Hedge, token) && view.tree.is_within(token, head));
    let first = skip_hedges(view, first, head);
    let last = weapon.map_or(head, |mention| TokenIndex(view.mentions[mention].tokens.end() - 1));
    let text = quote(view, first, last);
    let item = Item {
        entity: weapon.and_then(|mention| view.mentions[mention].entity().cloned()),
        phrase: text.text,
        span: text.span,
    };
    if !found.iter().any(|known| known.item.label() == item.label() && known.negated == negated) {
        let goods = class(view, first, head);
        found.push(Moved { item, quantity, negated, contrasted: sign.contrasted, hedged, goods });
    }
}

fn is_nominal(view: &View<'_>, token: TokenIndex) -> bool {
    view.is_noun(token)
        || matches!(view.upos(token), Upos::Numeral | Upos::Symbol)
        || view.weapon(token).is_some()
        || view.is(WordList::Measure, token)
}

fn skip_hedges(view: &View<'_>, first: TokenIndex, head: TokenIndex) -> TokenIndex {
    let mut at = first;
    while at < head && (view.is(WordList::Hedge, at) || view.upos(at) == Upos::Adverb) {
        at = TokenIndex(at.0 + 1);
    }
    at
}

/// Whether the phrase from `first` to `head` names goods.
fn class(view: &View<'_>, first: TokenIndex, head: TokenIndex) -> Class {
    let inside = || (first.0..=head.0).map(TokenIndex);
    if view.weapon(head).is_some() || view.is(WordList::Goods, head) {
        return Class::Goods;
    }
    if view.is(WordList::Aid, head) {
        let modified = inside().any(|token| {
            token != head
                && (view.is(WordList::GoodsModifier, token) || view.weapon(token).is_some())
        });
        return if modified { Class::Goods } else { Class::Abstract };
    }
    if view.is(WordList::NotGoods, head) {
        return Class::Abstract;
    }
    // "Promised one", "sent some": of what, the sentence does not say.
    let counts = (view.is_noun(head) || view.upos(head) == Upos::Numeral)
        && !view.form_is(WordList::BareQuantity, head);
    if counts && view.is(WordList::Measure, head)
        || inside().any(|token| view.weapon(token).is_some())
    {
        return Class::Goods;
    }
    if inside()
        .chain(view.children(head).iter().copied())
        .any(|t| view.form_is(WordList::Currency, t))
    {
        return Class::Goods;
    }
    Class::Unknown
}

/// The first word of a noun phrase: after determiners, owners and, unless `whole`, numbers.
fn first_of(view: &View<'_>, head: TokenIndex, whole: bool) -> TokenIndex {
    let mut first = head;
    while let Some(before) = view.step(first, -1) {
        let inside = view.tree.is_within(before, head);
        let deprel = view.deprel(before);
        let numeric = view.upos(before) == Upos::Numeral
            || deprel == Deprel::Nummod
            || view.head(before).is_some_and(|h| view.upos(h) == Upos::Numeral && h != head);
        let owner = view.actor(before).is_some()
            || view.is_possessive_mark(before)
            || deprel == Deprel::NmodPoss;
        let stops = matches!(deprel, Deprel::Case | Deprel::Mark | Deprel::Cc)
            && !(deprel == Deprel::Cc && !whole && inner_coordination(view, before, head))
            || view.word(before) == ","
            || view.is_quote(before);
        if !inside || stops || owner {
            break;
        }
        if !whole && (deprel == Deprel::Det || numeric || deprel == Deprel::DetPredet) {
            break;
        }
        first = before;
    }
    // A determiner alone is no quantity, but "a million" and "a significant amount" are.
    let determines = |token: TokenIndex| {
        (matches!(view.function(token), Some(The | Its | Their | These | Those | More))
            || matches!(view.word(token), "-" | "–"))
            && (!whole || view.upos(token) == Upos::Determiner)
    };
    while first < head && determines(first) {
        first = TokenIndex(first.0 + 1);
    }
    first
}

/// Whether a conjunction joins modifiers of the noun: "nuclear or missile technology".
fn inner_coordination(view: &View<'_>, conjunction: TokenIndex, head: TokenIndex) -> bool {
    view.head(conjunction).is_some_and(|member| member < head && view.tree.is_within(member, head))
}

fn quote(view: &View<'_>, first: TokenIndex, last: TokenIndex) -> Quote {
    let span = view.sentence.bytes(Span::new(first.0, last.0 + 1));
    Quote { text: span.of(view.text).to_owned(), span }
}

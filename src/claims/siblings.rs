//! Members of one list do the same: "A, B and C struck D" holds of all of them or of none. The judge
//! looks at each proposal for itself, where commas and distance tell against some members; so each
//! of them is taken to be as sure as the surest one.

use super::context::Context;
use super::derived::Derived;
use crate::clauses::actors::Argument;
use crate::clauses::view::View;
use crate::model::{Deprel, TokenIndex};

/// Raises the confidence of every proposal to that of its surest sibling.
pub(super) fn level(context: &Context<'_>, proposals: &[Derived], confidences: &mut [f32]) {
    let own = confidences.to_vec();
    let mut start = 0;
    while start < proposals.len() {
        let sentence = proposals[start].sentence;
        let end = start
            + proposals[start..].iter().take_while(|other| other.sentence == sentence).count();
        if let Some(view) = context.views.get(sentence).and_then(Option::as_ref) {
            for one in start..end {
                for other in start..end {
                    if own[other] > confidences[one]
                        && are_siblings(view, &proposals[one], &proposals[other])
                    {
                        confidences[one] = own[other];
                    }
                }
            }
        }
        start = end;
    }
}

/// Whether two proposals of one trigger and rule differ only in which member of a list takes a role.
fn are_siblings(view: &View<'_>, one: &Derived, other: &Derived) -> bool {
    let is_same_frame = one.trigger == other.trigger
        && one.claim.rule == other.claim.rule
        && one.claim.polarity == other.claim.polarity
        && one.claim.modality == other.claim.modality;
    if !is_same_frame {
        return false;
    }
    let one = (&one.source, &one.target);
    let other = (&other.source, &other.target);
    let differ_in = |shared: (&Argument, &Argument), own: (&Argument, &Argument)| {
        // "A, B and C met": whom they met may be somebody else.
        !in_one_list(view, shared.0, own.0)
            && shared.0.entity == shared.1.entity
            && shared.0.token == shared.1.token
            && own.0.reach == own.1.reach
            && own.0.by_metonymy == own.1.by_metonymy
            && in_one_list(view, own.0, own.1)
    };
    differ_in((one.0, other.0), (one.1, other.1))
        || differ_in((one.1, other.1), (one.0, other.0))
        // A pair without direction is sorted by id.
        || differ_in((one.0, other.1), (one.1, other.0))
        || differ_in((one.1, other.0), (one.0, other.1))
}

/// Whether two arguments are members of one list, or named by one mention.
fn in_one_list(view: &View<'_>, one: &Argument, other: &Argument) -> bool {
    let (Some(a), Some(b)) = (one.token, other.token) else { return false };
    one.mention == other.mention || list_of(view, a) == list_of(view, b)
}

/// The first member of the list that holds `token`.
fn list_of(view: &View<'_>, token: TokenIndex) -> TokenIndex {
    let mut at =
        view.actor(token).map_or(token, |mention| view.tree.head_of(view.mentions[mention].tokens));
    while view.deprel(at) == Deprel::Conj
        && let Some(head) = view.head(at)
    {
        at = head;
    }
    at
}

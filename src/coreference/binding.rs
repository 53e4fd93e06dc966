//! What the syntax of one sentence says of a referent and an anaphor: whether they may be the same,
//! and whether one of them controls the other's clause.

use crate::lexicon::{FunctionWord, WordList};
use crate::model::{DependencyTree, Deprel, TokenIndex, Xpos};

use super::Anaphor;
use super::referents::Referent;
use super::text::Text;
use super::words::Case;

/// The first subject of `clause`.
pub(super) fn subject(tree: &DependencyTree, clause: TokenIndex) -> Option<TokenIndex> {
    let mut children = tree.children(clause).iter().copied();
    children.find(|&child| tree.deprel(child).basic() == Deprel::Nsubj)
}

/// `token` and its governors, nearest first, below `top`.
fn path_below(
    tree: &DependencyTree,
    token: TokenIndex,
    top: TokenIndex,
) -> impl Iterator<Item = TokenIndex> {
    std::iter::once(token).chain(tree.ancestors(token)).take_while(move |&above| above != top)
}

/// Whether the referent is the subject of the verb, or of the one that it is joined to, that takes
/// the anaphor as its object or with a preposition.
pub(super) fn acts_on(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let (token, head) = (TokenIndex(anaphor.token), TokenIndex(referent.head));
    let takes = matches!(tree.deprel(token).basic(), Deprel::Obj | Deprel::Iobj | Deprel::Obl);
    let Some(verb) = tree.head(token).filter(|_| takes) else { return false };
    let first = if tree.deprel(verb) == Deprel::Conj { tree.head(verb) } else { None };
    tree.deprel(head) == Deprel::Nsubj
        && [Some(verb), first].into_iter().flatten().any(|verb| tree.head(head) == Some(verb))
}

/// Whether syntax keeps the two apart: arguments of one verb, or a phrase that holds both.
pub(super) fn is_bound(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    if referent.sentence != anaphor.sentence {
        return false;
    }
    let token = TokenIndex(anaphor.token);
    let head = TokenIndex(referent.head);
    let Some(governor) = tree.head(token) else { return false };
    match anaphor.case {
        // "its ally North Korea": the owner lies outside of what is owned. The subject of a
        // predicate noun owns it all the same: "Russia is its ally".
        Case::Possessive => {
            tree.is_within(head, governor) && tree.deprel(head).basic() != Deprel::Nsubj
        }
        Case::Reflexive => false,
        Case::Subject | Case::Object => {
            let other = tree.head(head);
            other == Some(governor) && head != token
                || tree.ancestors(head).any(|ancestor| ancestor == token)
                // "with it": the preposition's noun and the verb's own arguments.
                || tree.head(governor).is_some()
                    && other == tree.head(governor)
                    && tree.deprel(governor).basic() == Deprel::Obl
        }
    }
}

/// Whether "it" is what a verb moves or makes, not somebody: "sold it to them", "deny it".
pub(super) fn is_what_moves(text: Text<'_>, tree: &DependencyTree, token: TokenIndex) -> bool {
    if tree.deprel(token).basic() != Deprel::Obj {
        return false;
    }
    let Some(verb) = tree.head(token) else { return false };
    let alone = !tree.children(verb).iter().any(|&other| {
        other > token && matches!(tree.deprel(other).basic(), Deprel::Obj | Deprel::Iobj)
    });
    text.has_lemma(WordList::ThingVerb, tree, verb)
        || alone && text.has_lemma(WordList::MovingVerb, tree, verb)
}

/// Whether the referent is the subject of the clause that the anaphor's own one qualifies: "said
/// that Y would pay if it sold" is about Y, whoever says so.
pub(super) fn is_subject_above(
    tree: &DependencyTree,
    referent: &Referent,
    anaphor: Anaphor,
) -> bool {
    let head = TokenIndex(referent.head);
    let Some(clause) = tree.head(TokenIndex(anaphor.token)) else { return false };
    anaphor.case == Case::Subject
        && tree.deprel(clause) == Deprel::Advcl
        && tree.deprel(head).basic() == Deprel::Nsubj
        && tree.head(clause) == tree.head(head)
}

/// Whether both are objects of coordinated verbs: "praised X and warned him".
pub(super) fn is_parallel(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let (token, head) = (TokenIndex(anaphor.token), TokenIndex(referent.head));
    let (Some(verb), Some(other)) = (tree.head(token), tree.head(head)) else { return false };
    tree.deprel(token).basic() == Deprel::Obj
        && tree.deprel(head).basic() == Deprel::Obj
        && tree.deprel(verb) == Deprel::Conj
        && tree.head(verb) == Some(other)
}

/// Whether the referent is the subject of the clause in which the anaphor stands.
pub(super) fn shares_clause(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let Some(verb) = tree.head(TokenIndex(referent.head)) else { return false };
    for ancestor in tree.ancestors(TokenIndex(anaphor.token)) {
        if ancestor == verb {
            return true;
        }
        // Another subject on the way: another clause.
        let other = tree
            .children(ancestor)
            .iter()
            .any(|&child| tree.deprel(child).basic() == Deprel::Nsubj && child.0 != referent.head);
        if other {
            return false;
        }
    }
    false
}

/// Whether the referent is told or made to do what the clause of the anaphor says: "accuse Moscow
/// of importing arms for its war".
pub(super) fn is_controller(tree: &DependencyTree, referent: &Referent, anaphor: Anaphor) -> bool {
    let head = TokenIndex(referent.head);
    let Some(verb) = tree.head(head) else { return false };
    if !matches!(tree.deprel(head), Deprel::Obj | Deprel::Iobj) || anaphor.token < referent.head {
        return false;
    }
    let clause = path_below(tree, TokenIndex(anaphor.token), verb).last();
    clause.is_some_and(|clause| {
        let form = tree.node(clause).xpos;
        tree.head(clause) == Some(verb)
            && clause > head
            && match tree.deprel(clause) {
                Deprel::Xcomp | Deprel::Ccomp => matches!(form, Xpos::Vb | Xpos::Vbg),
                // "of importing", "from importing"; a purpose is the subject's.
                Deprel::Advcl | Deprel::Obl => form == Xpos::Vbg,
                _ => false,
            }
            && subject(tree, clause).is_none()
    })
}

/// Whether the referent is thanked or blamed for what the anaphor owns: "thanked her for her
/// patience".
pub(super) fn is_judged(
    text: Text<'_>,
    tree: &DependencyTree,
    referent: &Referent,
    anaphor: Anaphor,
) -> bool {
    use FunctionWord::{For, Of, On, Over};
    let head = TokenIndex(referent.head);
    let Some(verb) = tree.head(head) else { return false };
    let marks_cause = |marker: &TokenIndex| {
        let marker = text.lexicon.function_word(tree.lemma(*marker));
        matches!(marker, Some(For | Over | Of | On))
    };
    tree.deprel(head) == Deprel::Obj
        && text.has_lemma(WordList::JudgingVerb, tree, verb)
        && anaphor.token > referent.head
        && path_below(tree, TokenIndex(anaphor.token), verb).last().is_some_and(|part| {
            tree.head(part) == Some(verb)
                && matches!(tree.deprel(part).basic(), Deprel::Obl | Deprel::Advcl | Deprel::Nmod)
                && tree.children(part).iter().any(marks_cause)
        })
}

/// Whether the referent is an argument of the verb that governs the noun at `token`: "the United
/// States imposed sanctions on the country".
pub(super) fn is_argument_beside(
    tree: &DependencyTree,
    referent: &Referent,
    token: TokenIndex,
) -> bool {
    if tree.deprel(token) == Deprel::NmodPoss {
        return false;
    }
    // Up from the referent to the verb of its clause: whoever stands in an argument of the verb
    // counts, as "Israeli soldiers entered the country".
    let is_clause = |&token: &TokenIndex| subject(tree, token).is_some();
    let own = TokenIndex(referent.head);
    let verb = tree.ancestors(own).find(is_clause).or_else(|| tree.head(own));
    // Up from the description to the nearest governor with a subject.
    verb.is_some_and(|verb| {
        let mut above = tree.ancestors(token);
        above.find(|ancestor| *ancestor == verb || is_clause(ancestor)) == Some(verb)
    })
}

//! What a sentence names without saying that it holds or does not hold: what is asked, what
//! somebody gives no answer to, what was corrected or taken back.
//!
//! The walk goes from the trigger up through complements and clauses of nouns. It ends where
//! another clause begins that says nothing about this one.

use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{If, No, Nor, That, This, To, Whether};
use crate::lexicon::WordList;
use crate::model::{Deprel, TokenIndex, Xpos};

/// The word by which what `trigger` starts is not said.
pub(super) fn unsaid(view: &View<'_>, trigger: TokenIndex) -> Option<TokenIndex> {
    let mut at = trigger;
    // Whether a clause or a report of one lies between the trigger and here.
    let mut is_content = false;
    loop {
        if let Some(cue) = asked(view, at, at == trigger) {
            return Some(cue);
        }
        let head = view.head(at)?;
        if !goes_on(view, at, head) {
            return None;
        }
        is_content |= is_clause(view, at) || view.is(WordList::ReportingNoun, at);
        let cue = withheld(view, at, head, is_content).or_else(|| corrected(view, head));
        if cue.is_some() {
            return cue;
        }
        at = head;
    }
}

/// Whether the words above `at` say something about it.
fn goes_on(view: &View<'_>, at: TokenIndex, head: TokenIndex) -> bool {
    match view.deprel(at) {
        Deprel::AclRelcl => {
            let published = view.lemma_is(WordList::Publication, head);
            // "A post that said": what it said, and what became of it.
            let says = view.is(WordList::Reporting, at) && published;
            // "The story that Iran sold rockets", read as if it were sold.
            let first = view.tree.subtree(at)[0];
            let tells = published || view.is(WordList::ReportingNoun, head);
            says || tells && view.function(first) == Some(That)
        }
        Deprel::Conj => view.joined_to_speech(at, head).is_none(),
        Deprel::Advcl => {
            let reports = view.xpos(at) == Xpos::Vbg && view.is(WordList::Reporting, at);
            reports || view.is(WordList::Withholding, head) || view.is(WordList::Retracting, head)
        }
        Deprel::Root | Deprel::Parataxis | Deprel::Dislocated | Deprel::Vocative => false,
        _ => true,
    }
}

fn is_clause(view: &View<'_>, at: TokenIndex) -> bool {
    view.is_verb(at)
        && matches!(view.deprel(at), Deprel::Ccomp | Deprel::Xcomp | Deprel::Acl | Deprel::Advcl)
}

/// The conjunction by which `at` is a question: "whether", or "if" in the complement of a verb that
/// asks. "Whether to send" is a plan, and so is "considers whether it should".
fn asked(view: &View<'_>, at: TokenIndex, is_trigger: bool) -> Option<TokenIndex> {
    if !view.is_predicate(at) || is_trigger && !view.is_verb(at) {
        return None;
    }
    let head = view.head(at);
    let asks = head.is_some_and(|head| view.lemma_is(WordList::QuestionEmbedding, head));
    let mut marks = view.by(at, &[Deprel::Mark, Deprel::Case]).into_iter();
    let cue = marks.find(|&mark| match view.function(mark) {
        Some(Whether) => true,
        Some(If) => {
            let follows = head.is_some_and(|head| mark > head);
            asks && follows || view.deprel(at) == Deprel::Ccomp
        }
        _ => false,
    })?;
    let open = view
        .by(at, &[Deprel::Mark, Deprel::Aux])
        .into_iter()
        .any(|word| view.function(word) == Some(To) || view.form_is(WordList::FutureModal, word));
    (asks || !open).then_some(cue)
}

/// The word of no answer above `at`: "declined to comment on reports that", "neither confirmed nor
/// denied". What is no report of something stays as it is: "declined to comment on the attack".
fn withheld(
    view: &View<'_>,
    at: TokenIndex,
    head: TokenIndex,
    is_content: bool,
) -> Option<TokenIndex> {
    let confirms = view.lemma_is(WordList::Confirming, head) && view.is_verb(head);
    let answers = view.lemma_is(WordList::Answering, head) && is_content;
    let below = matches!(
        view.deprel(at),
        Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Advcl
    );
    // "Did not say that it had": as unsure as before, and told by the verb of saying.
    let says = view.deprel(at) == Deprel::Ccomp && view.is_verb(at);
    if !below || !(confirms || answers && !says) {
        return None;
    }
    is_refused(view, head, 0).then_some(head)
}

/// Whether an answer is not given: "did not", "neither … nor", "declined to", "no comment".
pub(super) fn is_refused(view: &View<'_>, answer: TokenIndex, depth: usize) -> bool {
    let words = [Deprel::Advmod, Deprel::Det, Deprel::Cc, Deprel::CcPreconj];
    let refused = view.by(answer, &words).into_iter().any(|word| {
        (view.is(WordList::Negator, word) || view.is(WordList::Withholding, word)) && word < answer
            || view.function(word) == Some(Nor)
            || view.function(word) == Some(No)
    });
    if refused {
        return true;
    }
    let Some(head) = view.head(answer).filter(|_| depth < 4) else { return false };
    match view.deprel(answer) {
        Deprel::Conj => is_refused(view, head, depth + 1),
        Deprel::Xcomp
        | Deprel::Obj
        | Deprel::Obl
        | Deprel::Nmod
        | Deprel::Advcl
        | Deprel::Acl
        | Deprel::Ccomp => {
            // "Stopped short of denying", whose parts hang on each other, and "has yet to".
            let verb = view.head(head).filter(|_| view.deprel(head) == Deprel::Xcomp);
            let mut adverbs = view.by(head, &[Deprel::Advmod]).into_iter();
            view.is(WordList::Withholding, head)
                || adverbs.any(|adverb| view.is(WordList::Withholding, adverb))
                || verb.is_some_and(|verb| view.is(WordList::Withholding, verb))
                || view.lemma_is(WordList::Answering, head) && is_refused(view, head, depth + 1)
        }
        _ => false,
    }
}

/// The word by which what `said` tells is wrong or taken back: "an earlier version said",
/// "wrongly reported", "retracted its report".
fn corrected(view: &View<'_>, said: TokenIndex) -> Option<TokenIndex> {
    let reports = view.is(WordList::Reporting, said) || view.is(WordList::ReportingNoun, said);
    let published = view.lemma_is(WordList::Publication, said);
    if !reports && !published {
        return None;
    }
    let mut adverbs = view.by(said, &[Deprel::Advmod]).into_iter();
    if let Some(adverb) = adverbs.find(|&adverb| view.is(WordList::Mistaken, adverb)) {
        return Some(adverb);
    }
    if view.is_verb(said) {
        if view.lemma_is(WordList::Mistaken, said) {
            return Some(said);
        }
        let mut subjects = view.surface_subjects(said, 0).into_iter();
        if let Some(subject) = subjects.find(|&subject| is_superseded(view, subject, said)) {
            return Some(subject);
        }
    }
    let head = view.head(said)?;
    let taken = matches!(
        view.deprel(said),
        Deprel::Obj | Deprel::NsubjPass | Deprel::Obl | Deprel::Advcl | Deprel::Xcomp
    ) && view.is(WordList::Retracting, head);
    taken.then_some(head)
}

/// Whether a publication says what it says no longer: "an earlier version", "this article
/// originally said", "due to an error, this article said".
fn is_superseded(view: &View<'_>, subject: TokenIndex, said: TokenIndex) -> bool {
    if !view.lemma_is(WordList::Publication, subject) {
        return false;
    }
    let old = |token: &TokenIndex| view.is(WordList::Superseded, *token);
    let older = view.by(subject, &[Deprel::Amod]).iter().any(old)
        || view.by(said, &[Deprel::Advmod]).iter().any(old);
    let of_itself = || {
        let own = view.by(subject, &[Deprel::Det]);
        own.iter().any(|&word| view.function(word) == Some(This))
            && view.tokens().any(|token| {
                let replaced = view.lemma_is(WordList::Publication, token)
                    && view.by(token, &[Deprel::Amod]).iter().any(old);
                replaced || view.lemma_is(WordList::EditingError, token)
            })
    };
    older || of_itself()
}

/// Whether what `trigger` starts stands in a question: a question mark ends its part of the
/// sentence, inside of a quotation too.
pub(super) fn is_in_question(view: &View<'_>, trigger: TokenIndex) -> bool {
    let mut behind = (trigger.index() + 1..view.len()).map(TokenIndex::new);
    let end =
        behind.find(|&token| matches!(view.word(token).chars().next(), Some('.' | '!' | '?')));
    end.is_some_and(|end| view.word(end).starts_with('?'))
}

//! When an event took place: which expression of time belongs to it, and what its tense makes of
//! that.
//!
//! A claim has the date that hangs on its own trigger or on the verb that lends it its subject;
//! the date of a report about it is not its own. What happened lies before the publication, what is
//! to come after it.

use std::cell::OnceCell;

use super::calendar::Tense;
use super::times::{Expression, expressions};
use crate::clauses::view::View;
use crate::lexicon::FunctionWord::{After, Before, Despite, Following, Have, Since, The, Under};
use crate::lexicon::WordList;
use crate::model::{DateSpan, Deprel, Modality, TokenIndex, Xpos};

/// The date of the event at `trigger`, if its clause tells one; `published` is the same for all
/// events of a view, whose expressions `times` keeps once they were asked for.
pub(crate) fn event_date(
    view: &View<'_>,
    times: &OnceCell<Vec<Expression>>,
    trigger: TokenIndex,
    modality: Modality,
    published: Option<DateSpan>,
) -> Option<DateSpan> {
    let found = times.get_or_init(|| expressions(view, published));
    let own = found.iter().find(|found| belongs(view, **found, trigger))?;
    own.resolve(tense(view, trigger, modality), published)
}

/// Whether the event at `trigger` is over: told by its own verb, else by the one above it.
fn tense(view: &View<'_>, trigger: TokenIndex, modality: Modality) -> Tense {
    if modality == Modality::Prospective {
        return Tense::ToCome;
    }
    for token in std::iter::once(trigger).chain(view.tree.ancestors(trigger)) {
        let auxiliaries = view.by(token, &[Deprel::Aux, Deprel::AuxPass]);
        let form = |xpos: &[Xpos]| auxiliaries.iter().any(|&aux| xpos.contains(&view.xpos(aux)));
        let perfect = || {
            auxiliaries.iter().any(|&aux| {
                view.function(aux) == Some(Have)
                    || matches!(view.word(aux), "has" | "had" | "'ve" | "’ve")
            })
        };
        if form(&[Xpos::Md]) {
            return if perfect() { Tense::Past } else { Tense::ToCome };
        }
        match view.xpos(token) {
            Xpos::Vbd => return Tense::Past,
            Xpos::Vbn if perfect() || !form(&[Xpos::Vbz, Xpos::Vbp]) => return Tense::Past,
            Xpos::Vbn | Xpos::Vbz | Xpos::Vbp => return Tense::Open,
            _ => {}
        }
        if matches!(view.deprel(token), Deprel::Ccomp | Deprel::Parataxis) {
            break;
        }
    }
    Tense::Open
}

/// Whether a time expression hangs on `trigger` or on a verb of the same clause above it.
fn belongs(view: &View<'_>, found: Expression, trigger: TokenIndex) -> bool {
    let outside = |token: &TokenIndex| *token < found.first || *token > found.last;
    let mut governor = view.head(found.last);
    let mut at = found.last;
    while let Some(head) = governor {
        at = head;
        if outside(&head) {
            break;
        }
        governor = view.head(head);
    }
    if !outside(&at) {
        return false;
    }
    // Down from the trigger: "delivered shells in September", "a meeting in September".
    if at == trigger {
        return true;
    }
    if dates_another(view, found, at, trigger) {
        return false;
    }
    let clause_between = |low: TokenIndex, high: TokenIndex| {
        std::iter::once(low).chain(view.tree.ancestors(low)).take_while(|&t| t != high).any(|t| {
            matches!(
                view.deprel(t),
                Deprel::Ccomp | Deprel::Parataxis | Deprel::AclRelcl | Deprel::Advcl | Deprel::Acl
            ) || view.deprel(t) == Deprel::Conj && view.is_predicate(t)
                || view.deprel(t) == Deprel::Xcomp && view.is(WordList::Prospective, high)
        })
    };
    if view.tree.is_within(at, trigger) {
        return !clause_between(at, trigger) && !view.is_verb(at);
    }
    view.tree.is_within(trigger, at)
        && !clause_between(trigger, at)
        && !(view.is(WordList::Reporting, at) && view.is_verb(at))
        && (view.is(WordList::LightVerb, at)
            || view.is_verb(trigger)
            || view.deprel(trigger) == Deprel::Obj)
}

/// Whether an expression on the way from `at` to `trigger` dates something else that is named: "the
/// June 3 agreement", "after the meeting in June".
fn dates_another(view: &View<'_>, found: Expression, at: TokenIndex, trigger: TokenIndex) -> bool {
    let is_premodifier = view.is_noun(at)
        && found.last < at
        && view.function_before(found.first).is_none_or(|before| before == The)
        && at.0 - found.last.0 <= 3;
    let on_the_way = std::iter::once(at).chain(view.tree.ancestors(at));
    let is_aside = |token: TokenIndex| {
        view.is_noun(token)
            && !view.is(WordList::TimeNoun, token)
            && matches!(
                view.marker_function(token),
                Some(After | Before | Despite | Following | Since | Under)
            )
    };
    is_premodifier
        || view.tree.is_within(at, trigger)
            && on_the_way.take_while(|&token| token != trigger).any(is_aside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::model::{
        DependencyTree, EntityDirectory, Node, Sentence, SentenceKind, Span, Token, Upos,
    };
    use jiff::civil::Date;

    /// The expressions of words with blanks between them, read on Wednesday, 15 March 2023; all
    /// words are nouns below the first one.
    fn dates(text: &str) -> Vec<String> {
        let (mut tokens, mut nodes) = (Vec::new(), Vec::new());
        for word in text.split(' ') {
            let start = tokens.last().map_or(0, |last: &Token| last.span.end() as usize + 1);
            let span = Span::from_range(start..start + word.len());
            tokens.push(Token { span, space_after: true });
            let is_root = nodes.is_empty();
            nodes.push(Node {
                upos: Upos::Noun,
                xpos: Xpos::Nn,
                lemma: word.to_lowercase().trim_end_matches('s').into(),
                head: (!is_root).then_some(TokenIndex(0)),
                deprel: if is_root { Deprel::Root } else { Deprel::Dep },
            });
        }
        let span = Span::from_range(0..text.len());
        let sentence = Sentence { span, kind: SentenceKind::Body, paragraph: 0, tokens };
        let tree = DependencyTree::new(nodes).unwrap();
        let (lexicon, directory) = (Lexicon::load(None).unwrap(), EntityDirectory::default());
        let view = View::new(text, 0, &sentence, &tree, &lexicon, &directory, Vec::new());
        let published = DateSpan::day(Date::new(2023, 3, 15).unwrap());
        let is_to_come = text.split(' ').any(|word| word.starts_with("will"));
        let tense = if is_to_come { Tense::ToCome } else { Tense::Past };
        let found = expressions(&view, Some(published));
        let dates = found.iter().filter_map(|found| found.resolve(tense, Some(published)));
        dates.map(|date| date.to_string()).collect()
    }

    #[test]
    fn expressions_of_time_are_counted_from_the_day_of_writing() {
        let mut wrong = Vec::new();
        for (text, expected) in [
            ("left yesterday", "2023-03-14"),
            ("leaves tomorrow", "2023-03-16"),
            ("met on Monday", "2023-03-13"),
            ("will meet on Mon.", "2023-03-20"),
            ("met last Wednesday", "2023-03-08"),
            ("meets next Friday", "2023-03-17"),
            ("met last week", "2023-03-06/2023-03-12"),
            ("met this month", "2023-03"),
            ("met the past year", "2022"),
            ("met over the weekend", "2023-03-11/2023-03-12"),
            ("met three days ago", "2023-03-12"),
            ("met 2 weeks ago", "2023-02-27/2023-03-05"),
            ("met in November", "2022-11"),
            ("met in May", "2022-05"),
            ("met on Oct. 13 , 2022", "2022-10-13"),
            ("met on 13 October", "2022-10-13"),
            ("met in 2021", "2021"),
            ("fought since 2 March", "2023-03-02/2023-03-15"),
            ("met on Monday , March 6 ,", "2023-03-06"),
            ("met on Monday ( 6 March )", "2023-03-06"),
            ("met on 6 March ( Monday )", "2023-03-06"),
            ("met on Friday March 3", "2023-03-03"),
            // The weekday tells the year.
            ("met on Thursday , March 3", "2022-03-03"),
            ("met on the 3rd of March", "2023-03-03"),
            ("met the day before yesterday", "2023-03-13"),
            ("will meet the day after tomorrow", "2023-03-17"),
            ("met the week before last", "2023-02-27/2023-03-05"),
            ("met on Tuesday of last week", "2023-03-07"),
            ("met last week on Tuesday", "2023-03-07"),
            ("will meet on Friday next week", "2023-03-24"),
            ("will meet in December", "2023-12"),
            ("will meet in January", "2024-01"),
            ("met in April", "2022-04"),
            ("met on April 2", "2022-04-02"),
            ("will meet on March 1", "2024-03-01"),
            ("met last June", "2022-06"),
            ("will meet in two weeks", "2023-03-27/2023-04-02"),
            ("met this Monday", "2023-03-13"),
            ("met from March 3 to March 5", "2023-03-03/2023-03-05"),
            ("met on March 3 - 5 , 2022", "2022-03-03/2022-03-05"),
            ("met on 3 – 5 March", "2023-03-03/2023-03-05"),
            ("met between 3 and 5 March 2021", "2021-03-03/2021-03-05"),
            ("met from December 30 to January 2", "2022-12-30/2023-01-02"),
            ("met from November to February", "2022-11/2023-02"),
            ("fought from 2014 to 2016", "2014-01/2016-12"),
            ("fought in 2014 - 16", "2014-01/2016-12"),
            ("met from Monday to Tuesday", "2023-03-13/2023-03-14"),
            ("met on 2023-03-02", "2023-03-02"),
            ("met on 02.03.2023", "2023-03-02"),
            ("met in mid-February", "2023-02"),
        ] {
            let found = dates(text);
            if found != [expected] {
                wrong.push(format!("{text}: {found:?}, not {expected}"));
            }
        }
        assert_eq!(wrong, Vec::<String>::new());
    }

    #[test]
    fn what_tells_no_day_gives_none() {
        for text in [
            "met the next day",
            "met a month earlier",
            "may march",
            "shipped 2021 rifles",
            "broke the embargo of 2006",
        ] {
            assert_eq!(dates(text), [""; 0], "{text}");
        }
    }
}

//! Datelines: where a report was written.

use crate::model::{Article, Document, Mention, MentionForm, SentenceKind};

/// How many sentences may stand before the one with the dateline: headlines, bylines.
const FIRST_SENTENCES: usize = 8;

/// How far a dateline reaches, in tokens.
const DATELINE: usize = 12;

/// The first mention of a state in a dateline, by its name or capital: "SEOUL, Oct. 8 (Agency) -- ",
/// "KYIV: ", "Kyiv, 21 March" on a line of its own. Its index among the mentions by name.
pub(super) fn find(article: &Article, document: &Document, named: &[Mention]) -> Option<usize> {
    let first = named.partition_point(|mention| mention.sentence < FIRST_SENTENCES);
    named[..first].iter().position(|mention| {
        let sentence = &document.sentences[mention.sentence];
        let end = mention.tokens.range().end;
        let word = |index: usize| {
            sentence.tokens.get(index).map_or("", |token| token.span.of(&article.text))
        };
        let in_lead =
            || end <= sentence.lead(&article.text) && sentence.label(&article.text).is_none();
        let opens = mention.tokens.start() == 0 && mention.form == MentionForm::Capital;
        let before_colon = || opens && word(end) == ":" && !word(0).contains(char::is_lowercase);
        let before_date = || {
            opens
                && sentence.tokens.len() <= DATELINE
                && sentence.kind == SentenceKind::Body
                && word(end) == ","
                && word(end + 1).starts_with(|c: char| c.is_ascii_digit())
        };
        mention.entity().is_some_and(crate::model::EntityId::is_state)
            && (in_lead() || before_colon() || before_date())
    })
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::lexicon::Lexicon;
    use crate::model::{Article, EntityId};
    use crate::speech::Voices;
    use crate::text::read_document;

    #[test]
    fn datelines_of_several_forms_name_a_state() {
        let lexicon = Lexicon::load(None).unwrap();
        let gazetteer = Gazetteer::load(&lexicon, None).unwrap();
        for (text, home) in [
            ("ANKARA, June 3 (Example) - The talks went on.", Some("TUR")),
            ("ISTANBUL, Turkey (Example) - The talks went on.", Some("TUR")),
            ("KYIV: The talks went on until night.", Some("UKR")),
            ("Kyiv, 21 March.\n\nThe talks went on until night.", Some("UKR")),
            ("Ankara and Kyiv went on with their talks.", None),
            ("ANKARA: The talks went on.\n\nKYIV: So they did.", Some("TUR")),
        ] {
            let article = Article::from_text("a", text);
            let document = read_document(&lexicon, &article);
            let named = gazetteer.find_mentions(&article, &document).mentions;
            let voices = Voices::new(&lexicon, &article, &document, &named);
            assert_eq!(voices.home.as_ref().map(EntityId::slug), home, "{text}");
        }
    }
}

//! Datelines: where a report was written.

use crate::model::{Article, Document, EntityId, Mention, MentionForm, Sentence};

/// The first mention of a state in a dateline, by its name or capital. Its index among the mentions
/// by name.
pub(super) fn find(article: &Article, document: &Document, named: &[Mention]) -> Option<usize> {
    let first = named.partition_point(|mention| mention.sentence < Sentence::DATELINE_AMONG);
    named[..first].iter().position(|mention| {
        let sentence = &document.sentences[mention.sentence];
        let is_capital = mention.form == MentionForm::Capital;
        mention.entity().is_some_and(EntityId::is_state)
            && sentence.is_in_dateline(&article.text, mention.tokens, is_capital)
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

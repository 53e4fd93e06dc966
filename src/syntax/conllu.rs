//! Reads and writes CoNLL-U, the ten-column format of Universal Dependencies.
//!
//! In come lines, out go sentences of words with their gold annotation, and the other way round.
//! Multiword ranges count for their spaces only, empty nodes not at all; features, enhanced
//! dependencies and miscellany are not kept, but for `SpaceAfter=No`. <https://universaldependencies.org/format.html>

use std::io::{self, BufRead, Write};

use crate::model::{DependencyTree, Deprel, TokenIndex, Upos, Xpos};

/// One annotated word; what a file leaves open is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it stands in the text.
    pub form: String,
    /// Base form.
    pub lemma: Option<String>,
    /// Universal part of speech.
    pub upos: Option<Upos>,
    /// Penn Treebank tag.
    pub xpos: Option<Xpos>,
    /// Governor: `Some(None)` is the root.
    pub head: Option<Option<TokenIndex>>,
    /// Relation to the governor, as written.
    pub deprel: Option<String>,
    /// Whether white space follows.
    pub space_after: bool,
}

impl Word {
    /// The relation, where it is one of the English treebanks.
    #[must_use]
    pub fn known_deprel(&self) -> Option<Deprel> {
        self.deprel.as_deref()?.parse().ok()
    }
}

/// One sentence. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConlluSentence {
    /// Comment lines, with their `#`.
    pub comments: Vec<String>,
    /// Words in order.
    pub words: Vec<Word>,
}

impl ConlluSentence {
    /// The forms in order.
    #[must_use]
    pub fn forms(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.form.as_str()).collect()
    }

    /// The text: the `# text =` comment, else the forms with their spaces.
    #[must_use]
    pub fn text(&self) -> String {
        let given = self.comments.iter().find_map(|line| line.strip_prefix("# text = "));
        given.map_or_else(|| spaced(&self.words), str::to_owned)
    }
}

fn spaced(words: &[Word]) -> String {
    let mut text = String::new();
    for word in words {
        text.push_str(&word.form);
        if word.space_after {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

/// Why CoNLL-U cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ConlluError {
    /// The input fails.
    #[error("line {line}: cannot be read")]
    Read {
        /// 1-based.
        line: usize,
        /// Why.
        source: io::Error,
    },
    /// A line is not of the format.
    #[error("line {line}: {what}")]
    Syntax {
        /// 1-based.
        line: usize,
        /// What is wrong.
        what: String,
    },
}

/// Reads all sentences of `input`.
///
/// # Errors
///
/// If the input fails or a line is not of the format.
pub fn read(input: impl BufRead) -> Result<Vec<ConlluSentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut sentence = ConlluSentence::default();
    // The last word of the open multiword range, and whether a space follows the range.
    let mut range = (0, true);
    let mut number = 0;
    for line in input.lines() {
        number += 1;
        let line = line.map_err(|source| ConlluError::Read { line: number, source })?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            finish(&mut sentence, &mut sentences, number)?;
            range = (0, true);
        } else if line.starts_with('#') {
            sentence.comments.push(line.to_owned());
        } else {
            let id = sentence.words.len() + 1;
            let read = word(line, id).map_err(|what| ConlluError::Syntax { line: number, what })?;
            match read {
                Line::Word(mut word) => {
                    if id <= range.0 {
                        word.space_after = id == range.0 && range.1;
                    }
                    sentence.words.push(word);
                }
                Line::Range { end, space_after } => range = (end, space_after),
                Line::EmptyNode => {}
            }
        }
    }
    finish(&mut sentence, &mut sentences, number)?;
    Ok(sentences)
}

/// Moves a sentence that has words to `sentences`, and checks its heads.
fn finish(
    sentence: &mut ConlluSentence,
    sentences: &mut Vec<ConlluSentence>,
    line: usize,
) -> Result<(), ConlluError> {
    let done = std::mem::take(sentence);
    let n = done.words.len();
    for (index, word) in done.words.iter().enumerate() {
        if let Some(Some(head)) = word.head
            && (head.index() >= n || head.index() == index)
        {
            let what = format!("the head of word {} is not another word", index + 1);
            return Err(ConlluError::Syntax { line, what });
        }
    }
    if n > 0 {
        sentences.push(done);
    }
    Ok(())
}

/// What a line of columns holds.
enum Line {
    Word(Word),
    /// Words up to number `end` are written as one.
    Range {
        end: usize,
        space_after: bool,
    },
    EmptyNode,
}

/// A line of columns.
fn word(line: &str, expected_id: usize) -> Result<Line, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, _, head, deprel, _, misc] = &columns[..] else {
        return Err(format!("{} columns instead of 10", columns.len()));
    };
    let space_after = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
    if let Some((_, end)) = id.split_once('-') {
        let end = end.parse().map_err(|_| format!("{id:?} is no range"))?;
        return Ok(Line::Range { end, space_after });
    }
    if id.contains('.') {
        return Ok(Line::EmptyNode);
    }
    if id.parse() != Ok(expected_id) {
        return Err(format!("id {id:?} instead of {expected_id}"));
    }
    if form.is_empty() {
        return Err("an empty form".to_owned());
    }
    let given = |column: &str| (column != "_").then(|| column.to_owned());
    let head = match head {
        "_" => None,
        "0" => Some(None),
        number => {
            let number = number.parse().ok().and_then(|number: u32| number.checked_sub(1));
            Some(Some(TokenIndex(number.ok_or_else(|| format!("{head:?} is no head"))?)))
        }
    };
    Ok(Line::Word(Word {
        form: form.to_owned(),
        // A lone underscore is the lemma of an underscore.
        lemma: if form == "_" { Some("_".to_owned()) } else { given(lemma) },
        upos: upos.parse().ok(),
        xpos: xpos.parse().ok(),
        head,
        deprel: given(deprel),
        space_after,
    }))
}

/// Writes one sentence and the empty line after it.
///
/// # Errors
///
/// If `output` fails.
///
/// # Panics
///
/// If `words` and `tree` differ in length.
pub fn write<'a>(
    output: &mut dyn Write,
    comments: impl IntoIterator<Item = &'a str>,
    words: impl ExactSizeIterator<Item = (&'a str, bool)>,
    tree: &DependencyTree,
) -> io::Result<()> {
    assert_eq!(words.len(), tree.len(), "a node for each word");
    for comment in comments {
        writeln!(output, "{}", comment.replace(['\n', '\r'], " "))?;
    }
    for ((form, space_after), token) in words.zip(tree.tokens()) {
        let node = tree.node(token);
        let head = node.head.map_or(0, |head| head.index() + 1);
        // Neither tabs nor line ends may stand inside a column.
        let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        writeln!(
            output,
            "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{}",
            token.index() + 1,
            clean(form),
            clean(&node.lemma),
            node.upos,
            node.xpos,
            node.deprel,
            if space_after { "_" } else { "SpaceAfter=No" },
        )?;
    }
    writeln!(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_WORDS: &str = "# text = Kim waved.\n\
        1\tKim\tKim\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n\
        2-3\twaved.\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\twaved\twave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n\
        2.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    #[test]
    fn words_are_read_and_the_rest_is_skipped() {
        let sentences = read(TWO_WORDS.as_bytes()).unwrap();
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0].forms(), ["Kim", "waved", "."]);
        assert_eq!(sentences[0].words[1].head, Some(None));
        assert_eq!(sentences[0].text(), "Kim waved.");
        assert_eq!(spaced(&sentences[0].words), "Kim waved.");
    }

    #[test]
    fn what_is_no_conllu_is_refused_with_its_line() {
        for (text, want) in [
            ("1\tx", "line 1: 2 columns instead of 10"),
            ("2\tx\t_\t_\t_\t_\t_\t_\t_\t_", "line 1: id \"2\" instead of 1"),
            ("1\tx\t_\t_\t_\t_\t7\t_\t_\t_", "line 1: the head of word 1 is not another word"),
            ("1\tx\t_\t_\t_\t_\ty\t_\t_\t_", "line 1: \"y\" is no head"),
        ] {
            assert_eq!(read(text.as_bytes()).unwrap_err().to_string(), want);
        }
    }
}

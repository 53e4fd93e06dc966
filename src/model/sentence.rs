//! Words, sentences and trees: the tag sets of Universal Dependencies and the shapes
//! that reading produces.

use std::borrow::Cow;

use super::closed::closed_set;
use super::written_date::month_number;
use super::{Byte, Span, TokenUnit};

/// Position of a token in its sentence, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenIndex(pub u32);

impl TokenIndex {
    /// The position `index` of a slice.
    ///
    /// # Panics
    ///
    /// If it exceeds `u32`: sentences are cut far below.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a sentence has fewer than 2^32 tokens"))
    }

    /// As an index of slices.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

closed_set! {
    /// Universal part of speech, <https://universaldependencies.org/u/pos/>.
    "part of speech" Upos {
        /// `ADJ`.
        Adjective = "ADJ",
        /// `ADP`.
        Adposition = "ADP",
        /// `ADV`.
        Adverb = "ADV",
        /// `AUX`.
        Auxiliary = "AUX",
        /// `CCONJ`.
        CoordinatingConjunction = "CCONJ",
        /// `DET`.
        Determiner = "DET",
        /// `INTJ`.
        Interjection = "INTJ",
        /// `NOUN`.
        Noun = "NOUN",
        /// `NUM`.
        Numeral = "NUM",
        /// `PART`.
        Particle = "PART",
        /// `PRON`.
        Pronoun = "PRON",
        /// `PROPN`.
        ProperNoun = "PROPN",
        /// `PUNCT`.
        Punctuation = "PUNCT",
        /// `SCONJ`.
        SubordinatingConjunction = "SCONJ",
        /// `SYM`.
        Symbol = "SYM",
        /// `VERB`.
        Verb = "VERB",
        /// `X`.
        Other = "X",
    }
}

closed_set! {
    /// Part of speech of the Penn Treebank, as the English treebanks use it.
    "Penn tag" Xpos {
        /// `NN`.
        Nn = "NN",
        /// `IN`.
        In = "IN",
        /// `DT`.
        Dt = "DT",
        /// `NNP`.
        Nnp = "NNP",
        /// `JJ`.
        Jj = "JJ",
        /// `PRP`.
        Prp = "PRP",
        /// `.`.
        FullStop = ".",
        /// `RB`.
        Rb = "RB",
        /// `,`.
        Comma = ",",
        /// `NNS`.
        Nns = "NNS",
        /// `VB`.
        Vb = "VB",
        /// `CC`.
        Cc = "CC",
        /// `VBP`.
        Vbp = "VBP",
        /// `VBD`.
        Vbd = "VBD",
        /// `VBZ`.
        Vbz = "VBZ",
        /// `VBN`.
        Vbn = "VBN",
        /// `CD`.
        Cd = "CD",
        /// `VBG`.
        Vbg = "VBG",
        /// `TO`.
        To = "TO",
        /// `PRP$`.
        PrpPoss = "PRP$",
        /// `MD`.
        Md = "MD",
        /// `-RRB-`.
        Rrb = "-RRB-",
        /// `-LRB-`.
        Lrb = "-LRB-",
        /// `:`.
        Colon = ":",
        /// `WDT`.
        Wdt = "WDT",
        /// `UH`.
        Uh = "UH",
        /// Two backticks.
        OpeningQuote = "``",
        /// `WRB`.
        Wrb = "WRB",
        /// `WP`.
        Wp = "WP",
        /// `''`.
        ClosingQuote = "''",
        /// `HYPH`.
        Hyph = "HYPH",
        /// `POS`.
        Pos = "POS",
        /// `RP`.
        Rp = "RP",
        /// `NNPS`.
        Nnps = "NNPS",
        /// `JJR`.
        Jjr = "JJR",
        /// `JJS`.
        Jjs = "JJS",
        /// `EX`.
        Ex = "EX",
        /// `RBR`.
        Rbr = "RBR",
        /// `NFP`.
        Nfp = "NFP",
        /// `SYM`.
        Sym = "SYM",
        /// `FW`.
        Fw = "FW",
        /// `ADD`.
        Add = "ADD",
        /// `GW`.
        Gw = "GW",
        /// `$`.
        Currency = "$",
        /// `PDT`.
        Pdt = "PDT",
        /// `RBS`.
        Rbs = "RBS",
        /// `LS`.
        Ls = "LS",
        /// `AFX`.
        Afx = "AFX",
        /// `WP$`.
        WpPoss = "WP$",
    }
}

closed_set! {
    /// Relation of a token to its head, <https://universaldependencies.org/en/dep/>.
    "dependency relation" Deprel {
        /// `acl`.
        Acl = "acl",
        /// `acl:relcl`.
        AclRelcl = "acl:relcl",
        /// `advcl`.
        Advcl = "advcl",
        /// `advcl:relcl`.
        AdvclRelcl = "advcl:relcl",
        /// `advmod`.
        Advmod = "advmod",
        /// `amod`.
        Amod = "amod",
        /// `appos`.
        Appos = "appos",
        /// `aux`.
        Aux = "aux",
        /// `aux:pass`.
        AuxPass = "aux:pass",
        /// `case`.
        Case = "case",
        /// `cc`.
        Cc = "cc",
        /// `cc:preconj`.
        CcPreconj = "cc:preconj",
        /// `ccomp`.
        Ccomp = "ccomp",
        /// `compound`.
        Compound = "compound",
        /// `compound:prt`.
        CompoundPrt = "compound:prt",
        /// `conj`.
        Conj = "conj",
        /// `cop`.
        Cop = "cop",
        /// `csubj`.
        Csubj = "csubj",
        /// `csubj:outer`.
        CsubjOuter = "csubj:outer",
        /// `csubj:pass`.
        CsubjPass = "csubj:pass",
        /// `dep`.
        Dep = "dep",
        /// `det`.
        Det = "det",
        /// `det:predet`.
        DetPredet = "det:predet",
        /// `discourse`.
        Discourse = "discourse",
        /// `dislocated`.
        Dislocated = "dislocated",
        /// `expl`.
        Expl = "expl",
        /// `fixed`.
        Fixed = "fixed",
        /// `flat`.
        Flat = "flat",
        /// `goeswith`.
        Goeswith = "goeswith",
        /// `iobj`.
        Iobj = "iobj",
        /// `list`.
        List = "list",
        /// `mark`.
        Mark = "mark",
        /// `nmod`.
        Nmod = "nmod",
        /// `nmod:desc`.
        NmodDesc = "nmod:desc",
        /// `nmod:poss`.
        NmodPoss = "nmod:poss",
        /// `nmod:unmarked`.
        NmodUnmarked = "nmod:unmarked",
        /// `nsubj`.
        Nsubj = "nsubj",
        /// `nsubj:outer`.
        NsubjOuter = "nsubj:outer",
        /// `nsubj:pass`.
        NsubjPass = "nsubj:pass",
        /// `nummod`.
        Nummod = "nummod",
        /// `obj`.
        Obj = "obj",
        /// `obl`.
        Obl = "obl",
        /// `obl:agent`.
        OblAgent = "obl:agent",
        /// `obl:unmarked`.
        OblUnmarked = "obl:unmarked",
        /// `orphan`.
        Orphan = "orphan",
        /// `parataxis`.
        Parataxis = "parataxis",
        /// `punct`.
        Punct = "punct",
        /// `reparandum`.
        Reparandum = "reparandum",
        /// `root`.
        Root = "root",
        /// `vocative`.
        Vocative = "vocative",
        /// `xcomp`.
        Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj:pass` is an `nsubj`.
    #[must_use]
    pub fn universal(self) -> &'static str {
        self.basic().as_str()
    }

    /// The same as a relation.
    #[must_use]
    pub fn basic(self) -> Self {
        match self {
            Self::AclRelcl => Self::Acl,
            Self::AdvclRelcl => Self::Advcl,
            Self::AuxPass => Self::Aux,
            Self::CcPreconj => Self::Cc,
            Self::CompoundPrt => Self::Compound,
            Self::CsubjOuter | Self::CsubjPass => Self::Csubj,
            Self::DetPredet => Self::Det,
            Self::NmodDesc | Self::NmodPoss | Self::NmodUnmarked => Self::Nmod,
            Self::NsubjOuter | Self::NsubjPass => Self::Nsubj,
            Self::OblAgent | Self::OblUnmarked => Self::Obl,
            whole => whole,
        }
    }
}

/// `word` in lower case, which most words are.
#[must_use]
pub fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// A word or mark, by the tokenization of the English treebanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the article's text.
    pub span: Span<Byte>,
    /// Whether white space follows.
    pub space_after: bool,
}

closed_set! {
    /// What part of an article a sentence stands in.
    "sentence kind" SentenceKind {
        /// Running text.
        Body = "body",
        /// A headline or an intermediate heading.
        Headline = "headline",
        /// An item of a list.
        ListItem = "list-item",
        /// The text under a picture.
        Caption = "caption",
        /// A card that advertises another story.
        Teaser = "teaser",
    }
}

/// One sentence of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes in the article's text, without white space at the ends.
    pub span: Span<Byte>,
    /// Where it stands.
    pub kind: SentenceKind,
    /// Number of its paragraph in the article, 0-based. A list item has its own.
    pub paragraph: u32,
    /// In text order, without overlap, inside `span`. Never empty.
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// How far a lead may reach, in tokens.
    pub const LONGEST_LEAD: usize = 24;
    /// How many tokens a line has at most that is a dateline.
    const LONGEST_DATELINE: usize = 12;
    /// How many sentences may stand before the one with the dateline: headlines, bylines.
    pub(crate) const DATELINE_AMONG: usize = 8;

    /// The words of token `index`.
    #[must_use]
    pub fn token<'t>(&self, text: &'t str, index: TokenIndex) -> &'t str {
        self.tokens[index.index()].span.of(text)
    }

    /// The bytes from the first to the last token of `tokens`.
    ///
    /// # Panics
    ///
    /// If `tokens` is empty or not of this sentence.
    #[must_use]
    pub fn bytes(&self, tokens: Span<TokenUnit>) -> Span<Byte> {
        assert!(!tokens.is_empty(), "an empty token span has no bytes");
        let first = self.tokens[tokens.start() as usize].span;
        let last = self.tokens[tokens.end() as usize - 1].span;
        first.join(last)
    }

    /// The number of tokens before the first clause that are no part of it: a dateline
    /// ("SEOUL, Oct. 8 (Reuters) - "), the day of a chronicle ("8 October 2024 – ") or the speaker
    /// of a transcript ("MR KIRBY: "). They tell where and when a report was written or who
    /// speaks, not who acts.
    #[must_use]
    pub fn lead(&self, text: &str) -> usize {
        if self.kind == SentenceKind::Headline {
            return 0;
        }
        let first = &self.tokens[..self.tokens.len().min(Self::LONGEST_LEAD)];
        // Each kind ends with a mark. Dashes beyond ASCII begin with this byte.
        let may_end = |token: &Token| {
            matches!(text.as_bytes()[token.span.start() as usize], b'-' | b':' | b'/' | 0xE2)
        };
        if !first.iter().any(may_end) {
            return 0;
        }
        let words: Vec<&str> = first.iter().map(|token| token.span.of(text)).collect();
        let lead = dateline(&words).max(day(&words)).max(label(&words));
        if lead < self.tokens.len() { lead } else { 0 }
    }

    /// The words before the colon of a transcript's line, if they look like a speaker: capitals
    /// ("MR KIRBY:", "Q:") or a name ("John Kirby:").
    #[must_use]
    pub fn label(&self, text: &str) -> Option<Span<TokenUnit>> {
        let words: Vec<&str> =
            self.tokens.iter().take(9).map(|token| token.span.of(text)).collect();
        let colon = words.iter().position(|word| *word == ":").filter(|at| (1..8).contains(at))?;
        let starts_high = |word: &&str| {
            word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphanumeric())
        };
        words[..colon].iter().all(starts_high).then(|| Span::from_range(0..colon))
    }

    /// Whether the name at `tokens` stands where a dateline tells the place: "SEOUL, Oct. 8 (Agency)
    /// -- ", "KYIV: ", "Kyiv, 21 March" on a line of its own. The last two need a capital, which
    /// `is_capital` tells.
    #[must_use]
    pub fn is_in_dateline(&self, text: &str, tokens: Span<TokenUnit>, is_capital: bool) -> bool {
        let end = tokens.range().end;
        let word = |index: usize| self.tokens.get(index).map_or("", |token| token.span.of(text));
        let in_lead = || end <= self.lead(text) && self.label(text).is_none();
        let opens = tokens.start() == 0 && is_capital;
        let before_colon = || opens && word(end) == ":" && !word(0).contains(char::is_lowercase);
        let before_date = || {
            opens
                && self.tokens.len() <= Self::LONGEST_DATELINE
                && self.kind == SentenceKind::Body
                && word(end) == ","
                && word(end + 1).starts_with(|c: char| c.is_ascii_digit())
        };
        in_lead() || before_colon() || before_date()
    }

    /// The tokens that share a byte with `bytes`; `None` if there are none.
    #[must_use]
    pub fn tokens_in(&self, bytes: Span<Byte>) -> Option<Span<TokenUnit>> {
        let first = self.tokens.partition_point(|token| token.span.end() <= bytes.start());
        let last = self.tokens.partition_point(|token| token.span.start() < bytes.end());
        (first < last).then(|| Span::from_range(first..last))
    }
}

/// The tokens of a dateline, its dash included.
fn dateline(words: &[&str]) -> usize {
    let in_capitals = words.first().is_some_and(|word| {
        word.len() > 2 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    let dash = words.iter().position(|word| matches!(*word, "-" | "--" | "–" | "—"));
    match dash {
        Some(at) if at > 0 => {
            let before = &words[..at];
            let closed = before.last() == Some(&")");
            let short = at <= 4 && in_capitals;
            // "VIENNA, Austria, June 14 — ".
            let dated = in_capitals
                && at <= 12
                && before.iter().any(|word| month_number(word.trim_end_matches('.')).is_some())
                && before.iter().all(|word| !word.starts_with(char::is_lowercase));
            let short = short || dated;
            if closed && at < 20 && before.contains(&"(") && (in_capitals || at <= 12) || short {
                at + 1
            } else {
                0
            }
        }
        // "WASHINGTON, November 1. /TASS/. ".
        _ => {
            let slash = |word: &&str| *word == "/" || word.starts_with('/') && word.ends_with('/');
            let last = words.iter().rposition(slash).filter(|&at| in_capitals && at < 14);
            let stop = |at: usize| words.get(at + 1) == Some(&".");
            last.map_or(0, |at| at + 1 + usize::from(stop(at)))
        }
    }
}

/// The tokens of a date before a dash, the dash included.
fn day(words: &[&str]) -> usize {
    let dash = words.iter().position(|word| matches!(*word, "--" | "–" | "—"));
    let is_date = |word: &&str| {
        let word = word.trim_end_matches('.');
        word == "," || word.bytes().all(|b| b.is_ascii_digit()) || month_number(word).is_some()
    };
    match dash {
        Some(at) if (1..6).contains(&at) && words[..at].iter().all(is_date) => at + 1,
        _ => 0,
    }
}

/// The tokens of a speaker in capitals, its colon included.
fn label(words: &[&str]) -> usize {
    let colon = words.iter().position(|word| *word == ":").filter(|at| (1..8).contains(at));
    let in_capitals = |word: &&str| !word.chars().any(char::is_lowercase);
    match colon {
        Some(colon) if words[..colon].iter().all(in_capitals) => colon + 1,
        _ => 0,
    }
}

/// An article cut into what a claim can stand in; boilerplate is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// In text order, without overlap.
    pub sentences: Vec<Sentence>,
    /// Text that is not the article: subscription appeals, share buttons, tickers.
    pub boilerplate: Vec<Span<Byte>>,
}

//! The weights file: read, checked, laid out for the net.
//!
//! In come bytes in the format that `data/model/README.md` describes, out go tables and layers
//! whose shapes agree. Damaged bytes give an error that says what is wrong; nothing is computed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use super::distance::N_DISTANCES;
use super::features::N_SHAPES;
use super::kernel::{ACTIVATION_SCALE, INPUT_BLOCK, LABEL_SCALE, MAX_INPUTS, Matrix};
use super::lemma::Lemmatizer;
use crate::model::{Deprel, Upos, Xpos};

const MAGIC: &[u8; 8] = b"tlsyntax";
const VERSION: u32 = 1;
const HEADER: usize = 28;

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The bytes are no usable weights.
    #[error("{origin}: {problem}")]
    Damaged {
        /// The file, or `embedded weights`.
        origin: String,
        /// What is wrong.
        #[source]
        problem: WeightsProblem,
    },
}

/// What is wrong with weights.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeightsProblem {
    /// Another kind of file.
    #[error("not a weights file")]
    Magic,
    /// A format that this program does not know.
    #[error("format version {0}, but only version {VERSION} is known")]
    Version(u32),
    /// Bytes are missing or left over.
    #[error("{found} bytes instead of {expected}")]
    Length {
        /// By the header.
        expected: u64,
        /// Present.
        found: u64,
    },
    /// The bytes are not those that were written.
    #[error("checksum differs: the file is damaged")]
    Checksum,
    /// A section ends early, is missing or has another shape than the rest.
    #[error("section {name:?}: {what}")]
    Section {
        /// Its name; empty where that cannot be read.
        name: String,
        /// What is wrong.
        what: String,
    },
}

fn section_error(name: &str, what: impl fmt::Display) -> WeightsProblem {
    WeightsProblem::Section { name: name.to_owned(), what: what.to_string() }
}

/// Rows of 8-bit values, each row with its scale, read in place.
#[derive(Debug)]
pub(super) struct Table {
    range: Range<usize>,
    scales: Vec<f32>,
    n_columns: usize,
}

impl Table {
    /// Number of rows.
    pub(super) fn n_rows(&self) -> usize {
        self.scales.len()
    }

    /// Adds `factor` times a row to `to`, element by element.
    #[expect(clippy::inline_always, reason = "runs inside of `widest`")]
    #[inline(always)]
    pub(super) fn add_row(&self, bytes: &[u8], row: usize, factor: f32, to: &mut [f32]) {
        let start = self.range.start + row * self.n_columns;
        let factor = self.scales[row] * factor;
        for (to, &value) in to.iter_mut().zip(&bytes[start..start + self.n_columns]) {
            *to += f32::from(value.cast_signed()) * factor;
        }
    }
}

/// Everything that the net reads.
#[derive(Debug)]
pub(super) struct Weights {
    pub(super) bytes: Cow<'static, [u8]>,
    pub(super) tags: Vec<(Upos, Xpos)>,
    pub(super) deprels: Vec<Deprel>,
    /// The number of the relation that no token with a head has.
    pub(super) root_label: Option<usize>,
    /// Hashes of the known words, ascending; word `i` has row `i + 1`.
    pub(super) word_hashes: Vec<u32>,
    pub(super) words: Table,
    pub(super) ngrams: Table,
    pub(super) shapes: Table,
    /// What stands before the first and after the last token.
    pub(super) edges: Table,
    /// The first layer: what a word adds to the word after it, to itself, to the word before.
    pub(super) window: Matrix,
    pub(super) first_bias: Vec<f32>,
    pub(super) second: Matrix,
    pub(super) third: Matrix,
    pub(super) tag: Matrix,
    pub(super) tag_embedding: Table,
    /// Heads and dependents of arcs, distances, heads and dependents of labels, side by side.
    pub(super) heads: Matrix,
    pub(super) arc_root: Vec<f32>,
    pub(super) label_root: Vec<f32>,
    pub(super) n_distances: usize,
    pub(super) label: Matrix,
    pub(super) label_distance: Table,
    /// Units a direction.
    pub(super) hidden: usize,
    pub(super) lemmatizer: Lemmatizer,
}

impl Weights {
    /// Reads and checks weights.
    pub(super) fn read(bytes: Cow<'static, [u8]>) -> Result<Self, WeightsProblem> {
        let sections = Sections::read(&bytes)?;
        let tags = sections.tags()?;
        let deprels = sections.deprels()?;
        if tags.is_empty() || deprels.is_empty() {
            return Err(section_error("tags", "a net without tags or relations"));
        }
        let lemmatizer = Lemmatizer::read(sections.text("lemmas")?)
            .map_err(|what| section_error("lemmas", what))?;

        let word_hashes = sections.hashes("words")?;
        let words = sections.table("word", Some(word_hashes.len() + 1), None)?;
        let ngrams = sections.table("ngram", None, None)?;
        let shapes = sections.table("shape", Some(N_SHAPES), None)?;
        let width = words.n_columns + ngrams.n_columns + shapes.n_columns;
        if width == 0 || width > MAX_INPUTS {
            return Err(section_error("word", "vectors of no width or of too much"));
        }
        let edges = sections.table("edge", Some(2), Some(width))?;
        if ngrams.n_rows() == 0 {
            return Err(section_error("ngram", "no row"));
        }

        let first_bias = sections.vector("l1.bias", None)?;
        let hidden = first_bias.len() / 6;
        let fits = hidden * 2 <= MAX_INPUTS && hidden * 2 % INPUT_BLOCK == 0;
        if hidden == 0 || first_bias.len() % 6 != 0 || !fits {
            return Err(section_error("l1.bias", "not six gates of 8, 16 … 256 units"));
        }
        let first = sections.table("l1", Some(6 * hidden), Some(3 * width))?;
        let window = window_layer(&first, &bytes, width);
        let layer = |name: &str| sections.matrix(&[name], 2 * hidden, Some(6 * hidden));

        let label_distance = sections.table("lab_dist", None, Some(deprels.len()))?;
        let n_distances = label_distance.n_rows();
        let arc_root = sections.vector("arc_root", None)?;
        let label_root = sections.vector("lab_root", None)?;
        let heads =
            sections.matrix(&["arc_h", "arc_d", "dist", "lab_h", "lab_d"], 2 * hidden, None)?;
        if heads.n_outputs() != 2 * arc_root.len() + n_distances + 2 * label_root.len() {
            return Err(section_error("arc_h", "widths of arcs, distances and labels differ"));
        }
        if n_distances != N_DISTANCES {
            return Err(section_error("lab_dist", "another number of distance classes"));
        }
        let label = sections.label_layer(deprels.len(), label_root.len())?;
        let second = layer("l2")?;
        let third = layer("l3")?;
        let tag = sections.matrix(&["tag"], 2 * hidden, Some(tags.len()))?;
        let tag_embedding = sections.table("tag_e", Some(tags.len()), Some(2 * hidden))?;
        drop(sections);
        let root_label = deprels.iter().position(|&deprel| deprel == Deprel::Root);
        Ok(Self {
            bytes,
            tags,
            deprels,
            root_label,
            word_hashes,
            words,
            ngrams,
            shapes,
            edges,
            window,
            first_bias,
            second,
            third,
            tag,
            tag_embedding,
            heads,
            arc_root,
            label_root,
            n_distances,
            label,
            label_distance,
            hidden,
            lemmatizer,
        })
    }

    /// Length of a word's vector.
    pub(super) fn width(&self) -> usize {
        self.words.n_columns + self.ngrams.n_columns + self.shapes.n_columns
    }

    /// Columns of the parts of a word's vector: word, n-grams, shape.
    pub(super) fn parts(&self) -> [usize; 3] {
        [self.words.n_columns, self.ngrams.n_columns, self.shapes.n_columns]
    }
}

/// The first layer with its inputs for the word before, the word itself and the word after as
/// three times as many outputs of one word.
fn window_layer(first: &Table, bytes: &[u8], width: usize) -> Matrix {
    let rows = &bytes[first.range.clone()];
    let mut parts = Vec::with_capacity(rows.len());
    for part in 0..3 {
        for row in rows.chunks_exact(3 * width) {
            parts.extend_from_slice(&row[part * width..(part + 1) * width]);
        }
    }
    let bias = vec![0.0; 3 * first.n_rows()];
    Matrix::new(width, &parts, &first.scales.repeat(3), &bias, ACTIVATION_SCALE)
}

/// Sections by name, as they lie in the file.
struct Sections<'a> {
    bytes: &'a [u8],
    by_name: BTreeMap<&'a str, Section>,
}

#[derive(Debug, Clone)]
struct Section {
    kind: u8,
    n_rows: usize,
    n_columns: usize,
    range: Range<usize>,
}

const TEXT: u8 = 0;
const HASHES: u8 = 1;
const VECTOR: u8 = 2;
const ROWS: u8 = 3;

impl<'a> Sections<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, WeightsProblem> {
        if bytes.len() < HEADER || !bytes.starts_with(MAGIC) {
            return Err(WeightsProblem::Magic);
        }
        let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes"));
        let u64_at = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("8 bytes"));
        if u32_at(8) != VERSION {
            return Err(WeightsProblem::Version(u32_at(8)));
        }
        let body = &bytes[HEADER..];
        if u64_at(12) != body.len() as u64 {
            return Err(WeightsProblem::Length { expected: u64_at(12), found: body.len() as u64 });
        }
        if u64_at(20) != checksum(body) {
            return Err(WeightsProblem::Checksum);
        }
        let mut by_name = BTreeMap::new();
        let mut at = HEADER;
        while at < bytes.len() {
            let (name, section) = Self::section(bytes, at)?;
            at = section.range.end;
            by_name.insert(name, section);
        }
        Ok(Self { bytes, by_name })
    }

    /// The section that starts at `at`.
    fn section(bytes: &'a [u8], at: usize) -> Result<(&'a str, Section), WeightsProblem> {
        let early = || section_error("", "ends early");
        let rest = &bytes[at..];
        let &[name_length, kind, ..] = rest else { return Err(early()) };
        let name_end = 2 + usize::from(name_length);
        let name = rest.get(2..name_end).ok_or_else(early)?;
        let name = std::str::from_utf8(name).map_err(|error| section_error("", error))?;
        let u32_at = |at: usize| -> Option<usize> {
            let bytes = rest.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(bytes)).ok()
        };
        let (n_rows, n_columns) = u32_at(name_end).zip(u32_at(name_end + 4)).ok_or_else(early)?;
        let length = match kind {
            TEXT => Some(n_rows),
            HASHES | VECTOR => n_rows.checked_mul(4),
            ROWS => n_columns.checked_add(4).and_then(|row| row.checked_mul(n_rows)),
            _ => return Err(section_error(name, format!("unknown kind {kind}"))),
        };
        let start = at + name_end + 8;
        let end = length.and_then(|length| start.checked_add(length));
        let end = end.filter(|&end| end <= bytes.len());
        let end = end.ok_or_else(|| section_error(name, "ends early"))?;
        Ok((name, Section { kind, n_rows, n_columns, range: start..end }))
    }

    fn find(&self, name: &str, kind: u8) -> Result<&Section, WeightsProblem> {
        let section = self.by_name.get(name).ok_or_else(|| section_error(name, "is missing"))?;
        if section.kind == kind {
            Ok(section)
        } else {
            Err(section_error(name, "is of another kind"))
        }
    }

    fn text(&self, name: &str) -> Result<&'a str, WeightsProblem> {
        let section = self.find(name, TEXT)?;
        std::str::from_utf8(&self.bytes[section.range.clone()])
            .map_err(|error| section_error(name, error))
    }

    fn lines(&self, name: &str) -> Result<std::str::Lines<'a>, WeightsProblem> {
        Ok(self.text(name)?.lines())
    }

    fn hashes(&self, name: &str) -> Result<Vec<u32>, WeightsProblem> {
        let section = self.find(name, HASHES)?;
        let words = self.bytes[section.range.clone()].as_chunks::<4>().0;
        let hashes: Vec<u32> = words.iter().map(|&word| u32::from_le_bytes(word)).collect();
        if hashes.is_sorted_by(|a, b| a < b) {
            Ok(hashes)
        } else {
            Err(section_error(name, "not in order"))
        }
    }

    fn floats(&self, name: &str, range: Range<usize>) -> Result<Vec<f32>, WeightsProblem> {
        let words = self.bytes[range].as_chunks::<4>().0;
        let values: Vec<f32> = words.iter().map(|&word| f32::from_le_bytes(word)).collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(section_error(name, "holds a value that is no number"))
        }
    }

    fn vector(&self, name: &str, length: Option<usize>) -> Result<Vec<f32>, WeightsProblem> {
        let section = self.find(name, VECTOR)?;
        check(name, "entries", section.n_rows, length)?;
        self.floats(name, section.range.clone())
    }

    fn table(
        &self,
        name: &str,
        n_rows: Option<usize>,
        n_columns: Option<usize>,
    ) -> Result<Table, WeightsProblem> {
        let section = self.find(name, ROWS)?;
        check(name, "rows", section.n_rows, n_rows)?;
        check(name, "columns", section.n_columns, n_columns)?;
        let data = section.range.start + section.n_rows * 4;
        let scales = self.floats(name, section.range.start..data)?;
        Ok(Table { range: data..section.range.end, scales, n_columns: section.n_columns })
    }

    /// Pairs of tags, by their number.
    fn tags(&self) -> Result<Vec<(Upos, Xpos)>, WeightsProblem> {
        let tags = self.lines("tags")?.map(|line| {
            let pair = line.split_once('\t').and_then(|(upos, xpos)| {
                Some((upos.parse::<Upos>().ok()?, xpos.parse::<Xpos>().ok()?))
            });
            pair.ok_or_else(|| section_error("tags", format!("unknown tag {line:?}")))
        });
        tags.collect()
    }

    /// Relations, by their number.
    fn deprels(&self) -> Result<Vec<Deprel>, WeightsProblem> {
        let lines = self.lines("deprels")?;
        lines.map(|line| line.parse().map_err(|error| section_error("deprels", error))).collect()
    }

    /// The layer from `n_units` sums and as many products to scores of `n_labels` relations.
    fn label_layer(&self, n_labels: usize, n_units: usize) -> Result<Matrix, WeightsProblem> {
        let label = self.table("label", Some(n_labels), Some(2 * n_units))?;
        if label.n_columns > MAX_INPUTS || label.n_columns % INPUT_BLOCK != 0 {
            return Err(section_error("label", "not 16, 32 … 512 columns"));
        }
        let rows = &self.bytes[label.range.clone()];
        let bias = vec![0.0; n_labels];
        Ok(Matrix::new(label.n_columns, rows, &label.scales, &bias, LABEL_SCALE))
    }

    /// Layers of the same inputs, their outputs side by side.
    fn matrix(
        &self,
        names: &[&str],
        n_inputs: usize,
        n_outputs: Option<usize>,
    ) -> Result<Matrix, WeightsProblem> {
        let (mut rows, mut scales, mut biases) = (Vec::new(), Vec::new(), Vec::new());
        for name in names {
            let table = self.table(name, n_outputs, Some(n_inputs))?;
            let bias = self.vector(&format!("{name}.bias"), Some(table.n_rows()))?;
            rows.extend_from_slice(&self.bytes[table.range]);
            scales.extend(table.scales);
            biases.extend(bias);
        }
        Ok(Matrix::new(n_inputs, &rows, &scales, &biases, ACTIVATION_SCALE))
    }
}

fn check(
    name: &str,
    what: &str,
    found: usize,
    expected: Option<usize>,
) -> Result<(), WeightsProblem> {
    match expected {
        Some(expected) if expected != found => {
            Err(section_error(name, format!("{found} {what} instead of {expected}")))
        }
        _ => Ok(()),
    }
}

/// Four interleaved FNV-1a sums over 64-bit little-endian words, folded into one with the length.
/// Guards against damage, not against forgery.
fn checksum(body: &[u8]) -> u64 {
    const PRIME: u64 = 0x100_0000_01b3;
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    let mut sums = [BASIS, BASIS + 1, BASIS + 2, BASIS + 3];
    let mut add = |chunk: &[u8; 32]| {
        for (sum, word) in sums.iter_mut().zip(chunk.as_chunks::<8>().0) {
            *sum = (*sum ^ u64::from_le_bytes(*word)).wrapping_mul(PRIME);
        }
    };
    let (chunks, rest) = body.as_chunks::<32>();
    chunks.iter().for_each(&mut add);
    if !rest.is_empty() {
        let mut last = [0; 32];
        last[..rest.len()].copy_from_slice(rest);
        add(&last);
    }
    let mut total = BASIS;
    for part in sums.into_iter().chain([body.len() as u64]) {
        total = (total ^ part).wrapping_mul(PRIME);
        total ^= total >> 29;
    }
    total
}

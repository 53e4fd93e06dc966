//! The net's forward pass: forms of some sentences to tag, arc and label scores.
//!
//! Three bidirectional gated linear recurrences (the QRNN of Bradbury and others, "Quasi-Recurrent
//! Neural Networks", 2017, with forget and output gates), tags after the second, arcs and labels
//! after the third, scored pairwise (after Dozat and Manning, "Deep Biaffine Attention for Neural
//! Dependency Parsing", 2017; here the dependent's side is linear, and a bias for direction and
//! distance depends on the dependent). Which tree the scores mean is decided in `decode`.
//!
//! All sums of products are integer, all other arithmetic is element-wise or in a fixed order:
//! the scores are the same bits on every machine.

use std::iter;
use std::ops::Range;

use super::cache::FormCache;
use super::distance::{ROOT_DISTANCE, distance_class};
use super::features::{self, Mode};
use super::functions::{best_of, exp, gate};
use super::kernel::{
    ACTIVATION_SCALE, COLUMN_BLOCK, LABEL_SCALE, Rows, WINDOW_SCALE, Work, grow, multiply_columns,
    quantise, widest,
};
use super::weights::Weights;

/// Tags whose logit lies further below the best add nothing to the expected embedding: each would
/// have less than a four-hundredth of the best tag's share.
const TAG_MARGIN: f32 = 6.0;

/// Names a piece of element-wise work, what it works on and what comes out; [`widest`] runs it.
macro_rules! work {
    ($(#[$about:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? } -> $output:ty $body:block) => {
        $(#[$about])*
        struct $name<'w> {
            $($field: $kind),*
        }

        impl<'w> Work for $name<'w> {
            type Output = $output;

            #[inline(always)]
            fn run(self) -> $output {
                let Self { $($field),* } = self;
                $body
            }
        }
    };
}

/// Buffers for the sentences that pass the net together.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    key: String,
    grams: Vec<u32>,
    vector: Vec<f32>,
    steps: Vec<i16>,
    product: Vec<f32>,
    window: Vec<i16>,
    sources: Vec<Source>,
    gates: Vec<f32>,
    state: Vec<f32>,
    hidden: Vec<f32>,
    tags: Vec<f32>,
    heads: Vec<f32>,
    labels: Vec<f32>,
    columns: Vec<f32>,
    products: Vec<f32>,
    /// `n × (n + 1)` scores of one piece; column 0 is the root.
    pub(super) arcs: Vec<f32>,
}

/// The part of the first layer that no sentence changes.
#[derive(Debug)]
pub(super) struct Prepared {
    bias: Vec<i16>,
    /// What the edge before the first token adds to it, and the edge after the last to that.
    edges: [Vec<i16>; 2],
}

impl Prepared {
    pub(super) fn new(weights: &Weights) -> Self {
        let edge = |row: usize, part: usize| {
            let mut vector = vec![0.0; weights.width()];
            weights.edges.add_row(&weights.bytes, row, 1.0, &mut vector);
            let (mut steps, mut product) = (Vec::new(), Vec::new());
            quantise_row(&vector, weights.window.input_stride(), &mut steps);
            weights.window.multiply(&steps, &mut product);
            let n_gates = weights.first_bias.len();
            let part = &product[part * n_gates..(part + 1) * n_gates];
            part.iter().map(|&value| quantise(value, WINDOW_SCALE)).collect()
        };
        let bias = weights.first_bias.iter().map(|&value| quantise(value, WINDOW_SCALE)).collect();
        Self { bias, edges: [edge(0, 0), edge(1, 2)] }
    }
}

/// Appends `values` in fixed point, filled up to `stride`.
fn quantise_row(values: &[f32], stride: usize, to: &mut Vec<i16>) {
    let start = to.len();
    to.extend(values.iter().map(|&value| quantise(value, ACTIVATION_SCALE)));
    to.resize(start + stride, 0);
}

/// A sentence among those that pass the net together.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its tokens, counted through all pieces.
    pub(super) tokens: Range<usize>,
    pub(super) mode: Mode,
}

/// Runs the first layer over all `pieces`, whose forms follow each other: afterwards each token has
/// a state that knows its whole piece. [`score`] goes on from there.
///
/// # Panics
///
/// If there is no form.
pub(super) fn read_words<'a>(
    weights: &Weights,
    prepared: &Prepared,
    forms: impl Iterator<Item = &'a str> + Clone,
    pieces: &[Piece],
    buffers: &mut Buffers,
    cache: &mut FormCache,
) {
    first_layer(weights, prepared, forms, pieces, buffers, cache);
    let width = 2 * weights.hidden;
    let n = buffers.sources.len();
    buffers.hidden.clear();
    buffers.hidden.resize(n * width, 0.0);
    buffers.recur(weights.hidden, pieces);
    buffers.quantise_hidden();
}

/// Runs the other layers over all `pieces`; returns the number of each token's tag.
/// [`Buffers::score_arcs`] and [`Buffers::score_labels`] read off the rest.
pub(super) fn score(weights: &Weights, pieces: &[Piece], buffers: &mut Buffers) -> Vec<usize> {
    weights.second.multiply(&buffers.steps, &mut buffers.gates);
    buffers.recur(weights.hidden, pieces);
    buffers.quantise_hidden();
    weights.tag.multiply(&buffers.steps, &mut buffers.tags);
    let tags = widest(AddTags { weights, logits: &buffers.tags, hidden: &mut buffers.hidden });
    buffers.quantise_hidden();
    weights.third.multiply(&buffers.steps, &mut buffers.gates);
    buffers.recur(weights.hidden, pieces);
    buffers.quantise_hidden();
    weights.heads.multiply(&buffers.steps, &mut buffers.heads);
    tags
}

/// Where a word's part of the first layer lies.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// In this place of the cache.
    Cached(usize),
    /// In this row of `window`, computed for these sentences.
    Computed(usize),
}

/// Fills the gates of the first layer from the words' products with it, kept or new.
fn first_layer<'a>(
    weights: &Weights,
    prepared: &Prepared,
    forms: impl Iterator<Item = &'a str> + Clone,
    pieces: &[Piece],
    buffers: &mut Buffers,
    cache: &mut FormCache,
) {
    let modes = pieces.iter().flat_map(|piece| iter::repeat_n(piece.mode, piece.tokens.len()));
    let forms = forms.zip(modes);
    let n_gates = prepared.bias.len();
    buffers.steps.clear();
    buffers.sources.clear();
    let mut n_computed = 0;
    for (form, mode) in forms.clone() {
        let source = cache.find(form, mode).map_or(Source::Computed(n_computed), Source::Cached);
        if matches!(source, Source::Computed(_)) {
            word_vector(weights, form, mode, buffers);
            n_computed += 1;
        }
        buffers.sources.push(source);
    }
    let Buffers { steps, product, window, gates, sources, .. } = buffers;
    assert!(!sources.is_empty(), "a sentence has a token");
    weights.window.multiply(steps, product);
    let width = weights.window.output_stride();
    let product = &product[..n_computed * width];
    window.resize(product.len(), 0);
    grow(gates, sources.len() * n_gates);
    widest(Quantise { values: product, scale: WINDOW_SCALE, steps: window });
    let words: Vec<&[i16]> = sources
        .iter()
        .map(|&source| match source {
            Source::Cached(slot) => cache.values(slot),
            Source::Computed(row) => &window[row * width..row * width + 3 * n_gates],
        })
        .collect();
    for Piece { tokens, .. } in pieces {
        let gates = &mut gates[tokens.start * n_gates..tokens.end * n_gates];
        widest(AddWindows { prepared, words: &words[tokens.clone()], gates });
    }
    // Only now: a new word may take the place of one that these sentences have read.
    for ((form, mode), &source) in forms.zip(&*sources) {
        if let Source::Computed(row) = source {
            cache.insert(form, mode, &window[row * width..row * width + 3 * n_gates]);
        }
    }
}

work! {
    /// Fills the gates of each token with its own part, those that its neighbours or the edges add, and
    /// the bias. `words` holds the parts for the word after, the word itself and the word before.
    AddWindows { prepared: &'w Prepared, words: &'w [&'w [i16]], gates: &'w mut [f32] } -> () {
        let n_gates = prepared.bias.len();
        let [first_edge, last_edge] = &prepared.edges;
        for (token, gates) in gates.chunks_exact_mut(n_gates).enumerate() {
            let before =
                token.checked_sub(1).map_or(&first_edge[..], |before| &words[before][..n_gates]);
            let own = &words[token][n_gates..2 * n_gates];
            let after = words.get(token + 1).map_or(&last_edge[..], |after| &after[2 * n_gates..]);
            let parts = prepared.bias.iter().zip(before).zip(own).zip(after);
            for (gate, (((&bias, &before), &own), &after)) in gates.iter_mut().zip(parts) {
                let sum = bias.saturating_add(before).saturating_add(own).saturating_add(after);
                *gate = f32::from(sum) * (1.0 / WINDOW_SCALE);
            }
        }
    }
}

work! {
    /// Writes `values` in fixed point; both slices have one entry a value.
    Quantise { values: &'w [f32], scale: f32, steps: &'w mut [i16] } -> () {
        for (step, &value) in steps.iter_mut().zip(values) {
            *step = quantise(value, scale);
        }
    }
}

/// Appends a word's vector to `steps`, in fixed point.
fn word_vector(weights: &Weights, form: &str, mode: Mode, buffers: &mut Buffers) {
    let Buffers { key, grams, vector, steps, .. } = buffers;
    features::key(form, key);
    let [word_width, gram_width, _] = weights.parts();
    vector.clear();
    vector.resize(weights.width(), 0.0);
    let (word, rest) = vector.split_at_mut(word_width);
    let (gram_part, shape) = rest.split_at_mut(gram_width);
    let hash = features::hash(key.bytes());
    let row = weights.word_hashes.binary_search(&hash).map_or(0, |index| index + 1);
    widest(AddWord { weights, row, to: word });
    features::ngrams(key, grams);
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let factor = 1.0 / (grams.len() as f32).sqrt();
    widest(AddNgrams { weights, grams, factor, to: gram_part });
    weights.shapes.add_row(&weights.bytes, features::shape(form, mode), 1.0, shape);
    quantise_row(vector, weights.window.input_stride(), steps);
}

work! {
    /// Adds the row of a word to `to`.
    AddWord { weights: &'w Weights, row: usize, to: &'w mut [f32] } -> () {
        weights.words.add_row(&weights.bytes, row, 1.0, to);
    }
}

work! {
    /// Adds `factor` times the rows of some n-grams to `to`.
    AddNgrams { weights: &'w Weights, grams: &'w [u32], factor: f32, to: &'w mut [f32] } -> () {
        for &gram in grams {
            let row = gram as usize % weights.ngrams.n_rows();
            weights.ngrams.add_row(&weights.bytes, row, factor, to);
        }
    }
}

work! {
    /// Runs the recurrence of both directions over the gates and adds its output to `output`. `state`
    /// has one entry a unit of a direction.
    Recur { gates: &'w [f32], state: &'w mut [f32], output: &'w mut [f32] } -> () {
        let hidden = state.len();
        let n = output.len() / (2 * hidden);
        let stride = gates.len() / n;
        for direction in 0..2 {
            state.fill(0.0);
            for step in 0..n {
                let token = if direction == 0 { step } else { n - 1 - step };
                let at = token * stride + direction * 3 * hidden;
                let (candidate, rest) = gates[at..at + 3 * hidden].split_at(hidden);
                let (forget, open) = rest.split_at(hidden);
                let at = (2 * token + direction) * hidden;
                gate(candidate, forget, open, state, &mut output[at..at + hidden]);
            }
        }
    }
}

impl Buffers {
    /// Runs the recurrence over the gates of each piece and adds its output to `hidden`.
    fn recur(&mut self, hidden: usize, pieces: &[Piece]) {
        let Self { gates, state, hidden: output, .. } = self;
        state.resize(hidden, 0.0);
        for Piece { tokens, .. } in pieces {
            let gates = &gates[tokens.start * 6 * hidden..tokens.end * 6 * hidden];
            let output = &mut output[tokens.start * 2 * hidden..tokens.end * 2 * hidden];
            widest(Recur { gates, state, output });
        }
    }

    /// Fills `arcs` with the scores of a piece: `n × (n + 1)` of them.
    pub(super) fn score_arcs(&mut self, weights: &Weights, piece: &Piece) {
        let stride = weights.heads.output_stride();
        let Self { heads, columns, products, arcs, .. } = self;
        let rows = &heads[piece.tokens.start * stride..piece.tokens.end * stride];
        let n_arc = weights.arc_root.len();
        let width = (piece.tokens.len() + 1).next_multiple_of(COLUMN_BLOCK);
        widest(HeadColumns { weights, rows, width, columns });
        grow(products, piece.tokens.len() * width);
        let products = &mut products[..piece.tokens.len() * width];
        multiply_columns(
            &Rows { values: rows, stride, range: n_arc..2 * n_arc },
            columns,
            products,
        );
        widest(AddDistances { weights, rows, products, width, arcs });
    }

    /// Fills `steps` with `hidden` in fixed point; its width is one that needs no filling.
    fn quantise_hidden(&mut self) {
        let Self { steps, hidden, .. } = self;
        steps.resize(hidden.len(), 0);
        widest(Quantise { values: hidden, scale: ACTIVATION_SCALE, steps });
    }

    /// The number of the best label of each token for its head, counted through all pieces. For
    /// those without a head it means nothing.
    pub(super) fn score_labels(
        &mut self,
        weights: &Weights,
        heads: &[Option<usize>],
    ) -> Vec<usize> {
        let Self { steps, heads: rows, labels, .. } = self;
        steps.resize(heads.len() * 2 * weights.label_root.len(), 0);
        widest(JoinLabels { weights, rows, heads, steps });
        weights.label.multiply(steps, labels);
        widest(BestLabels { weights, heads, labels })
    }
}

work! {
    /// Fills `steps` with what labels are read from: for each token the sums of what stands for it as
    /// a dependent and for its head, not below 0, then the products of the two.
    JoinLabels { weights: &'w Weights, rows: &'w [f32], heads: &'w [Option<usize>], steps: &'w mut [i16] } -> () {
        let n_label = weights.label_root.len();
        let stride = weights.heads.output_stride();
        let head_part = 2 * weights.arc_root.len() + weights.n_distances;
        for ((token, &head), steps) in heads.iter().enumerate().zip(steps.chunks_exact_mut(2 * n_label))
        {
            let at = token * stride + head_part + n_label;
            let dependent = &rows[at..at + n_label];
            let governor = head.map_or(&weights.label_root[..], |head| {
                let at = head * stride + head_part;
                &rows[at..at + n_label]
            });
            let (sums, products) = steps.split_at_mut(n_label);
            for (((sum, product), &d), &h) in
                sums.iter_mut().zip(products).zip(dependent).zip(governor)
            {
                *sum = quantise((d + h).max(0.0), LABEL_SCALE);
                *product = quantise(d * h, LABEL_SCALE);
            }
        }
    }
}

work! {
    /// Adds to the scores of each token's labels those of the way to its head; returns the best
    /// label but that of the root.
    BestLabels { weights: &'w Weights, heads: &'w [Option<usize>], labels: &'w mut [f32] } -> Vec<usize> {
        let n_labels = weights.deprels.len();
        let rows = labels.chunks_exact_mut(weights.label.output_stride());
        let mut best = Vec::with_capacity(heads.len());
        for ((token, &head), row) in heads.iter().enumerate().zip(rows) {
            let class = head.map_or(ROOT_DISTANCE, |head| distance_class(token, head));
            let row = &mut row[..n_labels];
            weights.label_distance.add_row(&weights.bytes, class, 1.0, row);
            if let Some(root) = weights.root_label {
                row[root] = f32::NEG_INFINITY;
            }
            best.push(best_of(row));
        }
        best
    }
}

work! {
    /// Adds each token's expected tag embedding to its row of `hidden`; returns the best tags.
    AddTags { weights: &'w Weights, logits: &'w [f32], hidden: &'w mut [f32] } -> Vec<usize> {
        let n_tags = weights.tags.len();
        let rows = logits.chunks_exact(weights.tag.output_stride());
        let mut tags = Vec::with_capacity(rows.len());
        let mut likely: Vec<(usize, f32)> = Vec::new();
        for (row, output) in rows.zip(hidden.chunks_exact_mut(2 * weights.hidden)) {
            let row = &row[..n_tags];
            let best = best_of(row);
            likely.clear();
            let mut total = 0.0;
            for (tag, &logit) in row.iter().enumerate() {
                if logit > row[best] - TAG_MARGIN {
                    let share = exp(logit - row[best]);
                    likely.push((tag, share));
                    total += share;
                }
            }
            for &(tag, share) in &likely {
                weights.tag_embedding.add_row(&weights.bytes, tag, share / total, output);
            }
            tags.push(best);
        }
        tags
    }
}

work! {
    /// Fills `columns` with what stands for the root and for each token as a head, a column each,
    /// `width` of them; the rest with zeros.
    HeadColumns { weights: &'w Weights, rows: &'w [f32], width: usize, columns: &'w mut Vec<f32> } -> () {
        let n_arc = weights.arc_root.len();
        columns.clear();
        columns.resize(n_arc * width, 0.0);
        for (to, &root) in columns.chunks_exact_mut(width).zip(&weights.arc_root) {
            to[0] = root;
        }
        let rows = rows.chunks_exact(weights.heads.output_stride());
        for (head, row) in rows.enumerate() {
            for (to, &value) in columns.chunks_exact_mut(width).zip(&row[..n_arc]) {
                to[head + 1] = value.max(0.0);
            }
        }
    }
}

work! {
    /// Fills `arcs` from rows of `width` products, adding the way from each dependent to each head.
    AddDistances {
        weights: &'w Weights,
        rows: &'w [f32],
        products: &'w [f32],
        width: usize,
        arcs: &'w mut Vec<f32>,
    } -> () {
        let n_arc = weights.arc_root.len();
        let rows = rows.chunks_exact(weights.heads.output_stride());
        let n = rows.len();
        arcs.clear();
        for (token, (row, products)) in rows.zip(products.chunks_exact(width)).enumerate() {
            let near = &row[2 * n_arc..2 * n_arc + weights.n_distances];
            arcs.push(products[0] + near[ROOT_DISTANCE]);
            for (head, product) in products[1..=n].iter().enumerate() {
                arcs.push(if head == token {
                    f32::NEG_INFINITY
                } else {
                    product + near[distance_class(token, head)]
                });
            }
        }
    }
}

//! Figures on articles that nothing was tuned on must not fall.

use tieline::Reader;
use tieline::evaluation::evaluate_claims;

use crate::support::repository;

/// Floors lie just under what the held-out articles give today. A change that raises a figure
/// raises its floor; one that lowers it says why in `CHANGELOG.md`.
#[test]
fn figures_on_the_held_out_articles_keep_their_floors() {
    let reader = Reader::embedded().unwrap();
    let gold = repository().join("tests/corpus/test/gold.jsonl");
    let figures = evaluate_claims(&reader, &gold, None).unwrap().figures;
    let core = figures.document.core.f1;
    let said = &figures.attributes;
    let reached = [
        ("document F1", Some(figures.document.overall.f1), 0.79),
        ("document precision", Some(figures.document.overall.precision), 0.89),
        ("document F1 of the core relations", Some(core), 0.785),
        ("sentence F1", Some(figures.sentence.overall.f1), 0.76),
        ("recall without coreference", figures.recall_without_coreference, 0.785),
        ("recall with coreference", figures.recall_with_coreference, 0.45),
        ("polarity of negatives", said.polarity_where_gold_negative, 0.91),
        ("speakers", said.attribution_where_gold_has_one, 0.765),
    ];
    let low: Vec<_> =
        reached.iter().filter(|(_, figure, floor)| figure.unwrap_or(0.0) < *floor).collect();
    assert!(low.is_empty(), "below the floor (figure, floor): {low:?}");
}

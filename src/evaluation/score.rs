//! Figures of found claims against annotated ones, at the level of documents and of sentences.
//!
//! Comes in: articles with gold claims, and found claims. Goes out: counts, precision, recall and
//! F1 by relation, and how often what is said of a matched claim is right. Two sentences are one
//! where the found one covers at least 60 % of the gold one's characters; one found claim answers
//! one gold claim at most.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::align::{Aligner, plain_text};
use super::attributes::{Attributes, attributes};
use super::counts::{ClaimTable, has, level, share};
use super::gold::{GoldArticle, GoldClaim};
use super::same::plain_id;
use super::units::{COVER, Unit, match_units, units};
use crate::model::RelationKind;

/// All figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ClaimFigures {
    /// A claim is relation, source and target, once an article.
    pub document: ClaimTable,
    /// The same, once a sentence.
    pub sentence: ClaimTable,
    /// What is said of the claims that match at the level of sentences.
    pub attributes: Attributes,
    /// Share of the annotated claims found, of those whose actors are named in their place.
    pub recall_without_coreference: Option<f64>,
    /// The same, of the others.
    pub recall_with_coreference: Option<f64>,
    /// Annotated sentences without a claim.
    pub claim_free_sentences: usize,
    /// Those of them in which one is found.
    pub claim_free_sentences_with_a_claim: usize,
}

/// A claim that was missed, or found without being there.
#[derive(Debug, Clone)]
pub struct ClaimMistake {
    /// Annotated and not found; else found and not annotated.
    pub missed: bool,
    /// The claim.
    pub claim: GoldClaim,
}

/// Scores `found` against `gold`. `aliases` maps spellings of ids to the gold's.
#[must_use]
pub fn score(
    gold: &[GoldArticle],
    found: &[GoldClaim],
    relations: &[RelationKind],
    aliases: &BTreeMap<String, String>,
) -> (ClaimFigures, Vec<ClaimMistake>) {
    let symmetric = |relation: &str| has(relations, relation, RelationKind::is_symmetric);
    let moves_goods = |relation: &str| has(relations, relation, RelationKind::moves_goods);
    let table: HashMap<String, String> =
        aliases.iter().map(|(from, to)| (plain_id(from), plain_id(to))).collect();
    let respell = |id: &str| {
        let plain = plain_id(id);
        table.get(&plain).cloned().unwrap_or(plain)
    };
    let docs: BTreeSet<&str> = gold.iter().map(|article| article.doc.as_str()).collect();
    let annotated = gold.iter().flat_map(|article| {
        article.claims.iter().map(|claim| GoldClaim { doc: article.doc.clone(), ..claim.clone() })
    });
    let wanted = units(annotated, &symmetric, &plain_id);
    let known = found.iter().filter(|claim| docs.contains(claim.doc.as_str())).cloned();
    let system = units(known, &symmetric, &respell);
    let names: HashMap<String, &str> = gold
        .iter()
        .flat_map(|article| &article.entities)
        .map(|(id, name)| (plain_id(id), name.as_str()))
        .collect();
    let mut aligner = Aligner::new(gold);
    let matches = match_units(&wanted, &system, &mut aligner);
    let answers: BTreeSet<usize> = matches.values().copied().collect();
    let sentence = level(
        wanted.iter().map(|unit| unit.relation.as_str()),
        system.iter().map(|unit| unit.relation.as_str()),
        matches.keys().map(|&index| wanted[index].relation.as_str()),
        relations,
    );
    let recall = |coreference: bool| {
        let picked: Vec<usize> =
            (0..wanted.len()).filter(|&i| wanted[i].coreference == coreference).collect();
        let hit = picked.iter().filter(|index| matches.contains_key(index)).count();
        share(hit, picked.len())
    };
    let wrong: Vec<&Unit> = (0..system.len())
        .filter(|index| !answers.contains(index))
        .map(|index| &system[index])
        .collect();
    let idle = claim_free(gold, &wanted);
    let figures = ClaimFigures {
        document: document_table(&wanted, &system, relations),
        sentence,
        attributes: attributes(&wanted, &system, &matches, &respell, &names, &moves_goods),
        recall_without_coreference: recall(false),
        recall_with_coreference: recall(true),
        claim_free_sentences: idle.len(),
        claim_free_sentences_with_a_claim: n_disturbed(&idle, &wrong, &mut aligner),
    };
    let missed = (0..wanted.len())
        .filter(|index| !matches.contains_key(index))
        .map(|index| ClaimMistake { missed: true, claim: wanted[index].row.clone() });
    let wrong = wrong.iter().map(|unit| ClaimMistake { missed: false, claim: unit.row.clone() });
    let mut mistakes: Vec<ClaimMistake> = missed.chain(wrong).collect();
    mistakes.sort_by(|a, b| {
        let key = |mistake: &ClaimMistake| {
            (mistake.claim.doc.clone(), mistake.claim.sentence.clone(), mistake.missed)
        };
        key(a).cmp(&key(b))
    });
    (figures, mistakes)
}

/// Annotated sentences that make no claim, with their article.
fn claim_free<'g>(gold: &'g [GoldArticle], wanted: &[Unit]) -> BTreeSet<(&'g str, String)> {
    let busy: BTreeSet<(&str, &str)> =
        wanted.iter().map(|unit| (unit.doc.as_str(), unit.sentence.as_str())).collect();
    let all = gold.iter().flat_map(|article| {
        article.sentences.iter().map(|sentence| (article.doc.as_str(), plain_text(sentence)))
    });
    all.filter(|(doc, sentence)| !busy.contains(&(*doc, sentence.as_str()))).collect()
}

/// How many sentences of `idle` a claim of `wrong` covers.
fn n_disturbed(idle: &BTreeSet<(&str, String)>, wrong: &[&Unit], aligner: &mut Aligner) -> usize {
    let disturbed = |(doc, sentence): &&(&str, String)| {
        let mut of_article = wrong.iter().filter(|unit| unit.doc == *doc);
        of_article.any(|unit| aligner.overlap(doc, sentence, &unit.sentence) >= COVER)
    };
    idle.iter().filter(disturbed).count()
}

fn document_table(wanted: &[Unit], system: &[Unit], relations: &[RelationKind]) -> ClaimTable {
    type Key<'u> = (&'u str, &'u str, &'u (String, String));
    fn keys(units: &[Unit]) -> BTreeSet<Key<'_>> {
        units.iter().map(|u| (u.doc.as_str(), u.relation.as_str(), &u.pair)).collect()
    }
    let (wanted, system) = (keys(wanted), keys(system));
    level(
        wanted.iter().map(|key| key.1),
        system.iter().map(|key| key.1),
        wanted.intersection(&system).map(|key| key.1),
        relations,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(relation: &str, source: &str, target: &str) -> GoldClaim {
        GoldClaim {
            doc: "a".to_owned(),
            sentence: "They met.".to_owned(),
            relation: relation.to_owned(),
            source: source.to_owned(),
            target: target.to_owned(),
            ..GoldClaim::default()
        }
    }

    #[test]
    fn a_symmetric_pair_has_no_direction() {
        let gold = [GoldArticle {
            doc: "a".to_owned(),
            claims: vec![
                row("meets", "state:PRK", "state:RUS"),
                row("warns", "state:USA", "state:PRK"),
            ],
            ..GoldArticle::default()
        }];
        let found =
            [row("meets", "state:RUS", "state:PRK"), row("warns", "state:PRK", "state:USA")];
        let relations = [RelationKind::symmetric("meets"), RelationKind::directed("warns")];
        let (figures, mistakes) = score(&gold, &found, &relations, &BTreeMap::new());
        assert_eq!(figures.document.relations["meets"].hit, 1);
        assert_eq!(figures.document.relations["warns"].hit, 0);
        assert_eq!(mistakes.len(), 2);
    }
}

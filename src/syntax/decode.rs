//! The best tree of arc scores.
//!
//! In comes a matrix of scores, out goes a head for each token: exactly one root, no cycle. The
//! best head of each token is nearly always a tree already; else the maximum spanning arborescence
//! of Chu, Liu and Edmonds (contraction of cycles, O(n³) at worst) decides, over every token that
//! may be the root.

use super::functions::{best, best_of};

/// Heads of `n` tokens from `n × (n + 1)` scores with the root in column 0; `None` is the root.
///
/// # Panics
///
/// If `n` is 0 or there are not as many scores.
pub(super) fn best_tree(scores: &[f32], n: usize) -> Vec<Option<usize>> {
    assert!(n > 0 && scores.len() == n * (n + 1), "one row of scores for each token");
    let row = |token: usize| &scores[token * (n + 1)..(token + 1) * (n + 1)];
    let heads: Vec<usize> = (0..n).map(|token| best_of(row(token))).collect();
    if heads.iter().filter(|&&head| head == 0).count() == 1 && find_cycle(&heads).is_none() {
        return heads.iter().map(|&head| head.checked_sub(1)).collect();
    }
    // Of the trees with one root: those below each token that the best forest has as a root.
    let mut full = vec![f32::NEG_INFINITY; (n + 1) * (n + 1)];
    full[n + 1..].copy_from_slice(scores);
    let forest = arborescence(&full, n + 1);
    let mut roots: Vec<usize> = (1..=n).filter(|&token| forest[token] == 0).collect();
    if roots.len() > 1 {
        roots = best_rooted(&full, n + 1, &roots);
        return roots[1..].iter().map(|&head| head.checked_sub(1)).collect();
    }
    forest[1..].iter().map(|&head| head.checked_sub(1)).collect()
}

/// The best tree in which exactly one of `candidates` hangs on node 0.
fn best_rooted(scores: &[f32], n: usize, candidates: &[usize]) -> Vec<usize> {
    let mut best_heads = (f32::NEG_INFINITY, Vec::new());
    for &root in candidates {
        let mut only = scores.to_vec();
        for token in (1..n).filter(|&token| token != root) {
            only[token * n] = f32::NEG_INFINITY;
        }
        for head in 1..n {
            only[root * n + head] = f32::NEG_INFINITY;
        }
        let heads = arborescence(&only, n);
        let total: f32 = (1..n).map(|token| only[token * n + heads[token]]).sum();
        if total > best_heads.0 || best_heads.1.is_empty() {
            best_heads = (total, heads);
        }
    }
    best_heads.1
}

/// A cycle among `heads` (0 is the root, token `i` is node `i + 1`), as nodes.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    // 0 unseen, else the walk that saw the node first.
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node - 1];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node - 1];
            while next != node {
                cycle.push(next);
                next = heads[next - 1];
            }
            return Some(cycle);
        }
    }
    None
}

/// Heads of the maximum spanning arborescence of `n` nodes below node 0; entry 0 is 0.
/// `scores[dependent * n + head]`.
fn arborescence(scores: &[f32], n: usize) -> Vec<usize> {
    let mut heads = vec![0; n];
    for node in 1..n {
        let row = &scores[node * n..(node + 1) * n];
        heads[node] = best(
            row.iter()
                .enumerate()
                .map(|(head, &score)| if head == node { f32::NEG_INFINITY } else { score }),
        );
    }
    let Some(cycle) = find_cycle(&heads[1..]) else { return heads };

    // Contract the cycle to the last of fewer nodes and solve that.
    let mut in_cycle = vec![false; n];
    for &node in &cycle {
        in_cycle[node] = true;
    }
    let outside: Vec<usize> = (0..n).filter(|&node| !in_cycle[node]).collect();
    let m = outside.len() + 1;
    let mut contracted = vec![f32::NEG_INFINITY; m * m];
    // Which node of the cycle an arc to or from the contracted node stands for.
    let mut leaving = vec![cycle[0]; m];
    let mut entering = vec![cycle[0]; m];
    for (i, &node) in outside.iter().enumerate() {
        for (j, &other) in outside.iter().enumerate() {
            contracted[i * m + j] = scores[node * n + other];
        }
        let governor = best(cycle.iter().map(|&head| scores[node * n + head]));
        leaving[i] = cycle[governor];
        contracted[i * m + m - 1] = scores[node * n + cycle[governor]];
        let gain = |&member: &usize| {
            let lost = scores[member * n + heads[member]];
            scores[member * n + node] - if lost.is_finite() { lost } else { -1e9 }
        };
        let member = best(cycle.iter().map(gain));
        entering[i] = cycle[member];
        contracted[(m - 1) * m + i] = gain(&cycle[member]);
    }
    let solved = arborescence(&contracted, m);
    for (i, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if solved[i] == m - 1 { leaving[i] } else { outside[solved[i]] };
    }
    let broken = entering[solved[m - 1]];
    heads[broken] = outside[solved[m - 1]];
    heads
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every assignment of heads that is a tree with one root, tried out.
    fn exhaustive(scores: &[f32], n: usize) -> f32 {
        let mut best_total = f32::NEG_INFINITY;
        let mut heads = vec![0; n];
        loop {
            let roots = heads.iter().filter(|&&head| head == 0).count();
            if roots == 1 && find_cycle(&heads).is_none() {
                let total: f32 =
                    heads.iter().enumerate().map(|(i, &head)| scores[i * (n + 1) + head]).sum();
                best_total = best_total.max(total);
            }
            let Some(at) = heads.iter().position(|&head| head < n) else { return best_total };
            heads[at] += 1;
            heads[..at].fill(0);
        }
    }

    fn total(scores: &[f32], heads: &[Option<usize>]) -> f32 {
        let n = heads.len();
        let column = |head: Option<usize>| head.map_or(0, |head| head + 1);
        heads.iter().enumerate().map(|(i, &head)| scores[i * (n + 1) + column(head)]).sum()
    }

    proptest! {
        #[test]
        fn any_scores_give_one_tree(n in 1_usize..12, seed in any::<[i8; 156]>()) {
            let mut scores: Vec<f32> = seed[..n * (n + 1)].iter().map(|&x| f32::from(x)).collect();
            for token in 0..n {
                scores[token * (n + 1) + token + 1] = f32::NEG_INFINITY;
            }
            let heads = best_tree(&scores, n);
            let columns: Vec<usize> =
                heads.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            prop_assert_eq!(columns.iter().filter(|&&head| head == 0).count(), 1);
            prop_assert!(find_cycle(&columns).is_none());
        }

        #[test]
        fn the_tree_is_the_best_below_its_root(n in 1_usize..5, seed in any::<[i8; 20]>()) {
            let mut scores: Vec<f32> = seed[..n * (n + 1)].iter().map(|&x| f32::from(x)).collect();
            for token in 0..n {
                scores[token * (n + 1) + token + 1] = f32::NEG_INFINITY;
            }
            let heads = best_tree(&scores, n);
            let root = heads.iter().position(Option::is_none).unwrap();
            // Scores are whole numbers. Compare with all trees of this root: other roots are only tried where the best
            // forest has them.
            for token in (0..n).filter(|&token| token != root) {
                scores[token * (n + 1)] = f32::NEG_INFINITY;
            }
            prop_assert!((total(&scores, &heads) - exhaustive(&scores, n)).abs() < 0.5);
        }
    }
}

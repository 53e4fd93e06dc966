//! Measures that are dominant eigenvectors, and Katz centrality, which is near to one.

use super::Projection;

/// Dimension of the Krylov space between two restarts.
const KRYLOV: usize = 32;
/// Dimensions at which it is looked at whether that is enough: multiples of this.
const LOOK: usize = 8;
/// Residual at which an eigenvector counts as found, relative to the eigenvalue.
const TOLERANCE: f64 = 1e-14;
const MAX_RESTARTS: usize = 200;
/// Entries below are rounding noise of nodes outside of the dominant component.
const NOISE: f64 = 1e-13;

/// Eigenvector centrality on the undirected view, scaled to Euclidean length 1.
///
/// Bonacich: Factoring and weighting approaches to status scores (1972). The value of a node is
/// proportional to the weighted sum of its neighbours' values. Undirected, because along directed
/// ties a node outside of a cycle has no value at all. Of a network in parts, the part with the
/// largest eigenvalue has values, the others 0; without edges all are 0. Equals
/// `eigenvector_centrality` of networkx on the undirected graph.
///
/// # Complexity
///
/// O(steps × (nodes + edges)), a few dozen steps where one part stands out.
#[must_use]
pub fn eigenvector(projection: &Projection) -> Vec<f64> {
    let around = &projection.around;
    dominant(projection.n_nodes(), |x, y| around.multiply(x, y)).vector
}

/// Hubs and authorities on the directed view, each scaled to the sum 1.
///
/// Kleinberg: Authoritative Sources in a Hyperlinked Environment (1999). A good hub points at good
/// authorities, a good authority is pointed at by good hubs: the dominant singular vectors of the
/// weight matrix. Without edges all are 0. Equals `hits` of networkx.
#[must_use]
pub fn hubs_and_authorities(projection: &Projection) -> (Vec<f64>, Vec<f64>) {
    let authority = authorities(projection).vector;
    let mut hub = vec![0.0; projection.n_nodes()];
    projection.out.multiply(&authority, &mut hub);
    let scaled = |values: Vec<f64>| {
        let total: f64 = values.iter().sum();
        values.iter().map(|value| if total > 0.0 { value / total } else { 0.0 }).collect()
    };
    (scaled(hub), scaled(authority))
}

/// Katz centrality on the directed view, scaled to Euclidean length 1.
///
/// Katz: A new status index derived from sociometric analysis (1953): `x = α A'x + 1`, so a node
/// counts what points at it, and what points at that, each step further weakened by α. Here
/// α = 0.85 / σ with σ the largest singular value of the weight matrix, which keeps the sum finite
/// on every network. Equals `katz_centrality` of networkx with that α and β = 1.
#[must_use]
pub fn katz(projection: &Projection) -> Vec<f64> {
    let singular = authorities(projection).value.sqrt();
    let alpha = if singular > 0.0 { 0.85 / singular } else { 0.0 };
    let n = projection.n_nodes();
    let mut values = vec![1.0; n];
    loop {
        // Gauss–Seidel; values only grow towards the solution, by less each round.
        let (mut change, mut total) = (0.0, 0.0);
        for i in 0..n {
            let sum: f64 = projection.into.row(i).map(|(source, w)| w * values[source]).sum();
            let value = 1.0 + alpha * sum;
            change += (value - values[i]).abs();
            total += value;
            values[i] = value;
        }
        if change <= 1e-14 * total {
            break;
        }
    }
    let length = norm(&values);
    values.iter().map(|value| value / length).collect()
}

fn authorities(projection: &Projection) -> Dominant {
    let mut hubs = vec![0.0; projection.n_nodes()];
    dominant(projection.n_nodes(), |x, y| {
        projection.out.multiply(x, &mut hubs);
        projection.into.multiply(&hubs, y);
    })
}

/// The largest eigenvalue of a symmetric matrix without negative entries, and its eigenvector.
struct Dominant {
    value: f64,
    /// Non-negative, Euclidean length 1; all 0 if the matrix is.
    vector: Vec<f64>,
}

/// Restarted Lanczos with full reorthogonalisation, from the vector of equal entries (Golub, Van
/// Loan: Matrix Computations, section 10.1 and 10.5). `multiply` writes the product with its first
/// argument into its second.
fn dominant(n: usize, mut multiply: impl FnMut(&[f64], &mut [f64])) -> Dominant {
    let mut start = vec![1.0; n];
    let mut product = vec![0.0; n];
    // One product first: nodes without edges drop out, and an empty matrix shows.
    multiply(&start, &mut product);
    std::mem::swap(&mut start, &mut product);
    if norm(&start) == 0.0 {
        return Dominant { value: 0.0, vector: vec![0.0; n] };
    }
    let mut value = 0.0;
    let mut best_residual = f64::INFINITY;
    for _ in 0..MAX_RESTARTS {
        let Ritz { basis, eigenvalue, weights, residual } = lanczos(&start, &mut multiply);
        value = eigenvalue;
        start.fill(0.0);
        for (vector, weight) in basis.iter().zip(&weights) {
            add_scaled(&mut start, vector, *weight);
        }
        // A residual that no longer falls has reached the rounding error.
        if residual <= TOLERANCE * value
            || residual >= best_residual * 0.99 && residual < 1e-11 * value
        {
            break;
        }
        best_residual = best_residual.min(residual);
    }
    let length = norm(&start);
    for entry in &mut start {
        *entry = (*entry / length).abs();
        if *entry < NOISE {
            *entry = 0.0;
        }
    }
    Dominant { value, vector: start }
}

/// What a Krylov space knows of the largest eigenvalue.
struct Ritz {
    basis: Vec<Vec<f64>>,
    eigenvalue: f64,
    /// Of the vectors of the basis in the eigenvector.
    weights: Vec<f64>,
    residual: f64,
}

/// The Krylov space of `start`, as large as it needs to be.
fn lanczos(start: &[f64], multiply: &mut impl FnMut(&[f64], &mut [f64])) -> Ritz {
    let length = norm(start);
    let mut basis = vec![start.iter().map(|entry| entry / length).collect::<Vec<f64>>()];
    let (mut diagonal, mut off_diagonal) = (Vec::new(), Vec::new());
    loop {
        let current = basis.last().expect("the basis is never empty");
        let mut next = vec![0.0; start.len()];
        multiply(current, &mut next);
        diagonal.push(dot(current, &next));
        // Twice is enough (Parlett: The Symmetric Eigenvalue Problem, section 6.9), and once where
        // little was taken away.
        let mut beta = norm(&next);
        for _ in 0..2 {
            let before = beta;
            for vector in &basis {
                let shared = dot(vector, &next);
                add_scaled(&mut next, vector, -shared);
            }
            beta = norm(&next);
            if beta > 0.7 * before {
                break;
            }
        }
        off_diagonal.push(beta);
        let scale = diagonal.iter().fold(0.0_f64, |max, value| max.max(value.abs()));
        let full = basis.len() == KRYLOV || basis.len() == start.len() || beta <= 1e-15 * scale;
        if full || basis.len().is_multiple_of(LOOK) {
            let (eigenvalue, weights) = largest_of_tridiagonal(&diagonal, &off_diagonal);
            let residual = beta * weights.last().map_or(0.0, |weight| weight.abs());
            if full || residual <= TOLERANCE * eigenvalue {
                return Ritz { basis, eigenvalue, weights, residual };
            }
        }
        for entry in &mut next {
            *entry /= beta;
        }
        basis.push(next);
    }
}

/// Largest eigenvalue of a symmetric tridiagonal matrix, and its eigenvector, by Jacobi rotations
/// (Golub, Van Loan, section 8.5). Entries of `off_diagonal` beyond the matrix are ignored.
fn largest_of_tridiagonal(diagonal: &[f64], off_diagonal: &[f64]) -> (f64, Vec<f64>) {
    let n = diagonal.len();
    let mut matrix = vec![vec![0.0; n]; n];
    let mut vectors = matrix.clone();
    for i in 0..n {
        matrix[i][i] = diagonal[i];
        vectors[i][i] = 1.0;
        if i + 1 < n {
            matrix[i][i + 1] = off_diagonal[i];
            matrix[i + 1][i] = off_diagonal[i];
        }
    }
    for _ in 0..100 {
        let rest: f64 = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| matrix[i][j].powi(2))
            .sum();
        let scale: f64 = (0..n).map(|i| matrix[i][i].powi(2)).sum();
        if rest <= 1e-31 * scale {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if matrix[p][q] != 0.0 {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
    }
    let largest = (0..n)
        .max_by(|&i, &j| matrix[i][i].total_cmp(&matrix[j][j]))
        .expect("the matrix is not empty");
    (matrix[largest][largest], (0..n).map(|i| vectors[i][largest]).collect())
}

/// Makes entry (p, q) of a symmetric matrix 0.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let tau = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = tau.signum() / (tau.abs() + (1.0 + tau * tau).sqrt());
    let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        let (a, b) = (row[p], row[q]);
        (row[p], row[q]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
    let (head, tail) = matrix.split_at_mut(q);
    for (a, b) in head[p].iter_mut().zip(&mut tail[0]) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
    for row in vectors.iter_mut() {
        let (a, b) = (row[p], row[q]);
        (row[p], row[q]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
}

/// In eight sums side by side, which a processor adds at once; always in the same order.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a.zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn add_scaled(a: &mut [f64], b: &[f64], factor: f64) {
    for (a, b) in a.iter_mut().zip(b) {
        *a += factor * b;
    }
}

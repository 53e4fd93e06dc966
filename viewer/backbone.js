// The backbone: the pairs that say most of a network too dense to be drawn whole.
//
// By the disparity filter (Serrano, Boguna, Vespignani 2009) a pair stands out when its weight would
// be a rare share of all that one of its two ends has, were that spread by chance: with degree k
// and share p, the chance is (1 - p)^(k - 1). Pairs are ranked by it; the first ones are drawn. The
// program chooses by the same rule for its pictures (`graph/backbone.rs`).

// Pairs drawn before anybody asks for another number: as many as a desk or a phone can read.
const FEW_PAIRS = matchMedia('(max-width: 760px)').matches ? 30 : 100;
const PAIR_STEPS = [10, 20, 30, 40, 60, 80, 100, 140, 200, 300, 450, 700, 1200, 2500, 5000];

// How much a tie counts for its pair: stories that assert it, and a little where none does.
const pull = (tie) => shown.weight[tie] * [1, 0.4, 0.3, 0.15, 0.1][shown.look[tie]];

// Exact powers of whole exponents, the same on every machine.
function power(base, exponent) {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2) result *= square;
    square *= square;
  }
  return result;
}

// Passing bundles with their weights and the chance of the disparity filter.
function weighPairs() {
  const pairs = [], strength = new Float64Array(nNodes), degree = new Int32Array(nNodes);
  bundles.forEach((ties, bundle) => {
    let weight = 0;
    for (const tie of ties) if (shown.pass[tie]) weight += pull(tie);
    if (!weight) return;
    const [a, b] = [source[ties[0]], target[ties[0]]];
    if (isGoods(a) || isGoods(b)) return;
    for (const end of [a, b]) { strength[end] += weight; degree[end]++; }
    pairs.push({ bundle, weight, a, b, key: Math.min(a, b) * nNodes + Math.max(a, b) });
  });
  const chance = (weight, end) => (degree[end] > 1 ? power(1 - weight / strength[end], degree[end] - 1) : 1);
  for (const pair of pairs) pair.chance = Math.min(chance(pair.weight, pair.a), chance(pair.weight, pair.b));
  return pairs;
}

// The bundles that are drawn: a set.
function backbone() {
  const pairs = weighPairs();
  shown.nPairsPassing = pairs.length;
  const wanted = pairsWanted();
  if (state.by === 'articles') pairs.sort((a, b) => b.weight - a.weight || a.chance - b.chance || a.key - b.key);
  else pairs.sort((a, b) => a.chance - b.chance || b.weight - a.weight || a.key - b.key);
  return new Set(pairs.slice(0, wanted).map(({ bundle }) => bundle));
}

// How many pairs are drawn; a few more than usual are drawn rather than cut.
function pairsWanted() {
  if (state.pairs !== null) return state.pairs === 0 ? Infinity : state.pairs;
  return shown.nPairsPassing <= FEW_PAIRS * 1.3 ? Infinity : FEW_PAIRS;
}

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
const PULL = [1, 0.4, 0.3, 0.15, 0.1];
const pull = (tie) => shown.weight[tie] * PULL[shown.look[tie]];

// Exact powers of whole exponents, the same on every machine.
function power(base, exponent) {
  let [result, square] = [1, base];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2) result *= square;
    square *= square;
  }
  return result;
}

// Passing bundles with their weights and the chance of the disparity filter, by column.
function weighPairs() {
  const strength = new Float64Array(nNodes), degree = new Int32Array(nNodes);
  const pairs = { n: 0, bundle: new Int32Array(nBundles), weight: new Float64Array(nBundles), chance: new Float64Array(nBundles), a: new Int32Array(nBundles), b: new Int32Array(nBundles) };
  for (let bundle = 0; bundle < nBundles; bundle++) {
    let weight = 0;
    for (let at = firstOfBundle[bundle]; at < firstOfBundle[bundle + 1]; at++) if (shown.pass[tiesOfBundles[at]]) weight += pull(tiesOfBundles[at]);
    if (!weight) continue;
    const first = tiesOfBundles[firstOfBundle[bundle]], a = source[first], b = target[first];
    if (isGoods(a) || isGoods(b)) continue;
    strength[a] += weight; degree[a]++;
    strength[b] += weight; degree[b]++;
    const pair = pairs.n++;
    pairs.bundle[pair] = bundle; pairs.weight[pair] = weight; pairs.a[pair] = Math.min(a, b); pairs.b[pair] = Math.max(a, b);
  }
  const chance = (weight, end) => (degree[end] > 1 ? power(1 - weight / strength[end], degree[end] - 1) : 1);
  for (let pair = 0; pair < pairs.n; pair++) pairs.chance[pair] = Math.min(chance(pairs.weight[pair], pairs.a[pair]), chance(pairs.weight[pair], pairs.b[pair]));
  return pairs;
}

// The bundles that are drawn: a set.
function backbone() {
  const pairs = weighPairs(), { weight, chance, a, b } = pairs;
  shown.nPairsPassing = pairs.n;
  const wanted = Math.min(pairsWanted(), pairs.n);
  const byEnds = (p, q) => a[p] - a[q] || b[p] - b[q];
  const order = state.by === 'articles' ? (p, q) => weight[q] - weight[p] || chance[p] - chance[q] || byEnds(p, q) : (p, q) => chance[p] - chance[q] || weight[q] - weight[p] || byEnds(p, q);
  const first = new Set();
  for (const pair of firstOf(pairs.n, wanted, order)) first.add(pairs.bundle[pair]);
  return first;
}

// The `wanted` first of 0..n by a total order, in no order: a heap holds the last of them on top.
function firstOf(n, wanted, order) {
  const heap = Array.from({ length: wanted }, (_, place) => place);
  if (wanted === n || !wanted) return heap;
  const sink = (place) => {
    const moved = heap[place];
    for (let child; (child = 2 * place + 1) < wanted; place = child) {
      if (child + 1 < wanted && order(heap[child + 1], heap[child]) > 0) child++;
      if (order(moved, heap[child]) >= 0) break;
      heap[place] = heap[child];
    }
    heap[place] = moved;
  };
  for (let place = (wanted >> 1) - 1; place >= 0; place--) sink(place);
  for (let other = wanted; other < n; other++) if (order(other, heap[0]) < 0) { heap[0] = other; sink(0); }
  return heap;
}

// How many pairs are drawn; a few more than usual are drawn rather than cut.
function pairsWanted() {
  if (state.pairs !== null) return state.pairs === 0 ? Infinity : state.pairs;
  return shown.nPairsPassing <= FEW_PAIRS * 1.3 ? Infinity : FEW_PAIRS;
}

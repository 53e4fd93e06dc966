// Ties of the view: lines grouped by source, relation and target, after corrections, folding and
// goods have had their say. Rebuilt when one of these changes; filters work on the result.

let nTies = 0, source, target, relationOf, firstLine, lineOf, tieOfLine;
// Articles and claims beyond the lines that the page holds, by tie.
let moreArticles, moreClaims;
let firstTie, tiesOfNodes, bundleOf, bundles = [], groupVersion = 0;

// Who a node counts as: what it was merged into, then, when people fold, its state.
function standIn(node) {
  let found = node;
  for (let steps = 0; steps < 20 && corrected.merged.has(found); steps++) found = corrected.merged.get(found);
  return state.fold && nodes.folds[found] !== null ? nodes.folds[found] : found;
}

function group() {
  const known = new Map(), sources = [], targets = [], kindsOfTies = [], rows = [];
  const place = (a, relation, b, line) => {
    if (a === b || corrected.hidden.has(a) || corrected.hidden.has(b)) return -1;
    let [from, to] = [a, b];
    if (!relations[relation].directed && nodes.id[to] < nodes.id[from] && !isGoods(to)) [from, to] = [to, from];
    const key = (from * nNodes + to) * relations.length + relation;
    let tie = known.get(key);
    if (tie === undefined) {
      tie = rows.length;
      known.set(key, tie);
      sources.push(from); targets.push(to); kindsOfTies.push(relation); rows.push([]);
    }
    rows[tie].push(line);
    return tie;
  };
  const { source: a, target: b, relation: r } = data.ties;
  const within = new Set(state.goods);
  const own = new Int32Array(nLines).fill(-1);
  const standIns = Int32Array.from({ length: nNodes }, (_, node) => standIn(node));
  for (let line = 0; line < nLines; line++) {
    const tie = baseTieOfLine[line], edit = corrected.edits.get(line);
    const [from, to, relation] = [standIns[edit?.source ?? a[tie]], standIns[edit?.target ?? b[tie]], edit?.relation ?? r[tie]];
    own[line] = place(from, relation, to, line);
    if (within.size) for (const node of goodsOfLine.get(line) ?? []) if (within.has(node)) { place(from, relation, node, line); place(node, relation, to, line); }
  }
  nTies = rows.length;
  source = Int32Array.from(sources);
  target = Int32Array.from(targets);
  relationOf = Uint16Array.from(kindsOfTies);
  firstLine = new Int32Array(nTies + 1);
  rows.forEach((row, tie) => { firstLine[tie + 1] = firstLine[tie] + row.length; });
  lineOf = new Int32Array(firstLine[nTies]);
  rows.forEach((row, tie) => lineOf.set(row, firstLine[tie]));
  tieOfLine = own;
  countMore();
  indexTies();
  allocateShown();
  groupVersion++;
}

// What the network counts beyond the page's lines goes to the tie of the first line.
function countMore() {
  moreArticles = new Uint32Array(nTies);
  moreClaims = new Uint32Array(nTies);
  const { articles: count, claims, first } = data.ties;
  for (let tie = 0; tie < count.length; tie++) {
    const missing = claims[tie] - (first[tie + 1] - first[tie]);
    if (missing <= 0 || first[tie] === first[tie + 1]) continue;
    const held = new Set();
    for (let line = first[tie]; line < first[tie + 1]; line++) held.add(lines.article[line]);
    const own = tieOfLine[first[tie]];
    if (own < 0) continue;
    moreClaims[own] += missing;
    moreArticles[own] += Math.max(0, count[tie] - held.size);
  }
}

// Ties of each node in compressed rows, and bundles: all ties between two nodes.
function indexTies() {
  firstTie = new Int32Array(nNodes + 1);
  for (let tie = 0; tie < nTies; tie++) { firstTie[source[tie] + 1]++; firstTie[target[tie] + 1]++; }
  for (let node = 0; node < nNodes; node++) firstTie[node + 1] += firstTie[node];
  tiesOfNodes = new Int32Array(2 * nTies);
  const next = firstTie.slice();
  for (let tie = 0; tie < nTies; tie++) {
    tiesOfNodes[next[source[tie]]++] = tie;
    tiesOfNodes[next[target[tie]]++] = tie;
  }
  bundleOf = new Int32Array(nTies);
  bundles = [];
  const known = new Map();
  for (let tie = 0; tie < nTies; tie++) {
    const key = Math.min(source[tie], target[tie]) * nNodes + Math.max(source[tie], target[tie]);
    if (!known.has(key)) { known.set(key, bundles.length); bundles.push([]); }
    bundleOf[tie] = known.get(key);
    bundles[bundleOf[tie]].push(tie);
  }
}
const tiesOf = (node) => tiesOfNodes.subarray(firstTie[node], firstTie[node + 1]);
const otherEnd = (tie, node) => (source[tie] === node ? target[tie] : source[tie]);
const linesOfTie = (tie) => lineOf.subarray(firstLine[tie], firstLine[tie + 1]);
function findTie(a, name, b) {
  for (const tie of tiesOf(a)) if (relations[relationOf[tie]].name === name && ((source[tie] === a && target[tie] === b) || (!relations[relationOf[tie]].directed && source[tie] === b && target[tie] === a))) return tie;
  return null;
}

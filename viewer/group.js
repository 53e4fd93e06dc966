// Ties of the view: lines grouped by source, relation and target, after corrections, folding and
// goods have had their say. Rebuilt when one of these changes; filters work on the result.

let nTies = 0, source, target, relationOf, firstLine, lineOf, tieOfLine;
// Articles and claims beyond the lines that the page holds, by tie.
let moreArticles, moreClaims;
let firstTie, tiesOfNodes, nBundles, bundleOf, firstOfBundle, tiesOfBundles, groupVersion = 0;

// Who a node counts as: what it was merged into, then, when people fold, its state.
function standIn(node) {
  let found = node;
  for (let steps = 0; steps < 20 && corrected.merged.has(found); steps++) found = corrected.merged.get(found);
  return state.fold && nodes.folds[found] !== null ? nodes.folds[found] : found;
}

function group() {
  if (!groupAsGiven()) groupAnew();
  countMore();
  indexTies();
  allocateShown();
  groupVersion++;
}

// Nothing corrected, folded or put onto the map: the ties are those of the network. False where they
// are not.
function groupAsGiven() {
  const { source: a, target: b, relation: r, first } = data.ties;
  if (state.fold || state.goods.length || corrected.merged.size || corrected.hidden.size || corrected.edits.size) return false;
  for (let tie = 0; tie < a.length; tie++) {
    if (first[tie] === first[tie + 1] || a[tie] === b[tie] || (!relations[r[tie]].directed && nodes.id[b[tie]] < nodes.id[a[tie]])) return false;
  }
  nTies = a.length;
  source = new Int32Array(a);
  target = new Int32Array(b);
  relationOf = new Uint16Array(r);
  firstLine = new Int32Array(first);
  lineOf = new Int32Array(nLines);
  for (let line = 0; line < nLines; line++) lineOf[line] = line;
  tieOfLine = baseTieOfLine;
  return true;
}

function groupAnew() {
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

// Ties of each node, and of each bundle, in compressed rows. A bundle is all ties between two nodes.
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
  numberBundles();
  firstOfBundle = new Int32Array(nBundles + 1);
  for (let tie = 0; tie < nTies; tie++) firstOfBundle[bundleOf[tie] + 1]++;
  for (let bundle = 0; bundle < nBundles; bundle++) firstOfBundle[bundle + 1] += firstOfBundle[bundle];
  tiesOfBundles = new Int32Array(nTies);
  const free = firstOfBundle.slice();
  for (let tie = 0; tie < nTies; tie++) tiesOfBundles[free[bundleOf[tie]]++] = tie;
}
// Bundles are numbered by their first tie; a table of open addresses finds the number of a pair.
function numberBundles() {
  let room = 16;
  while (room < 2 * nTies) room *= 2;
  const firstTies = new Int32Array(room).fill(-1);
  bundleOf = new Int32Array(nTies);
  nBundles = 0;
  for (let tie = 0; tie < nTies; tie++) {
    const low = Math.min(source[tie], target[tie]), high = Math.max(source[tie], target[tie]);
    let at = (Math.imul(low, 0x9E3779B1) ^ Math.imul(high, 0x85EBCA6B)) & (room - 1), other;
    while ((other = firstTies[at]) >= 0 && (Math.min(source[other], target[other]) !== low || Math.max(source[other], target[other]) !== high)) at = (at + 1) & (room - 1);
    if (other < 0) { firstTies[at] = tie; bundleOf[tie] = nBundles++; } else bundleOf[tie] = bundleOf[other];
  }
}
const tiesOfBundle = (bundle) => tiesOfBundles.subarray(firstOfBundle[bundle], firstOfBundle[bundle + 1]);
const tiesOf = (node) => tiesOfNodes.subarray(firstTie[node], firstTie[node + 1]);
const otherEnd = (tie, node) => (source[tie] === node ? target[tie] : source[tie]);
const linesOfTie = (tie) => lineOf.subarray(firstLine[tie], firstLine[tie + 1]);
function findTie(a, name, b) {
  for (const tie of tiesOf(a)) if (relations[relationOf[tie]].name === name && ((source[tie] === a && target[tie] === b) || (!relations[relationOf[tie]].directed && source[tie] === b && target[tie] === a))) return tie;
  return null;
}

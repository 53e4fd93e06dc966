// Which lines, ties and nodes count under the present settings, and which of them are drawn.

const OFFICES = relations.filter((relation) => relation.office).map((relation) => relation.name);
const DEFAULTS = {
  hiddenRelations: OFFICES.length < relations.length ? OFFICES : [], hiddenKinds: [], hiddenSaid: [], confidence: 0, articles: 1,
  speakers: [], outlets: [], named: [], among: [], text: '', goods: [], fold: false, pairs: null, by: 'disparity',
  from: null, to: null, focus: null, depth: 1, path: null, planned: false, compare: null,
  selection: null, size: 'page_rank', regions: true, table: false, review: false, theme: null, camera: null,
};
const state = { ...DEFAULTS };
// Settings that decide which lines and ties count.
const FILTERS = ['hiddenRelations', 'hiddenKinds', 'hiddenSaid', 'confidence', 'articles', 'speakers', 'outlets', 'named', 'among', 'text', 'goods', 'fold', 'pairs', 'by', 'from', 'to', 'focus', 'depth'];

// The five standings, strongest first.
const SAID = ['asserted', 'hedged', 'prospective', 'denied', 'negated'];
const [ASSERTED, HEDGED, PROSPECTIVE, DENIED, NEGATED] = [0, 1, 2, 3, 4];
// As corrected by the reader.
const saidNow = new Uint8Array(lines.said);
const saidOf = (line) => saidNow[line];

// What passes the filters, and of that, what is drawn: 1 or 0 for each line, tie and node. Of ties
// the status, the number of stories behind it, of all articles that mention it, and the bend.
let shown = { version: 0 };
function allocateShown() {
  shown = {
    line: new Uint8Array(nLines), pass: new Uint8Array(nTies), tie: new Uint8Array(nTies), drawn: new Uint8Array(nTies), node: new Uint8Array(nNodes),
    look: new Uint8Array(nTies), disputed: new Uint8Array(nTies), weight: new Uint32Array(nTies), mentions: new Uint32Array(nTies), bend: new Float32Array(nTies),
    bundles: [], nPassing: 0, nTies: 0, nPairs: 0, nPairsPassing: 0, nNodes: 0, nLines: 0, version: shown.version,
  };
}

// Room between the curves of a bundle, and curves of a bundle that are drawn.
const CURVE_GAP = 14;
const fanOf = () => (shown.nPairsDrawn <= 60 ? 3 : 2);

function passingLines() {
  const { confidence, from, to } = state;
  const hidden = SAID.map((said) => state.hiddenSaid.includes(said));
  const bySpeaker = state.speakers.length ? new Set(state.speakers) : null;
  const byOutlet = state.outlets.length ? new Set(state.outlets) : null;
  const wanted = folded(state.text.trim());
  const naming = state.named.length ? new Set(state.named.flatMap((node) => goods.lines[goodsOfNode.get(node)] ?? [])) : null;
  const matches = wanted ? linesWith(wanted) : null;
  const any = confidence > 0 || from !== null || to !== null || hidden.includes(true) || bySpeaker || byOutlet || naming || wanted;
  if (!any && !corrected.rejected.size) { shown.line.fill(1); return any; }
  for (let line = 0; line < nLines; line++) {
    shown.line[line] = !(hidden[saidOf(line)] || lines.confidence[line] < confidence || corrected.rejected.has(line)
      || (from !== null && !(lines.to[line] !== null && lines.to[line] >= from))
      || (to !== null && !(lines.from[line] !== null && lines.from[line] <= to))
      || (bySpeaker && !bySpeaker.has(speakerOf(line))) || (byOutlet && !byOutlet.has(outletOf(line)))
      || (naming && !naming.has(line)) || (matches && !matches.has(line)));
  }
  return any;
}
// Lines whose sentence holds the words; where none does, those with a neighbour that does.
let foldedTexts = null;
function linesWith(wanted) {
  foldedTexts ??= reading().sentences.map(folded);
  const found = new Set();
  for (let line = 0; line < nLines; line++) if (foldedTexts[reading().lines[line].s].includes(wanted)) found.add(line);
  if (!found.size) reading().lines.forEach(({ before = '', after = '' }, line) => { if (folded(before + '\n' + after).includes(wanted)) found.add(line); });
  return found;
}
const speakerOf = (line) => (lines.speaker[line] < 0 ? '' : speakers[lines.speaker[line]].name);
const outletOf = (line) => outlets[articles.outlet[lines.article[line]]] ?? '';

function applyFilters() {
  const hiddenRelation = relations.map((relation) => state.hiddenRelations.includes(relation.name));
  const hiddenKind = kinds.map((kind) => state.hiddenKinds.includes(kind));
  const ofLines = passingLines();
  const among = state.among.length ? new Set(state.among) : null;
  const inside = (node) => !among || among.has(node) || among.has(nodes.home[node]) || isGoods(node);
  shown.pass.fill(0);
  const counts = [0, 0, 0, 0, 0], seen = new Int32Array(nArticles).fill(-1), told = new Int32Array(nStories).fill(-1);
  for (let tie = 0; tie < nTies; tie++) {
    const a = source[tie], b = target[tie];
    if (hiddenRelation[relationOf[tie]] || hiddenKind[nodes.kind[a]] || hiddenKind[nodes.kind[b]] || !inside(a) || !inside(b)) continue;
    counts.fill(0);
    let mentions = 0;
    for (let at = firstLine[tie]; at < firstLine[tie + 1]; at++) {
      const line = lineOf[at];
      if (!shown.line[line]) continue;
      counts[saidOf(line)]++;
      if (seen[lines.article[line]] !== tie) { seen[lines.article[line]] = tie; mentions++; }
    }
    const status = counts.findIndex((count) => count > 0);
    if (status < 0) continue;
    let ofStatus = 0;
    for (let at = firstLine[tie]; at < firstLine[tie + 1]; at++) {
      const line = lineOf[at], story = storyOf(line);
      if (shown.line[line] && saidOf(line) === status && told[story] !== tie) { told[story] = tie; ofStatus++; }
    }
    // Without conditions on lines the counts are those of all claims, also of lines left out.
    const more = ofLines ? 0 : moreArticles[tie];
    if (ofStatus + more < state.articles) continue;
    shown.pass[tie] = 1;
    shown.look[tie] = status;
    shown.disputed[tie] = status <= HEDGED && counts[DENIED] > 0 ? 1 : 0;
    shown.weight[tie] = ofStatus + more;
    shown.mentions[tie] = mentions + more;
  }
  if (state.focus !== null) keepNear(neighbourhood(state.focus, state.depth));
  shown.nPassing = shown.nLines = 0;
  for (let tie = 0; tie < nTies; tie++) {
    if (!shown.pass[tie]) continue;
    shown.nPassing++;
    for (let at = firstLine[tie]; at < firstLine[tie + 1]; at++) shown.nLines += shown.line[lineOf[at]];
  }
  chooseDrawn();
}

function keepNear(near) {
  for (let tie = 0; tie < nTies; tie++) if (!near.has(source[tie]) || !near.has(target[tie])) shown.pass[tie] = 0;
}

// The nodes at most `depth` ties away over what passes; what is only denied leads nowhere.
function neighbourhood(center, depth) {
  const found = new Set([center]);
  let open = [center];
  for (let distance = 0; distance < depth; distance++) {
    const next = [];
    for (const node of open) for (const tie of tiesOf(node)) {
      const other = otherEnd(tie, node);
      if (shown.pass[tie] && shown.look[tie] < DENIED && !found.has(other)) { found.add(other); next.push(other); }
    }
    open = next;
  }
  return found;
}

// Of what passes, the pairs of the backbone are drawn, and whatever is open.
function chooseDrawn() {
  const chosen = backbone();
  const { selection, path } = state;
  shown.onTop = new Set();
  const force = (bundle) => { if (!chosen.has(bundle)) shown.onTop.add(bundle); };
  if (selection?.tie !== undefined && shown.pass[selection.tie]) force(bundleOf[selection.tie]);
  for (const node of state.goods) for (const bundle of strongestOf(node, 40)) force(bundle);
  if (selection?.node !== undefined) for (const bundle of strongestOf(selection.node, 12)) if (!isDrawn(selection.node, chosen)) force(bundle);
  for (const tie of path ? (shortestPath(...path) ?? []) : []) force(bundleOf[tie]);
  for (const node of state.compare ?? []) for (const bundle of strongestOf(node, 30)) force(bundle);
  shown.nPairsDrawn = chosen.size + shown.onTop.size;
  shown.tie.fill(0); shown.drawn.fill(0); shown.node.fill(0);
  shown.base = new Uint8Array(nNodes);
  shown.nTies = shown.nPairs = shown.nNodes = 0;
  shown.bundles = [...chosen, ...shown.onTop].sort((a, b) => a - b);
  for (const bundle of shown.bundles) {
    const passing = [...tiesOfBundle(bundle)].filter((tie) => shown.pass[tie]);
    if (!passing.length) continue;
    if (!isGoods(source[passing[0]]) && !isGoods(target[passing[0]])) shown.nPairs++;
    for (const tie of passing) { shown.tie[tie] = 1; shown.nTies++; }
    shown.node[source[passing[0]]] = shown.node[target[passing[0]]] = 1;
    if (chosen.has(bundle)) shown.base[source[passing[0]]] = shown.base[target[passing[0]]] = 1;
    fan(passing);
  }
  for (let node = 0; node < nNodes; node++) shown.nNodes += shown.node[node];
  shown.version++;
}
const isDrawn = (node, chosen) => [...tiesOf(node)].some((tie) => chosen.has(bundleOf[tie]) && shown.pass[tie]);

// The strongest bundles of a node, of all that pass.
function strongestOf(node, count) {
  const weights = new Map();
  for (const tie of tiesOf(node)) if (shown.pass[tie]) weights.set(bundleOf[tie], (weights.get(bundleOf[tie]) ?? 0) + pull(tie));
  return [...weights].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, count).map(([bundle]) => bundle);
}

// The strongest ties of a bundle fan out; the bend is measured from the lower to the higher node.
function fan(passing) {
  const open = state.selection?.tie;
  if (passing.length === 1) { shown.drawn[passing[0]] = 1; shown.bend[passing[0]] = 0; return; }
  const order = [...passing].sort((a, b) => (b === open) - (a === open) || shown.look[a] - shown.look[b] || shown.weight[b] - shown.weight[a] || a - b).slice(0, fanOf()).sort((a, b) => a - b);
  order.forEach((tie, place) => {
    const bend = (place - (order.length - 1) / 2) * CURVE_GAP;
    shown.drawn[tie] = 1;
    shown.bend[tie] = source[tie] < target[tie] ? bend : -bend;
  });
}

// The ties of a shortest way between two nodes over what passes. Denied and negated ties are no
// steps, planned ones only on request; of two ties at one step the one with more stories. Null if
// there is none.
function shortestPath(start, end) {
  const via = new Int32Array(nNodes).fill(-1);
  const reached = new Uint8Array(nNodes);
  const last = state.planned ? PROSPECTIVE : HEDGED;
  reached[start] = 1;
  const queue = [start];
  for (let next = 0; next < queue.length && !reached[end]; next++) {
    const node = queue[next];
    const open = [...tiesOf(node)].filter((tie) => shown.pass[tie] && shown.look[tie] <= last);
    open.sort((a, b) => shown.look[a] - shown.look[b] || shown.weight[b] - shown.weight[a] || a - b);
    for (const tie of open) {
      const other = otherEnd(tie, node);
      if (!reached[other]) { reached[other] = 1; via[other] = tie; queue.push(other); }
    }
  }
  if (!reached[end]) return null;
  const path = [];
  for (let node = end; node !== start; node = otherEnd(path.at(-1), node)) path.push(via[node]);
  return path.reverse();
}

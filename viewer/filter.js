// Which lines, ties and nodes count under the present settings.

const DEFAULTS = {
  hiddenRelations: [], hiddenKinds: [], hiddenSaid: [], confidence: 0, articles: 1,
  from: null, to: null, focus: null, depth: 1, path: null,
  selection: null, size: 'page_rank', regions: true, table: false, theme: null, camera: null,
};
const state = { ...DEFAULTS };

// The ways of saying that the legend offers: polarity and modality together.
const SAID = ['asserted', 'uncertain', 'planned', 'denied'];
const saidOf = (line) => (lines.polarity[line] === 1 ? 3 : lines.modality[line]);

// What counts: 1 or 0 for each line, tie and node; of ties the articles behind them and the look.
const shown = {
  line: new Uint8Array(nLines), tie: new Uint8Array(nTies), node: new Uint8Array(nNodes),
  articles: new Uint32Array(nTies), look: new Uint8Array(nTies), bend: new Float32Array(nTies),
  nTies: 0, nNodes: 0, nLines: 0, version: 0,
};
const PLAIN = 0, DENIED = 1, DOUBTFUL = 2;

// Room between the curves of a bundle, and of a whole bundle.
const CURVE_GAP = 15, BUNDLE_WIDTH = 66;

function applyFilters() {
  const hiddenRelation = relations.map((relation) => state.hiddenRelations.includes(relation.name));
  const hiddenKind = kinds.map((kind) => state.hiddenKinds.includes(kind));
  const hiddenSaid = SAID.map((said) => state.hiddenSaid.includes(said));
  const { confidence, from, to } = state;
  const near = state.focus === null ? null : neighbourhood(state.focus, state.depth);
  const ofLines = confidence > 0 || from !== null || to !== null || hiddenSaid.includes(true);
  shown.line.fill(0); shown.tie.fill(0); shown.node.fill(0);
  shown.nTies = shown.nNodes = shown.nLines = 0;
  const seen = new Int32Array(lines.article.reduce((a, b) => Math.max(a, b), -1) + 1).fill(-1);
  for (let tie = 0; tie < nTies; tie++) {
    const a = source[tie], b = target[tie];
    if (hiddenRelation[relationOf[tie]] || hiddenKind[nodes.kind[a]] || hiddenKind[nodes.kind[b]]) continue;
    if (near && !(near.has(a) && near.has(b))) continue;
    let articles = 0, passing = 0, denied = 0, doubtful = 0;
    for (let line = firstLine[tie]; line < firstLine[tie + 1]; line++) {
      const said = saidOf(line);
      if (hiddenSaid[said] || lines.confidence[line] < confidence) continue;
      if (from !== null && !(lines.to[line] !== null && lines.to[line] >= from)) continue;
      if (to !== null && !(lines.from[line] !== null && lines.from[line] <= to)) continue;
      shown.line[line] = 1;
      passing++;
      if (said === 3) denied++;
      else if (said > 0) doubtful++;
      if (seen[lines.article[line]] !== tie) { seen[lines.article[line]] = tie; articles++; }
    }
    // Without conditions on lines the counts are those of all claims, also of lines left out.
    if (!ofLines) articles = ties.articles[tie];
    if (passing === 0 || articles < state.articles) {
      shown.line.fill(0, firstLine[tie], firstLine[tie + 1]);
      continue;
    }
    shown.tie[tie] = 1;
    shown.articles[tie] = articles;
    shown.look[tie] = denied === passing ? DENIED : denied + doubtful === passing ? DOUBTFUL : PLAIN;
    shown.node[a] = shown.node[b] = 1;
    shown.nTies++;
    shown.nLines += passing;
  }
  for (let node = 0; node < nNodes; node++) shown.nNodes += shown.node[node];
  bendBundles();
  shown.version++;
}

// Ties of one bundle fan out; the bend is measured from the lower to the higher node.
function bendBundles() {
  for (const bundle of bundles) {
    const visible = bundle.filter((tie) => shown.tie[tie]);
    const gap = Math.min(CURVE_GAP, BUNDLE_WIDTH / Math.max(1, visible.length - 1));
    visible.forEach((tie, place) => {
      const bend = (place - (visible.length - 1) / 2) * gap;
      shown.bend[tie] = source[tie] < target[tie] ? bend : -bend;
    });
  }
}

// The nodes at most `depth` ties away.
function neighbourhood(center, depth) {
  const found = new Set([center]);
  let open = [center];
  for (let distance = 0; distance < depth; distance++) {
    const next = [];
    for (const node of open) for (const tie of tiesOf(node)) {
      const other = otherEnd(tie, node);
      if (!found.has(other)) { found.add(other); next.push(other); }
    }
    open = next;
  }
  return found;
}

// The ties of a shortest way between two nodes over what is shown; of two ties at one step the
// one with more articles. Null if there is none.
function shortestPath(start, end) {
  const via = new Int32Array(nNodes).fill(-1);
  const reached = new Uint8Array(nNodes);
  reached[start] = 1;
  const queue = [start];
  for (let next = 0; next < queue.length && !reached[end]; next++) {
    const node = queue[next];
    const open = [...tiesOf(node)].filter((tie) => shown.tie[tie]);
    open.sort((a, b) => shown.articles[b] - shown.articles[a] || a - b);
    for (const tie of open) {
      const other = otherEnd(tie, node);
      if (!reached[other]) { reached[other] = 1; via[other] = tie; queue.push(other); }
    }
  }
  if (!reached[end]) return null;
  const path = [];
  for (let node = end; node !== start; node = otherEnd(path[path.length - 1], node)) path.push(via[node]);
  return path.reverse();
}

// The state as a fragment of the address, without what is as by default; and back.
const FIELDS = {
  hide: ['hiddenRelations', list], kinds: ['hiddenKinds', list], said: ['hiddenSaid', list],
  confidence: ['confidence', number], articles: ['articles', number], from: ['from', date], to: ['to', date],
  focus: ['focus', entity], depth: ['depth', number], path: ['path', entities], open: ['selection', selected],
  size: ['size', word], ground: ['regions', flag], table: ['table', flag], theme: ['theme', word], view: ['camera', numbers],
};
function list() { return { write: (v) => v.join(','), read: (t) => (t ? t.split(',') : []) }; }
function number() { return { write: String, read: (t) => (Number.isFinite(Number(t)) ? Number(t) : 0) }; }
function numbers() { return { write: (v) => v.map((n) => +n.toFixed(3)).join(','), read: (t) => { const v = t.split(',').map(Number); return v.length === 3 && v.every(Number.isFinite) && v[2] > 0 ? v : null; } }; }
function date() { return { write: dayText, read: (t) => { const day = Date.parse(t) / DAY; return Number.isFinite(day) ? day : null; } }; }
function word() { return { write: String, read: String }; }
function flag() { return { write: (v) => (v ? '1' : '0'), read: (t) => t === '1' }; }
function entity() { return { write: (v) => nodes.id[v], read: (t) => nodeByIdentifier.get(t) ?? null }; }
function entities() {
  return {
    write: (v) => v.map((node) => nodes.id[node]).join('~'),
    read: (t) => { const v = t.split('~').map((id) => nodeByIdentifier.get(id)); return v.length === 2 && !v.includes(undefined) ? v : null; },
  };
}
function selected() {
  return {
    write: (v) => (v.node !== undefined ? nodes.id[v.node] : [nodes.id[source[v.tie]], relations[relationOf[v.tie]].name, nodes.id[target[v.tie]]].join('~')),
    read: (t) => {
      const [a, name, b] = t.split('~');
      const from = nodeByIdentifier.get(a);
      if (from === undefined) return null;
      if (name === undefined) return { node: from };
      const to = nodeByIdentifier.get(b);
      const tie = [...tiesOf(from)].find((tie) => source[tie] === from && target[tie] === to && relations[relationOf[tie]].name === name);
      return tie === undefined ? null : { tie };
    },
  };
}

function stateToFragment() {
  const parts = new URLSearchParams();
  for (const [key, [field, kind]] of Object.entries(FIELDS)) {
    const value = state[field];
    if (JSON.stringify(value) !== JSON.stringify(DEFAULTS[field])) parts.set(key, kind().write(value));
  }
  return parts.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%7E', '~');
}

function fragmentToState(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  for (const [key, [field, kind]] of Object.entries(FIELDS)) {
    state[field] = parts.has(key) ? kind().read(parts.get(key)) : DEFAULTS[field];
  }
  state.depth = Math.min(3, Math.max(1, state.depth));
  state.articles = Math.max(1, state.articles);
}

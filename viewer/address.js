// The state as a fragment of the address, without what is as by default; and back. Steps go into
// the browser's history, so that back and forward undo and redo them.

const FIELDS = {
  hide: ['hiddenRelations', list], kinds: ['hiddenKinds', list], said: ['hiddenSaid', list],
  confidence: ['confidence', number], articles: ['articles', number], from: ['from', date], to: ['to', date],
  speaker: ['speakers', texts], outlet: ['outlets', texts], named: ['named', entities], among: ['among', entities], text: ['text', word], goods: ['goods', entities], fold: ['fold', flag],
  pairs: ['pairs', count], by: ['by', word],
  focus: ['focus', entity], depth: ['depth', number], path: ['path', twoEntities], planned: ['planned', flag], compare: ['compare', twoEntities], open: ['selection', selected],
  size: ['size', word], ground: ['regions', flag], table: ['table', flag], review: ['review', flag], theme: ['theme', word], view: ['camera', numbers],
};
function list() { return { write: (v) => v.join(',') || 'none', read: (t) => (t && t !== 'none' ? t.split(',') : []) }; }
function texts() { return { write: (v) => JSON.stringify(v), read: (t) => { try { const v = JSON.parse(t); return Array.isArray(v) ? v.map(String).slice(0, 50) : []; } catch { return []; } } }; }
function number() { return { write: String, read: (t) => (Number.isFinite(Number(t)) ? Number(t) : 0) }; }
function count() { return { write: (v) => (v === 0 ? 'all' : String(v)), read: (t) => (t === 'all' ? 0 : Number.isFinite(Number(t)) && Number(t) > 0 ? Math.floor(Number(t)) : null) }; }
function numbers() { return { write: (v) => v.map((n) => +n.toFixed(3)).join(','), read: (t) => { const v = t.split(',').map(Number); return v.length === 3 && v.every(Number.isFinite) && v[2] > 0 ? v : null; } }; }
function date() { return { write: dayText, read: (t) => { const day = Date.parse(t) / DAY; return Number.isFinite(day) ? Math.floor(day) : null; } }; }
function word() { return { write: String, read: String }; }
function flag() { return { write: (v) => (v ? '1' : '0'), read: (t) => t === '1' }; }
function entity() { return { write: (v) => nodes.id[v], read: (t) => nodeByIdentifier.get(t) ?? null }; }
function entities() { return { write: (v) => v.map((node) => nodes.id[node]).join('~'), read: (t) => t.split('~').map((id) => nodeByIdentifier.get(id)).filter((node) => node !== undefined) }; }
function twoEntities() { return { write: entities().write, read: (t) => { const v = entities().read(t); return v.length === 2 ? v : null; } }; }
// A tie is found again after grouping: its ends and relation are kept until then.
function selected() {
  return {
    write: (v) => (v.node !== undefined ? nodes.id[v.node] : [nodes.id[source[v.tie]], relations[relationOf[v.tie]].name, nodes.id[target[v.tie]]].join('~')),
    read: (t) => {
      const [a, name, b] = t.split('~'), [from, to] = [nodeByIdentifier.get(a), nodeByIdentifier.get(b)];
      if (from === undefined) return null;
      if (name === undefined) return { node: from };
      return to === undefined ? null : { ends: [from, name, to] };
    },
  };
}
function settleSelection() {
  const ends = state.selection?.ends;
  if (!ends) return;
  const tie = findTie(...ends);
  state.selection = tie === null ? null : { tie };
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
  state.depth = Math.min(4, Math.max(1, Math.floor(state.depth)));
  state.articles = Math.max(1, state.articles);
  state.goods = state.goods.filter((node) => goodsOfNode.has(node));
  state.named = state.named.filter((node) => goodsOfNode.has(node));
}

const addressNow = () => { const fragment = stateToFragment(); written = fragment; return fragment ? '#' + fragment : location.pathname + location.search; };
let fragmentTimer = 0, written = '', lastStep = { fields: '', time: 0 };
// A step of its own for each change, but one for a slider that moves or a text that is typed.
function writeFragment(fields = []) {
  const fragment = stateToFragment();
  if (fragment === written) return;
  const steps = fields.filter((field) => !['camera', 'theme', 'size', 'regions'].includes(field)).join(' '), now = performance.now();
  const replaces = !steps || (steps === lastStep.fields && now - lastStep.time < 900);
  if (steps) lastStep = { fields: steps, time: now };
  clearTimeout(fragmentTimer);
  if (!replaces) { history.pushState(null, '', addressNow()); return; }
  fragmentTimer = setTimeout(() => history.replaceState(null, '', addressNow()), 120);
}

function readFragment() {
  clearTimeout(fragmentTimer);
  const before = JSON.stringify([state.fold, state.goods]);
  fragmentToState(location.hash);
  if (before !== JSON.stringify([state.fold, state.goods]) || nTies === 0) group();
  settleSelection();
  written = stateToFragment();
  sizeNodes();
  applyFilters();
  if (state.review) { startReview(); openReviewed(); }
  showTheme();
  showAll();
  placeShown();
  if (state.camera) [camera.x, camera.y, camera.k] = state.camera; else fitAll();
  drawNow();
}

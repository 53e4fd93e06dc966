// From state to screen, and from keys and pointers to state.

const over = element('over');
const pointer = { node: null, tie: null };
let cursor = null, walking = false;

// Merges changes into the state and shows what follows from them.
function update(changes, { camera: move = false } = {}) {
  const filters = ['hiddenRelations', 'hiddenKinds', 'hiddenSaid', 'confidence', 'articles', 'from', 'to', 'focus', 'depth'];
  Object.assign(state, changes);
  if (Object.keys(changes).some((key) => filters.includes(key))) applyFilters();
  if ('size' in changes) sizeNodes();
  if ('theme' in changes) showTheme();
  showControls();
  showPanel();
  showTable();
  if (move || 'focus' in changes) fitAll();
  draw();
  writeFragment();
}

// Opens a node or a tie; `null` closes. A map that nobody has moved fills the room that is left.
function select(selection, more = {}) {
  update({ selection, ...more }, { camera: !selection && !state.camera });
  if (selection) {
    say(selection.node !== undefined ? `${nodes.name[selection.node].slice(0, 100)} is open` : `${tieText(selection.tie).slice(0, 200)} is open`);
    if (selection.node !== undefined) cursor = selection.node;
    const [node] = selection.node !== undefined ? [selection.node] : [source[selection.tie]];
    const free = freeArea(), x = screenX(nodeX[node]), y = screenY(nodeY[node]);
    if (x < free.left || x > free.right || y < free.top || y > free.bottom) centre(node);
  }
}

const say = (text) => { element('live').textContent = text; };

function centre(node) {
  const free = freeArea();
  camera.x = nodeX[node] - ((free.left + free.right) / 2 - size.width / 2) / camera.k;
  camera.y = nodeY[node] - ((free.top + free.bottom) / 2 - size.height / 2) / camera.k;
  draw();
}

function cycleFocus(node) {
  if (state.focus !== node) update({ focus: node, depth: 1 });
  else if (state.depth < 2) update({ focus: node, depth: state.depth + 1 });
  else update({ focus: null, depth: 1 });
}

// What stands out at the moment.
function markedNow() {
  const marked = { nodes: new Set(), ties: new Set() };
  const { selection, path } = state;
  if (selection?.tie !== undefined) { marked.ties.add(selection.tie); marked.nodes.add(source[selection.tie]).add(target[selection.tie]); }
  else if (selection?.node !== undefined) { marked.nodes.add(selection.node); for (const tie of tiesOf(selection.node)) if (shown.tie[tie]) marked.ties.add(tie); }
  else if (path) { marked.nodes.add(path[0]).add(path[1]); for (const tie of shortestPath(...path) ?? []) marked.ties.add(tie); }
  return marked;
}

// Drawing happens once a frame however often it is asked for.
let asked = false;
function draw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; drawNow(); });
}

function drawNow() {
  prepare(map, (context) => drawMap(context));
  drawOver();
}

function drawOver() {
  const marked = markedNow();
  const open = marked.nodes.size > 0;
  map.classList.toggle('pale', open);
  if (cursor !== null && shown.node[cursor] && walking) marked.nodes.add(cursor);
  if (pointer.node !== null) marked.nodes.add(pointer.node);
  if (pointer.tie !== null) marked.ties.add(pointer.tie);
  prepare(over, (context) => { if (marked.nodes.size || marked.ties.size) drawHighlight(context, marked); });
}

function prepare(canvas, fill) {
  const scale = devicePixelRatio || 1;
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const context = canvas.getContext('2d');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  fill(context);
}

function showTheme() {
  const dark = state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  element('theme').textContent = dark ? 'Light' : 'Dark';
  readColors();
  // Colours of relations are data: a style rule for each.
  relations.forEach((_, relation) => document.documentElement.style.setProperty(`--r${relation}`, relationColor(relation)));
  for (const swatch of document.querySelectorAll('.swatch')) paint(swatch);
}

// Swatches take their colour from the relation in their class.
const paint = (swatch) => swatch.style.setProperty('--color', `var(--${/\br\d+\b/.exec(swatch.className)[0]})`);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const added of addedNodes) for (const swatch of added.querySelectorAll?.('.swatch') ?? []) paint(swatch);
}).observe(document.body, { childList: true, subtree: true });

let fragmentTimer = 0, written = '';
function writeFragment() {
  const fragment = stateToFragment();
  if (fragment === written) return;
  written = fragment;
  clearTimeout(fragmentTimer);
  fragmentTimer = setTimeout(() => history.replaceState(null, '', fragment ? '#' + fragment : location.pathname + location.search), 120);
}

function readFragment() {
  fragmentToState(location.hash);
  written = stateToFragment();
  applyFilters();
  sizeNodes();
  showTheme();
  showControls();
  showPanel();
  showTable();
  if (state.camera) [camera.x, camera.y, camera.k] = state.camera; else fitAll();
  drawNow();
}

const rememberCamera = () => { state.camera = [camera.x, camera.y, camera.k]; writeFragment(); };

function resize() {
  size.width = innerWidth;
  size.height = innerHeight;
}

// Pointer: drag moves, wheel zooms, click opens, hovering names.
function makePointer() {
  let from = null, moved = false;
  map.addEventListener('pointerdown', (event) => { walking = false; from = [event.clientX, event.clientY]; moved = false; map.setPointerCapture(event.pointerId); });
  map.addEventListener('pointermove', (event) => {
    if (from) {
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (!moved && Math.hypot(dx, dy) < 4) return;
      moved = true;
      camera.x -= dx / camera.k; camera.y -= dy / camera.k;
      from = [event.clientX, event.clientY];
      draw();
    } else hover(event.clientX, event.clientY);
  });
  map.addEventListener('pointerup', (event) => {
    if (from && !moved) select(pick(event.clientX, event.clientY), { path: null });
    else if (moved) rememberCamera();
    from = null;
  });
  map.addEventListener('pointerleave', () => hover(-1e6, -1e6));
  map.addEventListener('dblclick', (event) => { const found = pick(event.clientX, event.clientY); if (found?.node !== undefined) cycleFocus(found.node); });
  map.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoomAt(event.clientX, event.clientY, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)));
    draw();
    rememberCamera();
  }, { passive: false });
}

function hover(x, y) {
  const found = x < -1e5 ? null : pick(x, y);
  const [node, tie] = [found?.node ?? null, found?.tie ?? null];
  const tip = element('tip');
  tip.hidden = !found;
  map.style.cursor = found ? 'pointer' : 'grab';
  if (found) {
    tip.replaceChildren(...(node !== null
      ? [make('b', {}, isolated(nodes.name[node].slice(0, 120))), ` ${kinds[nodes.kind[node]]}`]
      : [swatch(relationOf[tie], shown.look[tie]), isolated(tieText(tie).slice(0, 200)), make('span', { class: 'quiet' }, ` ${plural(shown.articles[tie], 'article')}${shown.look[tie] === DENIED ? ', denied' : ''}`)]));
    tip.style.left = `${Math.min(x + 14, size.width - 300)}px`;
    tip.style.top = `${y + 16}px`;
  }
  if (node !== pointer.node || tie !== pointer.tie) { pointer.node = node; pointer.tie = tie; drawOver(); }
}

const WALK = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function onKey(event) {
  if (event.target.closest?.('input, select, dialog') || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const onMap = document.activeElement === map || document.activeElement === document.body;
  if (key === '/') element('search').focus();
  else if (key === '?') element('keys').showModal();
  else if (key === 't') toggleTable();
  else if (key === '+' || key === '=') zoom(1.3);
  else if (key === '-') zoom(1 / 1.3);
  else if (key === '0') { fitAll(); state.camera = null; draw(); writeFragment(); }
  else if (key === 'Escape') escape();
  else if (key === 'f' && openNode() !== null) cycleFocus(openNode());
  else if ((key === 'n' || key === 'p') && openNode() !== null) nextTie(key === 'n' ? 1 : -1);
  else if (onMap && WALK[key] && event.shiftKey) { camera.x += (WALK[key][0] * 80) / camera.k; camera.y += (WALK[key][1] * 80) / camera.k; draw(); rememberCamera(); }
  else if (onMap && WALK[key]) walk(WALK[key]);
  else if (onMap && key === 'Enter' && cursor !== null) select({ node: cursor });
  else return;
  event.preventDefault();
}

function zoom(factor) {
  const free = freeArea();
  zoomAt((free.left + free.right) / 2, (free.top + free.bottom) / 2, factor);
  draw();
  rememberCamera();
}

const openNode = () => (state.selection?.node !== undefined ? state.selection.node : state.selection?.tie !== undefined ? cursor : state.focus);

function nextTie(step) {
  const node = openNode();
  const visible = [...tiesOf(node)].filter((tie) => shown.tie[tie]);
  if (!visible.length) return;
  const at = visible.indexOf(state.selection?.tie);
  select({ tie: visible[(at < 0 ? (step > 0 ? 0 : visible.length - 1) : at + step + visible.length) % visible.length] });
}

function walk([dx, dy]) {
  if (cursor === null || !shown.node[cursor]) cursor = visibleNodes().reduce((best, node) => (best === null || radius[node] > radius[best] ? node : best), null);
  else cursor = nodeTowards(cursor, dx, dy) ?? cursor;
  if (cursor === null) return;
  walking = true;
  const n = [...tiesOf(cursor)].filter((tie) => shown.tie[tie]).length;
  say(`${nodes.name[cursor].slice(0, 100)}, ${kinds[nodes.kind[cursor]]}, ${plural(n, 'tie')}`);
  const free = freeArea(), x = screenX(nodeX[cursor]), y = screenY(nodeY[cursor]);
  if (x < free.left + 20 || x > free.right - 20 || y < free.top + 20 || y > free.bottom - 30) centre(cursor);
  drawOver();
}

function escape() {
  if (state.selection || state.path) select(null, { path: null });
  else if (state.table) toggleTable();
  else if (state.focus !== null) update({ focus: null, depth: 1 });
  map.focus();
}

function toggleTable() {
  update({ table: !state.table });
  if (state.table) document.querySelector('#evidence .scroll').focus();
}

function scopeText() {
  const days = lines.from.filter((day) => day !== null);
  const range = days.length ? `, ${dayText(time.first).slice(0, 7)} to ${dayText(time.last).slice(0, 7)}` : '';
  const articles = lines.article.reduce((a, b) => Math.max(a, b), -1) + 1;
  return `${plural(nNodes, 'entity', 'entities')}, ${plural(nTies, 'tie')}, ${plural(articles, 'article')}${range}`;
}

const { startPath } = makeControls();
resize();
makeTime();
makePointer();
makeDownloads();
element('scope').textContent = scopeText();
document.title = `Network of ${plural(nNodes, 'entity', 'entities')} and ${plural(nTies, 'tie')}`;
on('show-table', 'click', toggleTable);
on('more', 'click', () => addRows(ROWS_AT_ONCE));
on('theme', 'click', () => update({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }));
on('help', 'click', () => element('keys').showModal());
on('reset', 'click', () => { const { theme, table } = state; Object.assign(state, DEFAULTS); update({ ...DEFAULTS, theme, table }, { camera: true }); });
on('show-filters', 'click', (button) => { const filters = element('filters'); filters.hidden = !filters.hidden; button.setAttribute('aria-expanded', String(!filters.hidden)); });
on('zoom-in', 'click', () => zoom(1.4));
on('zoom-out', 'click', () => zoom(1 / 1.4));
on('zoom-fit', 'click', () => { fitAll(); state.camera = null; draw(); writeFragment(); });
document.addEventListener('keydown', onKey);
addEventListener('resize', () => { resize(); if (!state.camera) fitAll(); showTime(); draw(); });
addEventListener('hashchange', () => { if (location.hash.slice(1) !== written) readFragment(); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => update({ theme: state.theme }));
addEventListener('beforeprint', () => { tableVersion = ''; fillTable(1000); });
if (innerWidth < 760) element('filters').hidden = true;
readFragment();

// For whoever drives the page by script: where things are on the screen, and the time of a frame.
globalThis.tieline = {
  nodeAt: (id) => { const node = nodeByIdentifier.get(id); return [screenX(nodeX[node]), screenY(nodeY[node])]; },
  tieOf: (a, relation, b) => {
    const tie = [...tiesOf(nodeByIdentifier.get(a))].find((tie) => nodes.id[source[tie]] === a && nodes.id[target[tie]] === b && relations[relationOf[tie]].name === relation);
    const [x, y] = curvePoint(tie, 0.35);
    return [screenX(x), screenY(y)];
  },
  frame: () => { const start = performance.now(); drawNow(); map.getContext('2d').getImageData(0, 0, 1, 1); return performance.now() - start; },
  labels: () => ({ boxes: drawLabels(map.getContext('2d'), visibleNodes()), free: freeArea() }),
  ready: performance.now(),
};

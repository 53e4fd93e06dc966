// From state to screen, and from keys and pointers to state.

const over = element('over');
const pointer = { node: null, tie: null };
let cursor = null, walking = false;

// Merges changes into the state and shows what follows from them.
function update(changes, { camera: move = false } = {}) {
  Object.assign(state, changes);
  const fields = Object.keys(changes);
  if (fields.includes('fold') || fields.includes('goods')) { group(); settleSelection(); }
  if (fields.includes('size')) sizeNodes();
  if (fields.some((field) => FILTERS.includes(field))) { applyFilters(); if (state.review) startReview(); move ||= !state.camera || fields.some((field) => !['named', 'text', 'confidence', 'articles'].includes(field)); }
  else if (fields.some((field) => ['selection', 'path', 'planned', 'compare'].includes(field))) chooseDrawn();
  if (fields.includes('theme')) showTheme();
  showAll();
  placeShown();
  if (move) { state.camera = null; fitAll(); }
  draw();
  writeFragment(fields);
}

// Groups anew: a tie that is open stays open under its new number.
function regroup(changes = {}) {
  const { selection } = state;
  if (selection?.tie !== undefined && !('selection' in changes)) state.selection = { ends: [source[selection.tie], relations[relationOf[selection.tie]].name, target[selection.tie]] };
  Object.assign(state, changes);
  group();
  settleSelection();
  applyFilters();
  showAll();
  placeShown();
  if (!state.camera) fitAll();
  draw();
  writeFragment(Object.keys(changes));
}

function showAll() {
  showControls();
  showPanel();
  showTable();
  element('show-review').setAttribute('aria-pressed', String(state.review));
}

// Opens a node or a tie; `null` closes. A map that nobody has moved fills the room that is left.
function select(selection, more = {}) {
  if (isNarrow() && selection) showFilters(false);
  if (selection && state.review) state.review = false;
  update({ selection, ...more });
  if (!state.camera && !selection) { fitAll(); draw(); }
  if (!selection) return;
  say(selection.node !== undefined ? `${nodes.name[selection.node].slice(0, 100)} is open` : `${tieText(state.selection.tie).slice(0, 200)} is open`);
  if (selection.node !== undefined) cursor = selection.node;
  bringIntoView(state.selection);
}

// What is open must not lie under a panel.
function bringIntoView(selection) {
  const which = selection.node !== undefined ? [selection.node] : [source[selection.tie], target[selection.tie]];
  const free = freeArea(), room = 24;
  const inside = (node) => { const x = (goalX[node] - camera.x) * camera.k + size.width / 2, y = (goalY[node] - camera.y) * camera.k + size.height / 2; return x > free.left + room && x < free.right - room && y > free.top + room && y < free.bottom - room; };
  if (which.every(inside)) return;
  if (isNarrow() || !state.camera) {
    const around = selection.node !== undefined ? [selection.node, ...[...tiesOf(selection.node)].filter((tie) => shown.tie[tie]).map((tie) => otherEnd(tie, selection.node))] : which;
    const k = camera.k;
    fit(around);
    camera.k = Math.min(camera.k, Math.max(k * 1.6, 0.9));
    if (selection.tie === undefined || camera.k < k) centre(which[0]); else centreOn(which);
  } else centreOn(which);
  draw();
}
function centreOn(which) {
  const free = freeArea();
  camera.x = mean(which, goalX) - ((free.left + free.right) / 2 - size.width / 2) / camera.k;
  camera.y = mean(which, goalY) - ((free.top + free.bottom) / 2 - size.height / 2) / camera.k;
}

const say = (text) => { element('live').textContent = text; };
const centre = (node) => { centreOn([node]); draw(); };

function cycleFocus(node) {
  if (state.focus !== node) update({ focus: node, depth: 1 });
  else if (state.depth < 3) update({ focus: node, depth: state.depth + 1 });
  else update({ focus: null, depth: 1 });
}

// Opens and closes the filters; on a phone they are a sheet over the map.
function showFilters(open) {
  element('filters').hidden = !open;
  element('show-filters').setAttribute('aria-expanded', String(open));
}
const afterSheet = () => { if (state.selection) bringIntoView(state.selection); draw(); };
function toggleReview() {
  const review = !state.review;
  if (review) { if (isNarrow()) showFilters(false); startReview(); }
  update({ review });
  if (review) { panel.focus(); stepReview(0); }
}
function openReviewed() {
  const line = reviewedLine(), tie = line === undefined ? -1 : tieOfLine[line];
  state.selection = tie >= 0 && shown.pass[tie] ? { tie } : null;
  chooseDrawn();
}
// The claim under review stands out on the map, too.
function showReviewed() {
  openReviewed();
  update({ selection: state.selection });
  if (state.selection) bringIntoView(state.selection);
}

// What stands out at the moment.
function markedNow() {
  const marked = { nodes: new Set(), ties: new Set() };
  const { selection, path, compare } = state;
  if (selection?.tie !== undefined) { marked.ties.add(selection.tie); marked.nodes.add(source[selection.tie]).add(target[selection.tie]); }
  else if (selection?.node !== undefined) { marked.nodes.add(selection.node); for (const tie of tiesOf(selection.node)) if (shown.drawn[tie]) marked.ties.add(tie); }
  else if (path) { marked.nodes.add(path[0]).add(path[1]); for (const tie of shortestPath(...path) ?? []) marked.ties.add(tie); }
  else if (compare) for (const node of compare) { marked.nodes.add(node); for (const tie of tiesOf(node)) if (shown.drawn[tie]) marked.ties.add(tie); }
  return marked;
}

// Drawing happens once a frame however often it is asked for.
let asked = false;
function draw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; drawNow(); });
}

// While hands move a map of many ties its last picture moves with them; it is drawn anew when they
// rest.
const atRest = { canvas: document.createElement('canvas'), camera: null };
let inMotion = false, rest = 0;
function drawMoving() {
  if (!inMotion && shown.nDrawn > MANY_TIES && atRest.camera) keepPicture();
  clearTimeout(rest);
  rest = setTimeout(() => { inMotion = false; draw(); }, 160);
  draw();
}
function keepPicture() {
  inMotion = true;
  atRest.canvas.width = map.width;
  atRest.canvas.height = map.height;
  atRest.canvas.getContext('2d').drawImage(map, 0, 0);
}
function movePicture(context) {
  const { canvas, camera: from } = atRest, [width, height] = [size.width, size.height].map((side) => side * camera.k / from.k);
  context.drawImage(canvas, screenX(from.x) - width / 2, screenY(from.y) - height / 2, width, height);
}

function drawNow() {
  prepare(map, inMotion ? movePicture : drawMap);
  if (!inMotion) atRest.camera = { ...camera };
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
  document.querySelector('meta[name=theme-color]').content = ink.paper;
}

// Swatches take their colour from the relation in their class.
const paint = (swatch) => swatch.style.setProperty('--color', `var(--${/\br\d+\b/.exec(swatch.className)[0]})`);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) for (const added of addedNodes) for (const swatch of added.querySelectorAll?.('.swatch') ?? []) paint(swatch);
}).observe(document.body, { childList: true, subtree: true });

const rememberCamera = () => { state.camera = [camera.x, camera.y, camera.k]; writeFragment(['camera']); };

function resize() {
  size.width = innerWidth;
  size.height = innerHeight;
}

// Pointer: drag moves, wheel and two fingers zoom, click opens, hovering names.
function makePointer() {
  const down = new Map();
  let moved = false, pinch = null;
  const middle = () => { const [[ax, ay], [bx, by]] = [...down.values()]; return { x: (ax + bx) / 2, y: (ay + by) / 2, away: Math.hypot(ax - bx, ay - by) || 1 }; };
  map.addEventListener('pointerdown', (event) => {
    walking = false;
    down.set(event.pointerId, [event.clientX, event.clientY]);
    map.setPointerCapture(event.pointerId);
    if (down.size === 1) moved = false;
    if (down.size === 2) { pinch = middle(); moved = true; }
    closeMenus();
  });
  map.addEventListener('pointermove', (event) => {
    const from = down.get(event.pointerId);
    if (!from) { if (event.pointerType === 'mouse') hover(event.clientX, event.clientY); return; }
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (down.size > 1) {
      down.set(event.pointerId, [event.clientX, event.clientY]);
      if (down.size !== 2 || !pinch) return;
      const now = middle();
      camera.x -= (now.x - pinch.x) / camera.k; camera.y -= (now.y - pinch.y) / camera.k;
      zoomAt(now.x, now.y, now.away / pinch.away);
      pinch = now;
    } else {
      if (!moved && Math.hypot(dx, dy) < (event.pointerType === 'touch' ? 9 : 4)) return;
      moved = true;
      camera.x -= dx / camera.k; camera.y -= dy / camera.k;
      down.set(event.pointerId, [event.clientX, event.clientY]);
    }
    drawMoving();
  });
  const up = (event) => {
    if (!down.delete(event.pointerId)) return;
    if (down.size < 2) pinch = null;
    if (event.type === 'pointercancel' || down.size) return;
    if (moved) rememberCamera();
    else select(pick(event.clientX, event.clientY, event.pointerType === 'touch' ? 2.6 : 1), { path: null, compare: null });
  };
  map.addEventListener('pointerup', up);
  // The click that follows a tap would meet the sheet that the tap has opened.
  map.addEventListener('touchend', (event) => { if (event.cancelable) event.preventDefault(); map.focus({ preventScroll: true }); }, { passive: false });
  map.addEventListener('pointercancel', up);
  map.addEventListener('pointerleave', () => hover(-1e6, -1e6));
  map.addEventListener('dblclick', (event) => { const found = pick(event.clientX, event.clientY); if (found?.node !== undefined) cycleFocus(found.node); });
  map.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoomAt(event.clientX, event.clientY, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)));
    drawMoving();
    rememberCamera();
  }, { passive: false });
}
const closeMenus = () => { element('downloads').open = false; if (isNarrow()) showFilters(false); };

function hover(x, y) {
  const found = x < -1e5 ? null : pick(x, y);
  const [node, tie] = [found?.node ?? null, found?.tie ?? null];
  const tip = element('tip');
  tip.hidden = !found;
  map.style.cursor = found ? 'pointer' : 'grab';
  if (found) {
    tip.replaceChildren(...(node !== null
      ? [make('b', {}, isolated(nodes.name[node].slice(0, 120))), ` ${kinds[nodes.kind[node]]}`]
      : [swatch(relationOf[tie], shown.look[tie]), isolated(tieText(tie).slice(0, 200)), make('span', { class: 'quiet' }, ` ${SAID_NAMES[SAID[shown.look[tie]]]}, ${plural(shown.weight[tie], 'story', 'stories')}${shown.disputed[tie] ? ', denied by a party' : ''}`)]));
    tip.style.left = `${Math.min(x + 14, size.width - 300)}px`;
    tip.style.top = `${y + 16}px`;
  }
  if (node !== pointer.node || tie !== pointer.tie) { pointer.node = node; pointer.tie = tie; drawOver(); }
}

const REVIEW_KEYS = { a: () => judge('accept'), r: () => judge('reject'), e: () => element('review-edit')?.click(), m: () => element('review-note')?.click(), j: () => stepReview(1), k: () => stepReview(-1), u: takeBack };
const WALK = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function onKey(event) {
  if (event.target.closest?.('input, select, textarea, dialog') || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const onMap = document.activeElement === map || document.activeElement === document.body;
  if (key === '/') element('search').focus();
  else if (key === '?') element('keys').showModal();
  else if (key === 't') toggleTable();
  else if (key === 'v') toggleReview();
  else if (state.review && REVIEW_KEYS[key]) REVIEW_KEYS[key]();
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
  const visible = [...tiesOf(node)].filter((tie) => shown.pass[tie]);
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
  if (state.review) toggleReview();
  else if (state.selection || state.path || state.compare) select(null, { path: null, compare: null });
  else if (state.table) toggleTable();
  else if (state.focus !== null) update({ focus: null, depth: 1 });
  map.focus();
}

function toggleTable() {
  update({ table: !state.table });
  if (state.table) document.querySelector('#evidence .scroll').focus();
}

function scopeText() {
  const range = time.days ? `, ${time.earlier || time.later ? 'mostly ' : ''}${dayText(time.first).slice(0, 7)} to ${dayText(time.last).slice(0, 7)}` : '';
  return `${plural(nEntities, 'entity', 'entities')}, ${plural(data.ties.source.length, 'tie')}, ${plural(nArticles, 'article')}${range}`;
}

// A view that is more than the map waits for the texts.
corrected.list = keptCorrections();
if (corrected.list.length || location.hash.length > 1) await textsHere();
followCorrections();
resize();
if (isNarrow()) showFilters(false);
makeTime();
element('scope').textContent = scopeText();
document.title = `Network of ${plural(nEntities, 'entity', 'entities')} and ${plural(data.ties.source.length, 'tie')}`;
addEventListener('resize', () => { resize(); placeShown(true); if (!state.camera) fitAll(); showTime(); draw(); });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => update({ theme: state.theme }));
readFragment();

// The map is there. It comes onto the screen, then what answers to hands.
await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 300); });
performance.mark('picture');
await textsHere();
makeControls();
showControls();
makePointer();
makeDownloads();
on('show-table', 'click', toggleTable);
on('more', 'click', () => addRows(ROWS_AT_ONCE));
on('theme', 'click', () => update({ theme: document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark' }));
on('show-review', 'click', toggleReview);
on('help', 'click', () => element('keys').showModal());
on('reset', 'click', () => { const { theme, table, review } = state; update({ ...DEFAULTS, theme, table, review }, { camera: true }); });
on('show-filters', 'click', () => { showFilters(element('filters').hidden); if (!isNarrow() && !state.camera) { fitAll(); draw(); } });
on('close-filters', 'click', () => showFilters(false));
on('zoom-in', 'click', () => zoom(1.4));
on('zoom-out', 'click', () => zoom(1 / 1.4));
on('zoom-fit', 'click', () => { fitAll(); state.camera = null; draw(); writeFragment(); });
document.addEventListener('keydown', onKey);
addEventListener('popstate', readFragment);

// For whoever drives the page by script: where things are on the screen, and the time of a frame.
globalThis.tieline = {
  nodeAt: (id) => { const node = nodeByIdentifier.get(id); if (!shown.node[node]) return null; return [screenX(nodeX[node]), screenY(nodeY[node])]; },
  tieOf: (a, relation, b) => {
    const tie = findTie(nodeByIdentifier.get(a), relation, nodeByIdentifier.get(b));
    if (tie === null || !shown.drawn[tie]) return null;
    const [x, y] = curvePoint(tie, 0.35);
    return [screenX(x), screenY(y)];
  },
  frame: (moving) => {
    if (moving) keepPicture();
    const start = performance.now();
    drawNow();
    map.getContext('2d').getImageData(0, 0, 1, 1);
    inMotion = false;
    return performance.now() - start;
  },
  labels: () => ({ boxes: drawMap(map.getContext('2d')), free: freeArea() }),
  layOut,
  still: () => !move.running && !asked && !inMotion,
  camera: () => ({ ...camera }),
  ready: performance.now(),
};

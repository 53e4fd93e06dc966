// Drawing: the same calls fill the canvas and, through a recorder, an SVG.

// Colours of the ground, from the style sheet, so that page and map never differ.
let ink = {};
function readColors() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['ground', 'ink', 'muted', 'accent', 'paper', 'person']) ink[name] = style.getPropertyValue('--' + name).trim();
  ink.dark = document.documentElement.dataset.theme === 'dark';
}
const relationColor = (relation) => (ink.dark ? relations[relation].dark : relations[relation].light);

// Above this many ties on view, ties are thin straight lines.
const MANY_TIES = 2500;

// Layers have names in pictures; a canvas has none.
const layer = (context, name) => context.layer?.(name);

function drawMap(context) {
  layer(context, 'Communities');
  drawGrounds(context);
  const many = shown.nDrawn > MANY_TIES;
  layer(context, 'Ties');
  if (many && !(context instanceof SvgRecorder)) drawThinTies(context, tiesInOrder());
  else drawTies(context, tiesInOrder(), many ? 'thin' : 'curved');
  // Names find their places first; marks keep away from them.
  const labels = placeLabels(context, visibleNodes());
  layer(context, 'Marks');
  if (!many) drawMarks(context, labels.taken);
  layer(context, 'Entities');
  drawNodes(context, visibleNodes());
  layer(context, 'Names');
  writeLabels(context, labels);
  labelsNow = labels;
  if (!frame) namesAt = new Map(labels.places.map(([node, x, y]) => [node, [x, y]]));
  return labels.boxes;
}

// Drawn ties by relation and look, weakest first; kept until the filters change.
let orderCache = { version: '' };
function tiesInOrder() {
  const version = `${groupVersion} ${shown.version}`;
  if (orderCache.version !== version) {
    const order = [];
    for (let tie = 0; tie < nTies; tie++) if (shown.drawn[tie]) order.push(tie);
    order.sort((a, b) => shown.look[b] - shown.look[a] || relationOf[a] - relationOf[b] || shown.weight[a] - shown.weight[b] || a - b);
    shown.nDrawn = order.length;
    const visible = [];
    for (let node = 0; node < nNodes; node++) if (shown.node[node]) visible.push(node);
    orderCache = { version, order, visible };
  }
  return orderCache.order;
}
const visibleNodes = () => (tiesInOrder(), orderCache.visible);

// The ground of each community: the surroundings of its members and of the ties between them, so
// that it follows whatever is shown.
function drawGrounds(context) {
  if (!state.regions || !nodes.community.length) return;
  // Members that stand near another one that they are tied to.
  const near = new Map(), order = tiesInOrder();
  for (const tie of order.length > 1500 ? [] : order) {
    const [a, b] = [source[tie], target[tie]], community = nodes.community[a];
    if (community < 0 || community !== nodes.community[b] || Math.hypot(nodeX[a] - nodeX[b], nodeY[a] - nodeY[b]) > 300) continue;
    if (!near.has(community)) near.set(community, { members: new Set(), ties: [] });
    near.get(community).members.add(a).add(b);
    near.get(community).ties.push(tie);
  }
  if (order.length > 1500) for (const node of visibleNodes()) { const community = nodes.community[node]; if (community >= 0) { if (!near.has(community)) near.set(community, { members: new Set(), ties: [] }); near.get(community).members.add(node); } }
  const reach = 26 * camera.k + 10;
  for (const [community, { members, ties }] of [...near].sort((a, b) => b[1].members.size - a[1].members.size || a[0] - b[0])) {
    if (members.size < 3) continue;
    context.fillStyle = context.strokeStyle = grounds[community % grounds.length][ink.dark ? 1 : 0];
    context.lineWidth = reach * 1.7;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    for (const tie of ties) {
      context.moveTo(screenX(nodeX[source[tie]]), screenY(nodeY[source[tie]]));
      context.lineTo(screenX(nodeX[target[tie]]), screenY(nodeY[target[tie]]));
    }
    context.stroke();
    context.beginPath();
    for (const node of order.length > 1500 ? oneInEachCell(members, (0.7 * reach) / camera.k) : members) {
      const [x, y, r] = [screenX(nodeX[node]), screenY(nodeY[node]), radius[node] * nodeScale() + reach];
      context.moveTo(x + r, y);
      context.arc(x, y, r, 0, 2 * Math.PI);
    }
    context.fill();
  }
}

// Of members that stand close together, one: the ground of the others is nearly the same.
function oneInEachCell(members, side) {
  const cells = new Set();
  return [...members].filter((node) => {
    const cell = Math.round(nodeX[node] / side) * 65536 + Math.round(nodeY[node] / side);
    return !cells.has(cell) && cells.add(cell);
  });
}

// A tie's width tells how many stories stand behind it; what nobody asserts stays thin.
const lineWidth = (tie) => (shown.look[tie] >= DENIED ? 1 : Math.min(7, 1 + 0.85 * Math.sqrt(Math.max(0, shown.weight[tie] - 0.9)))) * Math.min(1.5, Math.max(0.6, camera.k ** 0.5));
const DASHES = [[], [7, 4], [2, 3.5], [], []];

// Long paths take more than their share of time: they are cut. So do paths of many symbols.
const LONGEST_PATH = 1000, SYMBOLS_AT_ONCE = 60;

// One path for each relation, look and width: few strokes instead of one a tie. In a picture each
// tie is a path of its own.
function drawTies(context, order, manner) {
  const thin = manner === 'thin', single = context instanceof SvgRecorder;
  const arrows = !thin && (order.length < 1500 || manner === 'strong');
  context.lineCap = 'butt';
  const inside = (tie) => {
    const ax = screenX(nodeX[source[tie]]), ay = screenY(nodeY[source[tie]]), bx = screenX(nodeX[target[tie]]), by = screenY(nodeY[target[tie]]);
    return Math.max(ax, bx) > -60 && Math.min(ax, bx) < size.width + 60 && Math.max(ay, by) > -60 && Math.min(ay, by) < size.height + 60;
  };
  let batch = null, tips = [];
  const flush = () => {
    if (batch === null) return;
    context.stroke();
    context.setLineDash([]);
    if (tips.length) {
      context.fillStyle = context.strokeStyle;
      context.beginPath();
      for (const tip of tips) traceArrow(context, ...tip);
      context.fill();
      tips = [];
    }
    batch = null;
  };
  let length = 0;
  for (const tie of order) {
    if (!inside(tie)) continue;
    const width = thin ? Math.min(1, 0.5 + camera.k) : Math.round(lineWidth(tie) * 2) / 2;
    const key = single ? String(tie) : `${relationOf[tie]} ${shown.look[tie]} ${width}`;
    if (key !== batch || ++length > LONGEST_PATH) {
      flush();
      batch = key;
      length = 0;
      context.beginPath();
      context.strokeStyle = relationColor(relationOf[tie]);
      context.lineWidth = width;
      context.globalAlpha = thin ? thinAlpha() : shown.look[tie] >= DENIED ? 0.55 : 0.88;
      if (!thin) context.setLineDash(DASHES[shown.look[tie]]);
      if (single) context.name(`tie ${nodes.id[source[tie]]} ${relations[relationOf[tie]].name} ${nodes.id[target[tie]]}`, tieText(tie));
    }
    traceTie(context, tie, thin, arrows && relations[relationOf[tie]].directed ? width : 0, tips);
  }
  flush();
  context.globalAlpha = 1;
}

// Thousands of ties: straight lines, one path for each relation and look. Nothing is made for a tie.
function drawThinTies(context, order) {
  const xs = new Float64Array(nNodes), ys = new Float64Array(nNodes), [right, below] = [size.width + 60, size.height + 60];
  for (let node = 0; node < nNodes; node++) { xs[node] = screenX(nodeX[node]); ys[node] = screenY(nodeY[node]); }
  context.lineCap = 'butt';
  context.lineWidth = Math.min(1, 0.5 + camera.k);
  context.globalAlpha = thinAlpha();
  let relation = -1, look = -1, length = 0;
  for (const tie of order) {
    const ax = xs[source[tie]], ay = ys[source[tie]], bx = xs[target[tie]], by = ys[target[tie]];
    if ((ax < -60 && bx < -60) || (ax > right && bx > right) || (ay < -60 && by < -60) || (ay > below && by > below)) continue;
    if (relationOf[tie] !== relation || shown.look[tie] !== look || ++length > LONGEST_PATH) {
      if (relation >= 0) context.stroke();
      relation = relationOf[tie]; look = shown.look[tie]; length = 0;
      context.strokeStyle = relationColor(relation);
      context.beginPath();
    }
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
  }
  if (relation >= 0) context.stroke();
  context.globalAlpha = 1;
}

// Many lines are paler, fewer of them stronger; zooming in brings them out.
const thinAlpha = () => Math.min(0.7, Math.max(0.05, (1500 / Math.max(1, shown.nDrawn)) * Math.max(1, camera.k * 3)));

function traceTie(context, tie, straight, arrowWidth, tips) {
  const a = source[tie], b = target[tie];
  const ax = screenX(nodeX[a]), ay = screenY(nodeY[a]), bx = screenX(nodeX[b]), by = screenY(nodeY[b]);
  context.moveTo(ax, ay);
  if (straight) { context.lineTo(bx, by); return; }
  let [cx, cy] = controlPoint(tie);
  cx = screenX(cx); cy = screenY(cy);
  if (!arrowWidth) { context.quadraticCurveTo(cx, cy, bx, by); return; }
  // The line ends where the arrow begins, the arrow at the edge of the symbol.
  const length = Math.hypot(bx - cx, by - cy) || 1, ux = (bx - cx) / length, uy = (by - cy) / length;
  const edge = radius[b] * nodeScale() + 2, head = Math.min(5 + 1.9 * arrowWidth, Math.max(4, length - edge));
  context.quadraticCurveTo(cx, cy, bx - ux * (edge + head * 0.8), by - uy * (edge + head * 0.8));
  tips.push([bx - ux * edge, by - uy * edge, ux, uy, head]);
}

function traceArrow(context, x, y, ux, uy, head) {
  const half = head * 0.42;
  context.moveTo(x, y);
  context.lineTo(x - ux * head - uy * half, y - uy * head + ux * half);
  context.lineTo(x - ux * head + uy * half, y - uy * head - ux * half);
  context.closePath();
}

// One quiet mark for each pair, near its middle: what is denied, what is disputed, and how many
// relations there are where not all are drawn. None lies on a name.
function drawMarks(context, taken) {
  if (shown.nPairs > 500) return;
  const counts = camera.k > 0.85 && !frame?.numbered;
  for (const bundle of shown.bundles) {
    const visible = [...tiesOfBundle(bundle)].filter((tie) => shown.tie[tie]);
    if (!visible.length) continue;
    const denied = visible.find((tie) => shown.drawn[tie] && shown.look[tie] >= DENIED), disputed = visible.find((tie) => shown.drawn[tie] && shown.disputed[tie]);
    const a = source[visible[0]], b = target[visible[0]];
    const length = Math.hypot(screenX(nodeX[a]) - screenX(nodeX[b]), screenY(nodeY[a]) - screenY(nodeY[b]));
    if (length < 34) continue;
    const tie = disputed ?? denied;
    if (tie !== undefined) {
      const at = freeSpot(taken, tie, 7);
      if (disputed !== undefined) drawDispute(context, tie, at); else drawDenial(context, tie, at);
    }
    const hidden = visible.length - visible.filter((other) => shown.drawn[other]).length;
    if (counts && hidden && length > 110) {
      const spot = visible.find((other) => shown.drawn[other]), at = freeSpot(taken, spot, 8);
      if (at !== null) { const [x, y] = curvePoint(spot, at); traceBadge(context, screenX(x), screenY(y), String(visible.length)); }
    }
  }
}
// A share of a tie's way where nothing lies yet; null if there is none.
function freeSpot(taken, tie, r) {
  for (const at of [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]) {
    const [x, y] = curvePoint(tie, at), box = boxAround(screenX(x), screenY(y), r);
    if (taken.free(box, -2)) { taken.add(box, -1); return at; }
  }
  return null;
}
const boxAround = (x, y, r) => [x - r, y - r, x + r, y + r];

// A barred ring on what is only denied or said not to be so.
function drawDenial(context, tie, at) {
  const [wx, wy] = curvePoint(tie, at ?? 0.5);
  traceBarredRing(context, screenX(wx), screenY(wy), relationColor(relationOf[tie]));
}
function traceBarredRing(context, x, y, color) {
  context.fillStyle = ink.ground;
  context.strokeStyle = color;
  context.lineWidth = 1.3;
  context.beginPath(); context.arc(x, y, 4.2, 0, 2 * Math.PI); context.fill(); context.stroke();
  context.beginPath(); context.moveTo(x - 2.9, y + 2.9); context.lineTo(x + 2.9, y - 2.9); context.stroke();
}

// A short bar across what is said and denied by a party.
function drawDispute(context, tie, at) {
  const middle = at ?? 0.5, [ax, ay] = curvePoint(tie, middle - 0.03), [bx, by] = curvePoint(tie, middle + 0.03), [wx, wy] = curvePoint(tie, middle);
  const length = Math.hypot(bx - ax, by - ay) || 1;
  traceBar(context, screenX(wx), screenY(wy), (bx - ax) / length, (by - ay) / length);
}
function traceBar(context, x, y, ux, uy) {
  const reach = 5.5;
  for (const [color, width] of [[ink.ground, 5], [ink.ink, 1.6]]) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath(); context.moveTo(x - uy * reach, y + ux * reach); context.lineTo(x + uy * reach, y - ux * reach); context.stroke();
  }
}

function traceBadge(context, x, y, text) {
  context.font = '600 10px ' + FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = ink.paper;
  context.strokeStyle = ink.muted;
  context.lineWidth = 1;
  context.beginPath(); context.arc(x, y, 7.5, 0, 2 * Math.PI); context.fill(); context.stroke();
  context.fillStyle = ink.ink;
  context.fillText(text, x, y + 0.5);
}

// Shape by kind: people are circles, states squares, organizations hexagons, groups pentagons,
// weapons triangles, other goods diamonds.
const CORNERS_OF = { state: [4, Math.PI / 4, 1.16], organization: [6, 0, 1.08], group: [5, -Math.PI / 2, 1.12], weapon: [3, -Math.PI / 2, 1.3], goods: [4, 0, 1.2] };
function traceSymbol(context, kind, x, y, r) {
  const corners = CORNERS_OF[kind];
  if (!corners) { context.moveTo(x + r, y); context.arc(x, y, r, 0, 2 * Math.PI); return; }
  const [n, turn, scale] = corners;
  for (let i = 0; i < n; i++) {
    const angle = turn + (2 * Math.PI * i) / n, px = x + r * scale * Math.cos(angle), py = y + r * scale * Math.sin(angle);
    if (i) context.lineTo(px, py); else context.moveTo(px, py);
  }
  context.closePath();
}

function drawNodes(context, which) {
  // Thousands of symbols are dots, so that names and ties stay visible between them.
  const scale = nodeScale() * (which.length > 1500 ? 0.5 : 1), single = context instanceof SvgRecorder;
  context.lineWidth = Math.min(2, Math.max(0.6, 1.6 * scale));
  context.lineJoin = 'miter';
  kinds.forEach((kind, index) => {
    const hollow = HOLLOW.includes(kind);
    context.fillStyle = hollow ? ink.person : ink.ink;
    context.strokeStyle = hollow ? ink.ink : ink.ground;
    let traced = 0;
    const flush = () => { if (traced) { context.fill(); context.stroke(); } traced = 0; };
    for (const node of which) {
      if (nodes.kind[node] !== index) continue;
      const x = screenX(nodeX[node]), y = screenY(nodeY[node]), r = Math.max(1.1, radius[node] * scale);
      if (x < -r || y < -r || x > size.width + r || y > size.height + r) continue;
      if (single) context.name(nodes.id[node], nodes.name[node]);
      if (!traced) context.beginPath();
      traceSymbol(context, kind, x, y, r);
      if (++traced === SYMBOLS_AT_ONCE || single) flush();
    }
    flush();
  });
}

const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", sans-serif';

// Places for the names of the most important nodes first; one that would lie on another, on a symbol
// or across the edge of what can be seen is left out.
function placeLabels(context, which, always = []) {
  const scale = nodeScale();
  const seen = freeArea();
  const onView = which.filter((node) => { const x = screenX(nodeX[node]), y = screenY(nodeY[node]); return x > seen.left && y > seen.top && x < seen.right && y < seen.bottom; });
  const order = [...always, ...onView.sort((a, b) => radius[b] - radius[a] || a - b)];
  const taken = new Occupied();
  const large = order.length > 12 ? radius[order[Math.floor(order.length / 5)]] : 0;
  const limit = Math.max(40, Math.round((size.width * size.height) / (5000 + Math.min(12000, onView.length * 6))));
  // Among thousands of symbols names may cover the small ones: they would find no room at all.
  const symbols = order.slice(0, onView.length > 1500 ? 150 : 900);
  for (const node of symbols) {
    const r = radius[node] * scale;
    taken.add(boxAround(screenX(nodeX[node]), screenY(nodeY[node]), onView.length > 400 ? r * 0.6 : r + 1), node);
  }
  if (!frame) for (const box of buttonsOnMap()) taken.add(box, -1);
  const drawn = new Set(), boxes = [], places = [], again = always.length > 0 && !frame;
  for (const node of order) {
    if (drawn.size >= limit) break;
    if (drawn.has(node) || !labelOf[node]) continue;
    const height = letterSize(node), x = screenX(nodeX[node]), y = screenY(nodeY[node]), r = radius[node] * scale;
    const half = labelWidth(context, node) / 2 + 2, side = r + half + 2;
    // Below, else above, else beside the symbol, else at its corners; names of what counts most also
    // a little farther off, rather than nowhere.
    const spots = [[x, y + r + height * 0.72], [x, y - r - height * 0.68], [x + side, y], [x - side, y]];
    for (const share of [0.75, 0.4]) for (const [dx, dy] of CORNERS) spots.push([x + side * share * dx, y + (r + height * 0.6) * dy]);
    if (again && namesAt.has(node)) spots.unshift(namesAt.get(node));
    const near = spots.length;
    for (const far of radius[node] >= large ? [1.1, 1.7] : []) for (const share of [0, 0.4, 0.75]) for (const [dx, dy] of CORNERS) spots.push([x + side * share * dx, y + (r + height * far) * dy]);
    const boxOf = ([px, py]) => [px - half, py - height * 0.58, px + half, py + height * 0.58];
    const inside = (px, py) => px - half > seen.left && px + half < seen.right && py - height > seen.top && py + height < seen.bottom;
    const own = (spot, place) => place < near || !isNearerToOther(boxOf(spot), node, symbols);
    const free = spots.find((spot, place) => inside(...spot) && taken.free(boxOf(spot), node) && own(spot, place))
      ?? (always.includes(node) ? spots.find((spot, place) => inside(...spot) && own(spot, place)) ?? spots[0] : null);
    if (!free) continue;
    boxes.push(boxOf(free));
    taken.add(boxes.at(-1), -1);
    drawn.add(node);
    places.push([node, ...free]);
  }
  return { taken, boxes, places };
}
const CORNERS = [[1, 1], [-1, 1], [1, -1], [-1, -1]];
// Whether a name in this box would be taken for that of another symbol.
function isNearerToOther([x0, y0, x1, y1], node, symbols) {
  const away = (other) => { const x = screenX(nodeX[other]), y = screenY(nodeY[other]); return Math.hypot(Math.max(x0 - x, 0, x - x1), Math.max(y0 - y, 0, y - y1)) - radius[other] * nodeScale(); };
  const own = away(node);
  return symbols.some((other) => other !== node && away(other) < own + 3);
}
// Where the map has written names: what is picked out is written over its own.
let namesAt = new Map(), labelsNow = null;
// Letters come in steps of half a pixel: each size of a font is looked for once, and that takes long.
const letterSize = (node) => Math.round(2 * labelSize(radius[node])) / 2;
// Names are measured once in each size.
const labelWidths = new Float64Array(nNodes), labelSizes = new Float64Array(nNodes);
function labelWidth(context, node) {
  const height = letterSize(node);
  if (labelSizes[node] !== height) {
    context.font = labelFont(node);
    labelWidths[node] = context.measureText(labelOf[node]).width;
    labelSizes[node] = height;
  }
  return labelWidths[node];
}
const labelFont = (node) => `${nodes.kind[node] === STATE_KIND ? 650 : 500} ${letterSize(node)}px ${FONT}`;

function writeLabels(context, { places }) {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const [node, x, y] of places) {
    context.font = labelFont(node);
    context.direction = !PLAIN.test(labelOf[node]) && RIGHT_TO_LEFT.test(labelOf[node]) ? 'rtl' : 'ltr';
    context.strokeStyle = ink.ground;
    context.lineWidth = places.length > 60 && shown.nNodes > 1500 ? 5 : 3.5;
    context.globalAlpha = 0.85;
    context.strokeText(labelOf[node], x, y);
    context.globalAlpha = 1;
    context.fillStyle = ink.ink;
    context.fillText(labelOf[node], x, y);
  }
  context.direction = 'ltr';
}
const STATE_KIND = kinds.indexOf('state');
// Whether the first letter that has a direction runs from right to left.
const RIGHT_TO_LEFT = /^[^\p{Script=Latin}\p{Script=Han}\p{Script=Cyrillic}\p{Script=Hangul}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u;

// Boxes of the screen that are taken, by cells.
class Occupied {
  constructor() { this.cells = new Map(); }
  *keys([x0, y0, x1, y1]) {
    for (let row = Math.floor(y0 / 40); row <= Math.floor(y1 / 40); row++) for (let column = Math.floor(x0 / 80); column <= Math.floor(x1 / 80); column++) yield row * 4096 + column;
  }
  add(box, owner) {
    for (const key of this.keys(box)) { if (!this.cells.has(key)) this.cells.set(key, []); this.cells.get(key).push([box, owner]); }
  }
  free(box, owner) {
    for (const key of this.keys(box)) {
      for (const [other, other_owner] of this.cells.get(key) ?? []) {
        if (other_owner !== owner && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
}

// What is picked out: the open node or tie, a path, the cursor of the keyboard, the pointer's.
function drawHighlight(context, marked) {
  const ties = [...marked.ties].filter((tie) => shown.drawn[tie]);
  layer(context, 'Picked out');
  drawTies(context, ties, 'strong');
  for (const tie of ties) if (shown.look[tie] >= DENIED) drawDenial(context, tie); else if (shown.disputed[tie]) drawDispute(context, tie);
  const around = new Set(marked.nodes);
  for (const tie of ties) { around.add(source[tie]); around.add(target[tie]); }
  drawNodes(context, [...around]);
  context.strokeStyle = ink.accent;
  context.lineWidth = 2.5;
  for (const node of marked.nodes) {
    context.beginPath();
    context.arc(screenX(nodeX[node]), screenY(nodeY[node]), radius[node] * nodeScale() * 1.16 + 4.5, 0, 2 * Math.PI);
    context.stroke();
  }
  writeLabels(context, placeLabels(context, [...around], [...marked.nodes]));
}

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
const MANY_TIES = 4000;

function drawMap(context) {
  drawRegions(context);
  const many = shown.nTies > MANY_TIES;
  drawTies(context, tiesInOrder(), many ? 'thin' : 'curved');
  if (!many && shown.nTies < 900) drawCounts(context);
  drawNodes(context, visibleNodes());
  drawLabels(context, visibleNodes());
}

// Visible ties by relation and look, weakest first; kept until the filters change.
let orderCache = { version: -1 };
function tiesInOrder() {
  if (orderCache.version !== shown.version) {
    const order = [];
    for (let tie = 0; tie < nTies; tie++) if (shown.tie[tie]) order.push(tie);
    order.sort((a, b) => relationOf[a] - relationOf[b] || shown.look[a] - shown.look[b] || shown.articles[a] - shown.articles[b]);
    const visible = [];
    for (let node = 0; node < nNodes; node++) if (shown.node[node]) visible.push(node);
    orderCache = { version: shown.version, order, visible };
  }
  return orderCache.order;
}
const visibleNodes = () => (tiesInOrder(), orderCache.visible);

function drawRegions(context) {
  if (!state.regions) return;
  for (const [community, outlines] of regions) {
    context.fillStyle = grounds[community % grounds.length][ink.dark ? 1 : 0];
    context.beginPath();
    for (const outline of outlines) tracePath(context, outline);
    context.fill();
  }
}

// A closed curve through the middles between points.
function tracePath(context, outline) {
  const n = outline.length / 2;
  const point = (i) => [screenX(outline[2 * (i % n)]), screenY(outline[2 * (i % n) + 1])];
  const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  context.moveTo(...middle(point(0), point(1)));
  for (let i = 1; i <= n; i++) context.quadraticCurveTo(...point(i), ...middle(point(i), point(i + 1)));
  context.closePath();
}

const lineWidth = (tie) => Math.min(7, 0.9 + 0.85 * Math.sqrt(shown.articles[tie] - 0.9)) * Math.min(1.5, Math.max(0.55, camera.k ** 0.5));

// One path for each relation, look and width: few strokes instead of one a tie.
function drawTies(context, order, manner) {
  const thin = manner === 'thin';
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
  // Long paths take more than their share of time: they are cut.
  let length = 0;
  for (const tie of order) {
    if (!inside(tie)) continue;
    const width = thin ? Math.min(1, 0.5 + camera.k) : Math.round(lineWidth(tie) * 2) / 2;
    const key = `${relationOf[tie]} ${shown.look[tie]} ${width}`;
    if (key !== batch || ++length > 1000) {
      flush();
      batch = key;
      length = 0;
      context.beginPath();
      context.strokeStyle = relationColor(relationOf[tie]);
      context.lineWidth = width;
      context.globalAlpha = thin ? thinAlpha() : shown.look[tie] === PLAIN ? 0.86 : 0.8;
      if (!thin && shown.look[tie] === DENIED) context.setLineDash([7, 5]);
      if (!thin && shown.look[tie] === DOUBTFUL) context.setLineDash([2, 3]);
    }
    traceTie(context, tie, thin, arrows && relations[relationOf[tie]].directed ? width : 0, tips);
  }
  flush();
  context.globalAlpha = 1;
  if (!thin) drawDenials(context, order.filter((tie) => shown.look[tie] === DENIED && inside(tie)));
}

// Many lines are paler, fewer of them stronger; zooming in brings them out.
const thinAlpha = () => Math.min(0.7, Math.max(0.05, (1500 / shown.nTies) * Math.max(1, camera.k * 3)));

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

// A cross on the middle of what is only denied.
function drawDenials(context, denied) {
  if (denied.length > 400) return;
  context.lineWidth = 1.8;
  for (const tie of denied) {
    const [wx, wy] = curvePoint(tie, 0.5), x = screenX(wx), y = screenY(wy), s = 4.5;
    context.fillStyle = ink.ground;
    context.beginPath(); context.arc(x, y, 6.5, 0, 2 * Math.PI); context.fill();
    context.strokeStyle = relationColor(relationOf[tie]);
    context.beginPath();
    context.moveTo(x - s, y - s); context.lineTo(x + s, y + s); context.moveTo(x - s, y + s); context.lineTo(x + s, y - s);
    context.stroke();
  }
}

// How many relations a bundle holds, on its middle, where there is room.
function drawCounts(context) {
  if (camera.k < 0.45) return;
  context.font = '600 10px ' + FONT;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const bundle of bundles) {
    const visible = bundle.filter((tie) => shown.tie[tie]);
    if (visible.length < 2) continue;
    const [a, b] = [source[visible[0]], target[visible[0]]];
    const ax = screenX(nodeX[a]), ay = screenY(nodeY[a]), bx = screenX(nodeX[b]), by = screenY(nodeY[b]);
    if (Math.hypot(bx - ax, by - ay) < 70) continue;
    const x = (ax + bx) / 2, y = (ay + by) / 2;
    context.fillStyle = ink.ground;
    context.strokeStyle = ink.muted;
    context.lineWidth = 1;
    context.beginPath(); context.arc(x, y, 7.5, 0, 2 * Math.PI); context.fill(); context.stroke();
    context.fillStyle = ink.ink;
    context.fillText(String(visible.length), x, y + 0.5);
  }
}

// Shape by kind: people are circles, states squares, organizations hexagons, weapons triangles.
function traceSymbol(context, kind, x, y, r) {
  const corners = { state: [4, Math.PI / 4, 1.16], organization: [6, 0, 1.08], weapon: [3, -Math.PI / 2, 1.3] }[kind];
  if (!corners) { context.moveTo(x + r, y); context.arc(x, y, r, 0, 2 * Math.PI); return; }
  const [n, turn, scale] = corners;
  for (let i = 0; i < n; i++) {
    const angle = turn + (2 * Math.PI * i) / n, px = x + r * scale * Math.cos(angle), py = y + r * scale * Math.sin(angle);
    if (i) context.lineTo(px, py); else context.moveTo(px, py);
  }
  context.closePath();
}

function drawNodes(context, which) {
  const scale = nodeScale();
  context.lineWidth = Math.min(2, Math.max(0.6, 1.6 * scale));
  kinds.forEach((kind, index) => {
    context.beginPath();
    for (const node of which) {
      if (nodes.kind[node] !== index) continue;
      const x = screenX(nodeX[node]), y = screenY(nodeY[node]), r = Math.max(1.4, radius[node] * scale);
      if (x < -r || y < -r || x > size.width + r || y > size.height + r) continue;
      traceSymbol(context, kind, x, y, r);
    }
    context.fillStyle = kind === 'person' ? ink.person : ink.ink;
    context.strokeStyle = kind === 'person' ? ink.ink : ink.ground;
    context.fill();
    context.stroke();
  });
}

const FONT = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
const labelSize = (node) => Math.round(Math.min(17, 10.5 + radius[node] * 0.26) * 2) / 2;

// Labels of the most important nodes first; one that would lie on another, on a larger symbol or
// across the edge of what can be seen is left out. Returns the boxes of those drawn.
function drawLabels(context, which, always = []) {
  const scale = nodeScale();
  const seen = context instanceof SvgRecorder ? { left: 0, top: 0, right: size.width, bottom: size.height } : freeArea();
  const onView = which.filter((node) => { const x = screenX(nodeX[node]), y = screenY(nodeY[node]); return x > seen.left && y > seen.top && x < seen.right && y < seen.bottom; });
  const order = [...always, ...onView.sort((a, b) => radius[b] - radius[a] || a - b)];
  const taken = new Occupied();
  const limit = Math.max(40, Math.round((size.width * size.height) / (9000 + Math.min(12000, onView.length * 6))));
  for (const node of order.slice(0, 400)) {
    const r = radius[node] * scale;
    if (r > 6) taken.add([screenX(nodeX[node]) - r, screenY(nodeY[node]) - r, screenX(nodeX[node]) + r, screenY(nodeY[node]) + r], node);
  }
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  const drawn = new Set(), boxes = [];
  for (const node of order) {
    if (drawn.size >= limit) break;
    if (drawn.has(node) || !labelOf[node]) continue;
    const height = labelSize(node), x = screenX(nodeX[node]), r = radius[node] * scale;
    context.font = `${nodes.kind[node] === STATE_KIND ? 650 : 500} ${height}px ${FONT}`;
    const half = context.measureText(labelOf[node]).width / 2 + 2;
    // Below, else above, else beside the symbol.
    const places = [[x, screenY(nodeY[node]) + r + height * 0.72], [x, screenY(nodeY[node]) - r - height * 0.68],
      [x + r + half + 2, screenY(nodeY[node])], [x - r - half - 2, screenY(nodeY[node])]];
    const inside = places.filter(([px, py]) => px - half > seen.left && px + half < seen.right && py - height > seen.top && py + height < seen.bottom);
    const free = inside.find(([px, py]) => taken.free([px - half, py - height * 0.55, px + half, py + height * 0.55], node))
      ?? (always.includes(node) ? inside[0] ?? places[0] : null);
    if (!free) continue;
    boxes.push([free[0] - half, free[1] - height * 0.55, free[0] + half, free[1] + height * 0.55]);
    taken.add(boxes.at(-1), -1);
    drawn.add(node);
    context.strokeStyle = ink.ground;
    context.lineWidth = 3.5;
    context.globalAlpha = 0.85;
    context.strokeText(labelOf[node], free[0], free[1]);
    context.globalAlpha = 1;
    context.fillStyle = ink.ink;
    context.fillText(labelOf[node], free[0], free[1]);
  }
  return boxes;
}
const STATE_KIND = kinds.indexOf('state');

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
  const ties = [...marked.ties].filter((tie) => shown.tie[tie]);
  drawTies(context, ties, 'strong');
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
  drawLabels(context, [...around], [...marked.nodes]);
}

// Takes the calls of a canvas and gives them back as SVG.
class SvgRecorder {
  constructor() { this.parts = []; this.path = ''; this.dash = []; this.globalAlpha = 1; this.lineWidth = 1; this.measure = document.createElement('canvas').getContext('2d'); }
  static escape(text) { return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').replace(/[&<>\x22\x27]/g, (c) => `&#${c.charCodeAt(0)};`); }
  at(...numbers) { return numbers.map((n) => +n.toFixed(1)).join(' '); }
  beginPath() { this.path = ''; }
  moveTo(x, y) { this.path += 'M' + this.at(x, y); }
  lineTo(x, y) { this.path += 'L' + this.at(x, y); }
  quadraticCurveTo(a, b, x, y) { this.path += 'Q' + this.at(a, b, x, y); }
  closePath() { this.path += 'Z'; }
  arc(x, y, r) { this.path += `M${this.at(x + r, y)}A${this.at(r, r)} 0 1 0 ${this.at(x - r, y)}A${this.at(r, r)} 0 1 0 ${this.at(x + r, y)}Z`; }
  setLineDash(dash) { this.dash = dash; }
  stroke() { if (this.path) this.parts.push(`<path d="${this.path}" fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}"${this.dash.length ? ` stroke-dasharray="${this.dash}"` : ''}${this.alpha()}/>`); }
  fill() { if (this.path) this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.alpha()}/>`); }
  alpha() { return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : ''; }
  measureText(text) { this.measure.font = this.font; return this.measure.measureText(text); }
  text(text, x, y, look) {
    const [, weight, height] = /^(\d+)\s([\d.]+)px/.exec(this.font);
    this.parts.push(`<text x="${this.at(x)}" y="${this.at(y)}" dominant-baseline="central" text-anchor="middle" font-family="${SvgRecorder.escape(FONT)}" font-weight="${weight}" font-size="${height}" ${look}${this.alpha()}>${SvgRecorder.escape(text)}</text>`);
  }
  strokeText(text, x, y) { this.text(text, x, y, `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`); }
  fillText(text, x, y) { this.text(text, x, y, `fill="${this.fillStyle}"`); }
  document() {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${this.at(size.width, size.height)}" width="${size.width}" height="${size.height}"><rect width="100%" height="100%" fill="${ink.ground}"/>${this.parts.join('\n')}</svg>\n`;
  }
}

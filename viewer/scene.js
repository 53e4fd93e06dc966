// The plane: camera, curves of ties, and what lies under a point. Two grids find the candidates.

const map = element('map');
const camera = { x: 0, y: 0, k: 1 };
const size = { width: 1, height: 1 };

const screenX = (x) => (x - camera.x) * camera.k + size.width / 2;
const screenY = (y) => (y - camera.y) * camera.k + size.height / 2;
const worldX = (x) => (x - size.width / 2) / camera.k + camera.x;
const worldY = (y) => (y - size.height / 2) / camera.k + camera.y;
// Symbols grow slower than distances, so that zooming in separates them.
const nodeScale = () => Math.min(2.2, Math.max(0.3, camera.k ** 0.72));
const isNarrow = () => size.width <= 760;

// Radii by the chosen measure; the page's own come from the layout.
function sizeNodes() {
  const values = state.size === 'page_rank' ? null : measured(state.size);
  if (!values) { radius.set(nodes.r); return; }
  const most = greatest(values, 0) || 1;
  values.forEach((value, node) => { radius[node] = 5 + 16 * Math.sqrt(Math.max(0, value) / most); });
}

// The free part of the window, between what floats over the map.
function freeArea() {
  if (frame) return frame;
  const box = { left: 0, top: 0, right: size.width, bottom: size.height };
  const rect = (id) => (element(id).hidden ? null : element(id).getBoundingClientRect());
  for (const id of ['bar', 'filters', 'panel', 'time', 'dock']) {
    if (id === 'dock' && !isNarrow()) continue;
    const area = rect(id);
    if (!area || !area.width || !area.height) continue;
    if (area.width > size.width * 0.6) {
      if (area.top < size.height / 3) box.top = Math.max(box.top, area.bottom); else box.bottom = Math.min(box.bottom, area.top);
    } else if (id === 'time') box.bottom = Math.min(box.bottom, area.top);
    else if (area.left < size.width / 3) box.left = Math.max(box.left, area.right); else box.right = Math.min(box.right, area.left);
  }
  if (box.bottom - box.top < 80) box.bottom = box.top + 80;
  return box;
}

// Boxes of what lies on the map without bounding it.
function buttonsOnMap() {
  const { left, top, right, bottom } = element('zoom').getBoundingClientRect();
  return right > left ? [[left, top, right, bottom]] : [];
}

// Moves the camera so that these nodes fill the free area where they are going to stand.
function fit(which) {
  let low = [Infinity, Infinity], high = [-Infinity, -Infinity];
  for (const node of which) {
    const room = radius[node] + 6;
    low = [Math.min(low[0], goalX[node] - room - 24), Math.min(low[1], goalY[node] - room)];
    high = [Math.max(high[0], goalX[node] + room + 24), Math.max(high[1], goalY[node] + room + 16)];
  }
  if (!Number.isFinite(low[0])) return;
  const free = freeArea(), side = isNarrow() ? 40 : 110, ground = state.regions && nodes.community.length ? 34 : 0;
  const width = Math.max(100, free.right - free.left - side), height = Math.max(70, free.bottom - free.top - 32 - ground);
  camera.k = Math.min(1.6, width / Math.max(1, high[0] - low[0]), height / Math.max(1, high[1] - low[1]));
  camera.x = (low[0] + high[0]) / 2 - ((free.left + free.right) / 2 - size.width / 2) / camera.k;
  camera.y = (low[1] + high[1]) / 2 - ((free.top + free.bottom) / 2 - size.height / 2) / camera.k;
}

function fitAll() {
  const visible = [];
  for (let node = 0; node < nNodes; node++) if (shown.node[node]) visible.push(node);
  fit(visible);
}

function zoomAt(x, y, factor) {
  const k = Math.min(12, Math.max(0.01, camera.k * factor));
  const [wx, wy] = [worldX(x), worldY(y)];
  camera.k = k;
  camera.x = wx - (x - size.width / 2) / k;
  camera.y = wy - (y - size.height / 2) / k;
}

// The control point of a tie's curve, in the world.
function controlPoint(tie) {
  const ax = nodeX[source[tie]], ay = nodeY[source[tie]], bx = nodeX[target[tie]], by = nodeY[target[tie]];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const bend = 2 * shown.bend[tie] * Math.min(1, length / 160);
  return [(ax + bx) / 2 - ((by - ay) / length) * bend, (ay + by) / 2 + ((bx - ax) / length) * bend];
}

// A point of the curve, at share `t` of its way.
function curvePoint(tie, t) {
  const [cx, cy] = controlPoint(tie), u = 1 - t;
  return [
    u * u * nodeX[source[tie]] + 2 * u * t * cx + t * t * nodeX[target[tie]],
    u * u * nodeY[source[tie]] + 2 * u * t * cy + t * t * nodeY[target[tie]],
  ];
}

// Ties and nodes by cells of a square grid. Built when first asked after the filters changed.
const GRID = 72;
let grid = null;
function currentGrid() {
  const version = `${groupVersion} ${shown.version} ${move.version}`;
  if (grid?.version === version) return grid;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < nNodes; node++) {
    x0 = Math.min(x0, nodeX[node]); x1 = Math.max(x1, nodeX[node]);
    y0 = Math.min(y0, nodeY[node]); y1 = Math.max(y1, nodeY[node]);
  }
  const cell = Math.max(x1 - x0, y1 - y0, 1) / (GRID - 2);
  const column = (x) => Math.min(GRID - 1, Math.max(0, Math.floor((x - x0) / cell) + 1));
  const row = (y) => Math.min(GRID - 1, Math.max(0, Math.floor((y - y0) / cell) + 1));
  const cellsOfTies = new Map(), cellsOfNodes = new Map();
  const put = (cells, key, value) => { const entry = cells.get(key); if (entry) { if (entry[entry.length - 1] !== value) entry.push(value); } else cells.set(key, [value]); };
  for (let node = 0; node < nNodes; node++) if (shown.node[node]) put(cellsOfNodes, row(nodeY[node]) * GRID + column(nodeX[node]), node);
  for (let tie = 0; tie < nTies; tie++) {
    if (!shown.drawn[tie]) continue;
    const length = Math.hypot(nodeX[source[tie]] - nodeX[target[tie]], nodeY[source[tie]] - nodeY[target[tie]]);
    const steps = Math.max(1, Math.ceil(length / (cell * 0.7)));
    for (let step = 0; step <= steps; step++) {
      const [x, y] = curvePoint(tie, step / steps);
      put(cellsOfTies, row(y) * GRID + column(x), tie);
    }
  }
  return (grid = { version, cellsOfTies, cellsOfNodes, column, row, cell });
}

// What lies under a point of the screen: `{node}`, `{tie}` or null. Fingers need more room.
function pick(x, y, reach = 1) {
  const { cellsOfTies, cellsOfNodes, column, row, cell } = currentGrid();
  const [wx, wy] = [worldX(x), worldY(y)];
  const near = (cells, around) => {
    const found = new Set();
    for (let r = row(wy - around); r <= row(wy + around); r++) {
      for (let c = column(wx - around); c <= column(wx + around); c++) for (const entry of cells.get(r * GRID + c) ?? []) found.add(entry);
    }
    return found;
  };
  let best = null, least = Infinity;
  for (const node of near(cellsOfNodes, 60 / camera.k)) {
    const away = Math.hypot(nodeX[node] - wx, nodeY[node] - wy) * camera.k - radius[node] * nodeScale();
    if (away < 4 * reach && away < least) { least = away; best = { node }; }
  }
  if (best) return best;
  least = 7 * reach;
  for (const tie of near(cellsOfTies, Math.min(cell, (8 * reach) / camera.k))) {
    const steps = 24;
    let [px, py] = curvePoint(tie, 0);
    for (let step = 1; step <= steps; step++) {
      const [qx, qy] = curvePoint(tie, step / steps);
      const away = segmentDistance(wx, wy, px, py, qx, qy) * camera.k;
      if (away < least) { least = away; best = { tie }; }
      [px, py] = [qx, qy];
    }
  }
  return best;
}

function segmentDistance(x, y, ax, ay, bx, by) {
  const square = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
  const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

// The nearest visible node in a direction, for walking by keyboard.
function nodeTowards(from, dx, dy) {
  let best = null, least = Infinity;
  for (let node = 0; node < nNodes; node++) {
    if (!shown.node[node] || node === from) continue;
    const x = nodeX[node] - nodeX[from], y = nodeY[node] - nodeY[from];
    const along = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
    if (along <= 0 || aside > along * 1.6) continue;
    const cost = along + 2 * aside;
    if (cost < least) { least = cost; best = node; }
  }
  return best;
}

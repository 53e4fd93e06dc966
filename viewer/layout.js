// Places for what is shown: the program's own layout (`graph/layout/`) step by step, in the same
// order of the same exact operations, so that both give the same places. Sizes are those of the
// plane; y runs downwards.

const EDGE_LENGTH = 100, LABELLED_NODES = 250, LAID_OUT_HERE = 700;
const labelSize = (r) => Math.min(17, 10.5 + 0.26 * r);

// A number in -0.5..0.5 that looks random and is the same on every run (splitmix64).
const jitterCache = [];
function jitter(seed) {
  if (jitterCache[seed] === undefined) {
    const wrap = (value) => BigInt.asUintN(64, value);
    let z = wrap(BigInt(seed + 1) * 0x9E3779B97F4A7C15n);
    z = wrap((z ^ (z >> 30n)) * 0xBF58476D1CE4E5B9n);
    z = wrap((z ^ (z >> 27n)) * 0x94D049BB133111EBn);
    jitterCache[seed] = Number((z ^ (z >> 31n)) >> 32n) / 4294967295 - 0.5;
  }
  return jitterCache[seed];
}

// Rows of neighbours of a simple graph from `[a, b, weight]`, sorted by ends.
function rowsOf(n, edges) {
  const rows = Array.from({ length: n }, () => []);
  for (const [a, b, weight] of edges) { rows[a].push([b, weight]); rows[b].push([a, weight]); }
  return rows;
}

function componentsOf(rows) {
  const seen = new Uint8Array(rows.length), components = [];
  for (let root = 0; root < rows.length; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    const component = [root];
    for (let next = 0; next < component.length; next++) for (const [other] of rows[component[next]]) if (!seen[other]) { seen[other] = 1; component.push(other); }
    components.push(component.sort((a, b) => a - b));
  }
  return components.sort((a, b) => b.length - a.length);
}

// First positions: squared distances to a few pivots, projected on their two main axes.
function pivotPositions(rows) {
  const n = rows.length;
  if (n <= 2) return rows.map((_, i) => [i * EDGE_LENGTH, 0]);
  const columns = centredDistances(rows), [first, second] = mainAxes(columns);
  const along = (node, axis) => { let sum = 0; for (let k = 0; k < columns.length; k++) sum += columns[k][node] * axis[k]; return sum; };
  const points = rows.map((_, node) => [along(node, first), along(node, second)]);
  let length = 0, count = 0;
  rows.forEach((row, node) => { for (const [other] of row) { const dx = points[node][0] - points[other][0], dy = points[node][1] - points[other][1]; length += Math.sqrt(dx * dx + dy * dy); count++; } });
  const mean = length / Math.max(1, count);
  if (mean > 0) for (const point of points) { point[0] *= EDGE_LENGTH / mean; point[1] *= EDGE_LENGTH / mean; }
  points.forEach((point, node) => { point[0] += jitter(2 * node) * EDGE_LENGTH * 0.3; point[1] += jitter(2 * node + 1) * EDGE_LENGTH * 0.3; });
  return points;
}

const lastGreatest = (n, value) => { let best = 0; for (let i = 1; i < n; i++) if (value(i) >= value(best)) best = i; return best; };

function centredDistances(rows) {
  const n = rows.length, nearest = new Float64Array(n).fill(4294967295), squares = [];
  let pivot = lastGreatest(n, (node) => rows[node].length);
  while (squares.length < Math.min(40, n)) {
    const distances = new Float64Array(n).fill(4294967295), open = [pivot];
    distances[pivot] = 0;
    for (let next = 0; next < open.length; next++) for (const [other] of rows[open[next]]) if (distances[other] === 4294967295) { distances[other] = distances[open[next]] + 1; open.push(other); }
    for (let i = 0; i < n; i++) nearest[i] = Math.min(nearest[i], distances[i]);
    squares.push(distances.map((d) => d * d));
    pivot = lastGreatest(n, (node) => nearest[node]);
  }
  const sum = (values) => { let total = 0; for (const value of values) total += value; return total; };
  const columnMeans = squares.map((column) => sum(column) / n);
  const mean = sum(columnMeans) / squares.length;
  const rowMeans = rows.map((_, node) => { let total = 0; for (const column of squares) total += column[node]; return total / squares.length; });
  return squares.map((column, k) => column.map((square, node) => -0.5 * (square - rowMeans[node] - columnMeans[k] + mean)));
}

function mainAxes(columns) {
  const k = columns.length;
  const product = (a, b) => { let total = 0; for (let i = 0; i < a.length; i++) total += a[i] * b[i]; return total; };
  const matrix = columns.map((a) => columns.map((b) => product(a, b)));
  const step = (vector) => matrix.map((row) => product(row, vector));
  const normalised = (vector) => { const length = Math.sqrt(product(vector, vector)); return length > 0 ? vector.map((v) => v / length) : vector; };
  const seed = (offset) => Array.from({ length: k }, (_, i) => 1 + jitter(i + offset));
  let first = normalised(seed(0)), second = normalised(seed(k));
  for (let round = 0; round < 60; round++) {
    first = normalised(step(first));
    const next = step(second), along = product(next, first);
    second = normalised(next.map((value, i) => value - along * first[i]));
  }
  return [first, second];
}

// Nested squares of bodies in depth-first order (Barnes, Hut 1986). Columns of numbers, filled anew
// for each round: a cell is divided unless it is a leaf with bodies `from..to` of `order`.
class Quadtree {
  constructor(n) {
    this.order = new Int32Array(n);
    this.spare = new Int32Array(n);
    this.grow(4 * n + 64);
  }
  grow(room) {
    for (const name of ['x', 'y', 'mass', 'side']) { const column = new Float64Array(room); if (this[name]) column.set(this[name]); this[name] = column; }
    for (const name of ['next', 'from', 'to']) { const column = new Int32Array(room); if (this[name]) column.set(this[name]); this[name] = column; }
  }
  fill(xs, ys, masses) {
    const n = xs.length;
    let [x0, y0, x1, y1] = [xs[0], ys[0], xs[0], ys[0]];
    for (let i = 0; i < n; i++) { this.order[i] = i; x0 = Math.min(x0, xs[i]); x1 = Math.max(x1, xs[i]); y0 = Math.min(y0, ys[i]); y1 = Math.max(y1, ys[i]); }
    this.size = 0;
    this.xs = xs; this.ys = ys; this.masses = masses;
    this.divide(0, n, x0, y0, Math.max(x1 - x0, y1 - y0, 1e-9), 0);
  }
  divide(from, to, lowX, lowY, side, depth) {
    const { xs, ys, masses, order, spare } = this;
    let mass = 0, x = 0, y = 0;
    for (let i = from; i < to; i++) { const body = order[i], m = masses[body]; mass += m; x += xs[body] * m; y += ys[body] * m; }
    if (this.size === this.x.length) this.grow(2 * this.size);
    const own = this.size++, leaf = to - from <= 6 || depth === 24;
    this.x[own] = x / mass; this.y[own] = y / mass; this.mass[own] = mass; this.side[own] = side;
    this.from[own] = leaf ? from : 0; this.to[own] = leaf ? to : 0;
    if (!leaf) {
      const half = side / 2, middleX = lowX + half, middleY = lowY + half;
      let at = from, start = from;
      for (let corner = 0; corner < 4; corner++) {
        const right = corner % 2 === 1, below = corner > 1;
        for (let i = from; i < to; i++) { const body = order[i]; if (xs[body] >= middleX === right && ys[body] >= middleY === below) spare[at++] = body; }
      }
      for (let i = from; i < to; i++) order[i] = spare[i];
      for (let corner = 0; corner < 4; corner++) {
        const right = corner % 2 === 1, below = corner > 1;
        let end = start;
        while (end < to && xs[order[end]] >= middleX === right && ys[order[end]] >= middleY === below) end++;
        if (start < end) this.divide(start, end, right ? middleX : lowX, below ? middleY : lowY, half, depth + 1);
        start = end;
      }
    }
    this.next[own] = this.size;
  }
}

// Ties attract, nodes repel, until the picture settles.
function settle(rows, points) {
  const n = points.length, masses = Float64Array.from(rows, (row) => { let sum = 0; for (const [, weight] of row) sum += weight; return Math.max(sum, 1); }), tree = new Quadtree(n);
  let total = 0;
  for (const mass of masses) total += mass;
  const strength = EDGE_LENGTH / total, largeness = Math.min(n / 3000, 1);
  const between = (small, large) => small + (large - small) * largeness;
  const reach = between(1.1 * EDGE_LENGTH, 0.6 * EDGE_LENGTH), gravity = between(0.22, 0.06);
  const rounds = Math.min(700, Math.max(260, Math.floor(200000 / n)));
  const softening = 0.02 * EDGE_LENGTH;
  let xs = Float64Array.from(points, (p) => p[0]), ys = Float64Array.from(points, (p) => p[1]), newX = new Float64Array(n), newY = new Float64Array(n);
  const first = new Int32Array(n + 1);
  rows.forEach((row, node) => { first[node + 1] = first[node] + row.length; });
  const others = new Int32Array(first[n]), weights = new Float64Array(first[n]);
  rows.forEach((row, node) => row.forEach(([other, weight], i) => { others[first[node] + i] = other; weights[first[node] + i] = weight / masses[node]; }));
  for (let round = 0; round < rounds; round++) {
    const left = 1 - round / rounds, step = EDGE_LENGTH * (0.004 + (0.35 - 0.004) * left * left);
    tree.fill(xs, ys, masses);
    const { x: cellX, y: cellY, mass: cellMass, side, next, from, to, order, size: nCells } = tree;
    let cx = 0, cy = 0, mass = 0;
    for (let i = 0; i < n; i++) { cx += xs[i] * masses[i]; cy += ys[i] * masses[i]; mass += masses[i]; }
    cx /= mass; cy /= mass;
    for (let node = 0; node < n; node++) {
      const px = xs[node], py = ys[node];
      let awayX = 0, awayY = 0, at = 0;
      while (at < nCells) {
        const dx = px - cellX[at], dy = py - cellY[at];
        if (to[at] > from[at]) {
          for (let i = from[at]; i < to[at]; i++) {
            const other = order[i], ex = px - xs[other], ey = py - ys[other], factor = masses[other] / (ex * ex + ey * ey + softening * softening);
            awayX += ex * factor; awayY += ey * factor;
          }
          at = next[at];
        } else if (side[at] * side[at] < 0.9 * 0.9 * (dx * dx + dy * dy)) {
          const factor = cellMass[at] / (dx * dx + dy * dy + softening * softening);
          awayX += dx * factor; awayY += dy * factor;
          at = next[at];
        } else at++;
      }
      let fx = awayX * strength, fy = awayY * strength;
      for (let i = first[node]; i < first[node + 1]; i++) {
        const dx = xs[others[i]] - px, dy = ys[others[i]] - py, factor = weights[i] / (Math.sqrt(dx * dx + dy * dy) + reach);
        fx += dx * factor; fy += dy * factor;
      }
      const dx = cx - px, dy = cy - py, factor = gravity / (Math.sqrt(dx * dx + dy * dy) + EDGE_LENGTH);
      fx += dx * factor; fy += dy * factor;
      const size = Math.sqrt(fx * fx + fy * fy), length = step * Math.min(size, 1) / Math.max(size, 1e-12);
      newX[node] = px + fx * length; newY[node] = py + fy * length;
    }
    [xs, newX] = [newX, xs]; [ys, newY] = [newY, ys];
  }
  points.forEach((point, i) => { point[0] = xs[i]; point[1] = ys[i]; });
}

// Turns points so that they are widest from left to right, a little stretched to a screen's shape.
function turnWide(points) {
  const n = points.length;
  let x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (const p of points) { x += p[0]; y += p[1]; }
  const [mx, my] = [x / n, y / n];
  for (const p of points) { p[0] -= mx; p[1] -= my; xx += p[0] * p[0]; yy += p[1] * p[1]; xy += p[0] * p[1]; }
  const difference = xx - yy, spreadOut = Math.sqrt(difference * difference + 4 * xy * xy), cosine = spreadOut > 0 ? difference / spreadOut : 1;
  const cos = Math.sqrt((1 + cosine) / 2), sine = Math.sqrt(Math.max((1 - cosine) / 2, 0)), sin = xy < 0 ? -sine : sine;
  const spread = Math.sqrt((xx + yy + spreadOut) / Math.max(xx + yy - spreadOut, 1e-9)), stretch = Math.min(1.35, Math.max(1, 1.5 / spread));
  for (const p of points) [p[0], p[1]] = [(p[0] * cos + p[1] * sin) * stretch, p[1] * cos - p[0] * sin];
}

function scaleToFit(points, extents) {
  let wanted = 0, spread = 0;
  for (const extent of extents) wanted += 4 * extent.width * extent.height;
  for (const p of points) spread += p[0] * p[0] + p[1] * p[1];
  spread /= points.length;
  if (!(spread > 0)) return;
  const factor = Math.sqrt((wanted * 4.2) / (2 * Math.PI * spread));
  for (const p of points) { p[0] *= factor; p[1] *= factor; }
}

// Nodes with their labels are pushed apart until none overlap.
function removeOverlaps(points, extents) {
  const order = points.map((_, i) => i);
  for (let pass = 1; pass <= 400; pass++) {
    const left = points.map((p, i) => p[0] - extents[i].width);
    order.sort((a, b) => left[a] - left[b] || a - b);
    if (!pushApart(points, extents, order)) return;
    if (pass % 12 === 0) for (const p of points) { p[0] *= 1.03; p[1] *= 1.03; }
  }
}

function pushApart(points, extents, order) {
  let any = false;
  for (let i = 0; i < order.length; i++) {
    const a = order[i], p = points[a], e = extents[a];
    for (let j = i + 1; j < order.length; j++) {
      const b = order[j], q = points[b], f = extents[b], width = e.width + f.width, dx = q[0] - p[0];
      if (dx - width > f.width) break;
      const height = e.height + f.height, dy = q[1] + f.drop - p[1] - e.drop, overX = width - Math.abs(dx), overY = height - Math.abs(dy);
      if (overX <= 0.01 || overY <= 0.01) continue;
      any = true;
      const share = f.height / (e.height + f.height);
      if (overX < overY) { const push = dx < 0 ? -overX : overX; p[0] -= push * share; q[0] += push * (1 - share); }
      else { const push = dy < 0 ? -overY : overY; p[1] -= push * share; q[1] += push * (1 - share); }
    }
  }
  return any;
}

// Components stand in rows, the largest first; their offsets.
function packBoxes(boxes, aspect) {
  let area = 0, widest = 0, x = 0, y = 0, rowHeight = 0;
  const sizes = boxes.map(([x0, y0, x1, y1]) => [x1 - x0 + 46, y1 - y0 + 46]);
  for (const [width, height] of sizes) { area += width * height; widest = Math.max(widest, width); }
  const rowWidth = Math.max(widest, Math.sqrt(area * aspect));
  return boxes.map((box, i) => {
    const [width, height] = sizes[i];
    if (x > 0 && x + width > rowWidth) { x = 0; y += rowHeight; rowHeight = 0; }
    const offset = [x - box[0], y - box[1]];
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return offset;
  });
}

// The room of a node: with its label below, or the symbol alone.
function extentOf(name, r, labelled) {
  if (!labelled) return { width: 1.25 * r + 5, height: 1.25 * r + 5, drop: 0 };
  const letters = Math.min(28, [...name].length), line = labelSize(r) * 1.3;
  return { width: Math.max((letters * 0.58 * labelSize(r)) / 2 + 4, r + 4), height: r + line / 2 + 3, drop: line / 2 };
}

// Places of `names.length` nodes with radii; `edges` are `[a, b, weight]` with a < b, sorted. For a
// screen that is higher than wide they are turned.
function layOut(names, radii, edges, upright = false) {
  const labelled = names.length <= LABELLED_NODES, extents = names.map((name, i) => extentOf(name, radii[i], labelled));
  // A narrow screen shows a smaller plane with names of the same size: they need more of it.
  if (upright) for (const extent of extents) for (const side of Object.keys(extent)) extent[side] *= 1.4;
  const rows = rowsOf(names.length, edges), places = names.map(() => [0, 0]), boxes = [];
  const parts = componentsOf(rows).map((members) => {
    const place = new Map(members.map((node, i) => [node, i])), inner = [];
    members.forEach((node, i) => { for (const [other, weight] of rows[node]) if (i < place.get(other)) inner.push([i, place.get(other), weight]); });
    const part = rowsOf(members.length, inner), points = pivotPositions(part), own = members.map((node) => extents[node]);
    if (points.length > 2) { settle(part, points); turnWide(points); if (upright) for (const p of points) p.reverse(); }
    scaleToFit(points, own);
    removeOverlaps(points, own);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    points.forEach((p, i) => {
      box[0] = Math.min(box[0], p[0] - own[i].width); box[1] = Math.min(box[1], p[1] + own[i].drop - own[i].height);
      box[2] = Math.max(box[2], p[0] + own[i].width); box[3] = Math.max(box[3], p[1] + own[i].drop + own[i].height);
    });
    boxes.push(box);
    return { members, points };
  });
  packBoxes(boxes, upright ? 0.62 : 1.5).forEach((offset, i) => parts[i].members.forEach((node, at) => {
    places[node] = [Math.round((parts[i].points[at][0] + offset[0]) * 10) / 10, Math.round((parts[i].points[at][1] + offset[1]) * 10) / 10];
  }));
  return places;
}

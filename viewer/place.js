// Where the nodes of the view stand: laid out anew for what is shown, and moved there.

// Where nodes go to; `nodeX` and `nodeY` follow.
const goalX = Float64Array.from(nodeX), goalY = Float64Array.from(nodeY);
const move = { key: '', version: 0, start: 0, from: null, camera: null, running: false };
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const isUpright = () => !frame && size.height > size.width * 1.2;

// Goals for all shown nodes. The same view gives the same places, whatever was shown before.
function findPlaces() {
  const members = [];
  for (let node = 0; node < nNodes; node++) if (shown.base[node]) members.push(node);
  if (!members.length) for (let node = 0; node < nNodes; node++) if (shown.node[node]) members.push(node);
  const placed = new Set(members);
  if (members.length > LAID_OUT_HERE) for (const node of members) { goalX[node] = nodes.x[node]; goalY[node] = nodes.y[node]; }
  else {
    const number = new Map(members.map((node, i) => [node, i])), edges = [];
    for (const bundle of shown.bundles) {
      const ties = tiesOfBundle(bundle), [a, b] = [number.get(source[ties[0]]), number.get(target[ties[0]])];
      if (a === undefined || b === undefined || shown.onTop.has(bundle)) continue;
      let weight = 0;
      for (const tie of ties) if (shown.tie[tie]) weight += shown.mentions[tie];
      if (weight) edges.push([Math.min(a, b), Math.max(a, b), Math.sqrt(weight)]);
    }
    edges.sort((e, f) => e[0] - f[0] || e[1] - f[1]);
    layOut(members.map((node) => labelOf[node]), members.map((node) => radius[node]), edges, isUpright()).forEach(([x, y], i) => { goalX[members[i]] = x; goalY[members[i]] = y; });
  }
  const more = [];
  for (let node = 0; node < nNodes; node++) if (shown.node[node] && !placed.has(node)) more.push(node);
  addPlaces(more, placed);
}

// What is opened beside the backbone finds a free place near its neighbours; nothing else moves.
function addPlaces(more, placed) {
  const boxes = [...placed].map(boxAt), busy = (node) => [...tiesOf(node)].filter((tie) => shown.tie[tie] && placed.has(otherEnd(tie, node)));
  const open = [...more].sort((a, b) => busy(b).length - busy(a).length || a - b);
  for (const node of open) {
    const near = busy(node).map((tie) => otherEnd(tie, node));
    const [x, y] = near.length ? [mean(near, goalX), mean(near, goalY)] : [mean([...placed], goalX), mean([...placed], goalY)];
    for (let spot = 0; spot < 4000; spot++) {
      const away = 40 + 9 * Math.sqrt(spot) * 3, angle = spot * 2.399963;
      goalX[node] = Math.round((x + away * 1.3 * Math.cos(angle)) * 10) / 10;
      goalY[node] = Math.round((y + away * Math.sin(angle)) * 10) / 10;
      const box = boxAt(node);
      if (boxes.every((other) => box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1])) break;
    }
    boxes.push(boxAt(node));
    placed.add(node);
  }
}
const mean = (which, values) => which.reduce((sum, node) => sum + values[node], 0) / Math.max(1, which.length);
function boxAt(node) {
  const { width, height, drop } = extentOf(labelOf[node], radius[node], true);
  return [goalX[node] - width, goalY[node] + drop - height, goalX[node] + width, goalY[node] + drop + height];
}

const placesKey = () => `${groupVersion} ${shown.version} ${state.size} ${isUpright()}`;

// Lays out when what is shown has changed and starts the way there.
function placeShown(still = false) {
  const key = placesKey();
  if (key === move.key) return;
  const first = move.key === '';
  move.key = key;
  findPlaces();
  if (first || still || calm.matches || shown.nNodes > 900) { nodeX.set(goalX); nodeY.set(goalY); move.running = false; move.version++; return; }
  // Who comes in comes in at the own place.
  for (let node = 0; node < nNodes; node++) if (!move.seen?.[node]) { nodeX[node] = goalX[node]; nodeY[node] = goalY[node]; }
  move.from = [nodeX.slice(), nodeY.slice()];
  move.start = performance.now();
  if (!move.running) { move.running = true; requestAnimationFrame(moveOn); }
}

function moveOn(now) {
  if (!move.running) return;
  const t = Math.min(1, Math.max(0, (now - move.start) / 420)), share = t * t * (3 - 2 * t);
  for (let node = 0; node < nNodes; node++) {
    nodeX[node] = move.from[0][node] + (goalX[node] - move.from[0][node]) * share;
    nodeY[node] = move.from[1][node] + (goalY[node] - move.from[1][node]) * share;
  }
  if (t === 1) { move.running = false; nodeX.set(goalX); nodeY.set(goalY); }
  move.version++;
  drawNow();
  if (move.running) requestAnimationFrame(moveOn);
}

// The data of the page: what is drawn, as tables by column, and what is read when a tie is opened.
// Nothing here touches the screen. All text is text: it is never parsed as HTML.

const element = (id) => document.getElementById(id);
const parsed = (id) => JSON.parse(element(id).textContent);

const { kinds, relations, grounds, nodes, regions, ties, lines, n_ties: nTiesOfNetwork } = parsed('drawing');
const nNodes = nodes.id.length;
const nTies = ties.source.length;
const nLines = lines.article.length;

const source = Int32Array.from(ties.source);
const target = Int32Array.from(ties.target);
const relationOf = Uint16Array.from(ties.relation);
const firstLine = Int32Array.from(ties.first);
const nodeX = Float64Array.from(nodes.x);
const nodeY = Float64Array.from(nodes.y);
const nodeByIdentifier = new Map(nodes.id.map((id, node) => [id, node]));

// The tie that each line stands behind.
const tieOfLine = new Int32Array(nLines);
for (let tie = 0; tie < nTies; tie++) tieOfLine.fill(tie, firstLine[tie], firstLine[tie + 1]);

// Ties of each node, in compressed rows.
const firstTie = new Int32Array(nNodes + 1);
for (let tie = 0; tie < nTies; tie++) { firstTie[source[tie] + 1]++; firstTie[target[tie] + 1]++; }
for (let node = 0; node < nNodes; node++) firstTie[node + 1] += firstTie[node];
const tiesOfNodes = new Int32Array(2 * nTies);
{
  const next = firstTie.slice();
  for (let tie = 0; tie < nTies; tie++) {
    tiesOfNodes[next[source[tie]]++] = tie;
    tiesOfNodes[next[target[tie]]++] = tie;
  }
}
const tiesOf = (node) => tiesOfNodes.subarray(firstTie[node], firstTie[node + 1]);
const otherEnd = (tie, node) => (source[tie] === node ? target[tie] : source[tie]);

// Bundles: all ties between two nodes, whatever their direction.
const bundleOf = new Int32Array(nTies);
const bundles = [];
{
  const known = new Map();
  for (let tie = 0; tie < nTies; tie++) {
    const [a, b] = source[tie] < target[tie] ? [source[tie], target[tie]] : [target[tie], source[tie]];
    const key = a * nNodes + b;
    if (!known.has(key)) { known.set(key, bundles.length); bundles.push([]); }
    bundleOf[tie] = known.get(key);
    bundles[bundleOf[tie]].push(tie);
  }
}

// Sentences are parsed when the first one is read: the map is there before.
let readingCache = null;
const reading = () => (readingCache ??= parsed('reading'));

const DAY = 86400000;
const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const plural = (n, one, many = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

// An element with text and children; attributes by name, handlers by `onname`.
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// Text whose direction stays its own.
const isolated = (text) => make('bdi', { dir: 'auto' }, text);

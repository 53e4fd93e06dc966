// The data of the page: what is drawn, as tables by column, and what is read when a tie is opened.
// Nothing here touches the screen. All text is text: it is never parsed as HTML.

const element = (id) => document.getElementById(id);
const parsed = (id) => JSON.parse(element(id).textContent);

const data = parsed('drawing');
const { kinds, relations, grounds, nodes, lines, goods, speakers, outlets, articles, n_ties: nTiesOfNetwork } = data;
const nEntities = nodes.id.length;
const nLines = lines.article.length;
const nArticles = articles.outlet.length;
const stories = articles.story ?? articles.outlet.map((_, article) => article);
const storyOf = (line) => stories[lines.article[line]];

// Goods stand behind the entities as nodes that are drawn on demand. A weapon that is an entity of
// the network stays one node.
const nodeByIdentifier = new Map(nodes.id.map((id, node) => [id, node]));
const GOODS_KIND = kinds.push('goods') - 1;
const goodsOfNode = new Map();
goods.id.forEach((id, place) => {
  let node = nodeByIdentifier.get(id);
  if (node === undefined) {
    const isEntity = id.startsWith('weapon:');
    node = nodes.id.push(isEntity ? id : `goods:${id}`) - 1;
    const name = goods.title[place] || (isEntity ? id.slice(7).replaceAll('-', ' ') : id);
    nodes.name.push(name);
    nodes.kind.push(isEntity ? kinds.indexOf('weapon') : GOODS_KIND);
    for (const [column, value] of [['x', 0], ['y', 0], ['r', 5 + Math.min(9, Math.sqrt(goods.lines[place].length))], ['state', goods.classes[place].join(', ')], ['folds', null], ['home', null], ['offices', []], ['community', -1], ['forms', goods.classes[place]]]) nodes[column].push(value);
    nodes.aliases.push(goods.names[place].filter((word) => word !== name));
    nodeByIdentifier.set(nodes.id[node], node);
  } else nodes.forms[node] = [...nodes.forms[node], ...goods.names[place]];
  goodsOfNode.set(node, place);
});
const nNodes = nodes.id.length;
const isGoods = (node) => node >= nEntities;
const goodsOfLine = new Map();
for (const [node, place] of goodsOfNode) for (const line of goods.lines[place]) { if (!goodsOfLine.has(line)) goodsOfLine.set(line, []); goodsOfLine.get(line).push(node); }

// Where each node stands now, and its radius.
const nodeX = Float64Array.from(nodes.x);
const nodeY = Float64Array.from(nodes.y);
const radius = Float64Array.from(nodes.r);

// The tie of the network behind each line.
const baseTieOfLine = new Int32Array(nLines);
for (let tie = 0; tie < data.ties.source.length; tie++) baseTieOfLine.fill(tie, data.ties.first[tie], data.ties.first[tie + 1]);

// Sentences are parsed when the first one is read: the map is there before.
let readingCache = null;
const reading = () => (readingCache ??= parsed('reading'));

const DAY = 86400000;
const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const plural = (n, one, many = one + 's') => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const greatest = (values, least = -Infinity) => values.reduce((a, b) => (b !== null && b > a ? b : a), least);

// An element with text and children; attributes by name, handlers by `onname`.
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}
const button = (attributes, ...children) => make('button', { type: 'button', ...attributes }, ...children);

// Text whose direction stays its own.
const isolated = (text) => make('bdi', { dir: 'auto' }, text);

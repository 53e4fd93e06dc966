// The data of the page: what is drawn, as tables by column, and what is read when a tie is opened.
// Nothing here touches the screen. All text is text: it is never parsed as HTML.

const element = (id) => document.getElementById(id);

const data = JSON.parse(await unpacked('drawing'));
const { kinds, relations, grounds, nodes, lines, goods, speakers, outlets, articles, n_ties: nTiesOfNetwork } = data;
const nEntities = nodes.id.length;
const nLines = lines.article.length;
const nArticles = articles.outlet.length;
const stories = articles.story ?? articles.outlet.map((_, article) => article);
const nStories = stories.reduce((most, story) => Math.max(most, story), -1) + 1;
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

// The last day of each line, where it has a first one.
lines.to = lines.from.map((from, line) => (from === null ? null : from + lines.days[line]));

// The tie of the network behind each line.
const baseTieOfLine = new Int32Array(nLines);
for (let tie = 0; tie < data.ties.source.length; tie++) for (let line = data.ties.first[tie]; line < data.ties.first[tie + 1]; line++) baseTieOfLine[line] = tie;

// The texts stand behind the script: they come when the whole page has been read.
let textsUnread = null, textsAsked = null;
const whole = document.readyState === 'loading' ? new Promise((done) => { document.addEventListener('DOMContentLoaded', done, { once: true }); }) : Promise.resolve();
const textsHere = () => (textsAsked ??= whole.then(() => unpacked('reading')).then((text) => { textsUnread = text; }));
// They are parsed when the first one is read. Rows become what their fields are named
// (`export/page/reading.rs`).
let readingCache = null;
const reading = () => (readingCache ??= namedReading(JSON.parse(textsUnread)));
function namedReading({ parts, rules, articles: rows, sentences, lines: linesRead, measures }) {
  textsUnread = null;
  return {
    parts, sentences, measures,
    articles: rows.map(([id, title, date, url], article) => ({ id, title, date, url, outlet: outlets[articles.outlet[article]] ?? null })),
    lines: linesRead.map(([s, at, marks, rule, id, rest]) => ({ s, at, marks, rule: rules[rule], id, ...rest })),
  };
}
// The parts of a line's sentence: what, first and last UTF-16 unit.
function marksOf(line) {
  const { marks } = reading().lines[line], found = [];
  for (let at = 0; at < marks.length; at += 3) found.push([reading().parts[marks[at]], marks[at + 1], marks[at + 2]]);
  return found;
}
// A value a node; nothing for goods.
const measured = (name) => reading().measures[nodes.measures.findIndex(([own]) => own === name)];

const DAY = 86400000;
const dayText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
// A whole number with commas: the browser's own way would first load the rules of a language.
const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const plural = (n, one, many = one + 's') => `${grouped(n)} ${n === 1 ? one : many}`;
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

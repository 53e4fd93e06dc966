// Legend, filters, search, path and comparison: they change the state and nothing else.

const on = (id, event, handle) => element(id).addEventListener(event, () => handle(element(id)));

function makeControls() {
  makeRelations();
  const ofKind = kinds.map((_, kind) => nodes.kind.slice(0, nEntities).filter((k) => k === kind).length);
  element('kinds').replaceChildren(...kinds.flatMap((kind, index) => (ofKind[index] ? [check(KIND_NAMES[kind] ?? kind, 'hiddenKinds', kind, symbol(kind), ofKind[index])] : [])));
  const ofSaid = [0, 0, 0, 0, 0];
  for (let line = 0; line < nLines; line++) ofSaid[lines.said[line]]++;
  element('said').replaceChildren(...SAID.map((said, index) => check(SAID_LONG[said], 'hiddenSaid', said, strokeOf(index), ofSaid[index])));
  element('marks').replaceChildren(...legendOfMarks());
  element('size').replaceChildren(...nodes.measures.map(([name]) => make('option', { value: name }, measureName(name))));
  element('regions-row').hidden = !nodes.community.some((community) => community >= 0);
  on('size', 'change', (input) => update({ size: input.value }));
  on('regions', 'change', (input) => update({ regions: input.checked }));
  on('fold', 'change', (input) => regroup({ fold: input.checked, selection: null }));
  on('confidence', 'input', (input) => update({ confidence: Number(input.value) }));
  on('articles', 'input', (input) => update({ articles: Math.max(1, Math.floor(Number(input.value)) || 1) }));
  on('text', 'input', (input) => update({ text: input.value }));
  on('by', 'change', (input) => update({ by: input.value }));
  on('pairs', 'input', (input) => update({ pairs: PAIR_STEPS[Number(input.value)] ?? 0 }));
  for (const id of ['by', 'size']) element(id).setAttribute('autocomplete', 'off');
  makeCombobox(element('search'), element('search-list'), findAll, (found) => (found.words ? wordsEntry(found) : nodeEntry(found)), (found) => (found.words ? update({ text: found.words }) : openFound(found)));
  makeChips('speakers', speakers.map(({ name }) => name), 'Speaker');
  makeChips('outlets', outlets, 'Outlet');
  makeNodeChips('among', 'Entity', (node) => !isGoods(node));
  makeNodeChips('named', 'Goods', (node) => goodsOfNode.has(node));
  makeBetween();
}

// Entities and goods; behind them the lines that hold the words.
function findAll(text) {
  const words = text.trim(), wanted = folded(words), n = wanted.length > 2 ? linesWith(wanted).size : 0;
  return [...findNodes(text), ...(n ? [{ words, n }] : [])];
}
const wordsEntry = ({ words, n }) => [make('i', { class: 'lines-with', 'aria-hidden': 'true' }, '“ ”'), make('span', { class: 'of-lines' }, 'Lines with ', isolated(words.slice(0, 60))), make('span', { class: 'quiet' }, grouped(n))];

// What search finds opens; goods come onto the map.
function openFound(node) {
  if (isGoods(node) && !state.goods.includes(node)) regroup({ goods: [...state.goods, node], selection: { node } });
  select({ node });
}

// Families of relations; each opens to its relations.
function makeRelations() {
  const families = [...new Set(relations.map((relation) => relation.family))];
  const count = new Map();
  for (const relation of data.ties.relation) count.set(relation, (count.get(relation) ?? 0) + 1);
  element('relations').replaceChildren(...families.map((family) => {
    const own = relations.map((_, index) => index).filter((index) => relations[index].family === family), names = own.map((index) => relations[index].name);
    const box = make('input', { type: 'checkbox', 'data-family': family });
    box.addEventListener('change', () => update({ hiddenRelations: box.checked ? state.hiddenRelations.filter((name) => !names.includes(name)) : [...new Set([...state.hiddenRelations, ...names])] }));
    const total = own.reduce((sum, index) => sum + (count.get(index) ?? 0), 0);
    const inner = make('div', { hidden: true }, ...own.map((index) => check(relations[index].name + (relations[index].office ? ' (offices)' : ''), 'hiddenRelations', relations[index].name, swatch(index), count.get(index) ?? 0)));
    const more = button({ class: 'more-of', 'aria-expanded': 'false', 'aria-label': `Relations of ${family}`, onclick: () => { inner.hidden = !inner.hidden; more.setAttribute('aria-expanded', String(!inner.hidden)); } }, '▸');
    return make('div', { class: 'family' }, make('div', { class: 'check' }, make('label', {}, box, make('span', { class: 'swatches', 'aria-hidden': 'true' }, ...own.map((index) => swatch(index))), make('span', {}, family), make('span', { class: 'quiet' }, grouped(total))), more), inner);
  }));
}

// One entry of the legend: shown, or hidden when unchecked.
function check(name, field, value, mark, count) {
  const box = make('input', { type: 'checkbox', 'data-field': field, 'data-value': value });
  box.addEventListener('change', () => update({ [field]: box.checked ? state[field].filter((v) => v !== value) : [...state[field], value] }));
  const only = button({ class: 'only', 'aria-label': `Only ${name}`, onclick: () => {
    const all = [...document.querySelectorAll(`input[data-field="${field}"]`)].map((input) => input.dataset.value);
    update({ [field]: all.filter((v) => v !== value) });
  } }, 'only');
  return make('div', { class: 'check' }, make('label', {}, box, mark, make('span', {}, name), make('span', { class: 'quiet' }, grouped(count))), only);
}

// A small drawing by the same calls as the map.
function drawing(width, height, draw) {
  const recorder = new SvgRecorder(), kept = ink;
  ink = { ground: 'var(--paper)', ink: 'var(--ink)', muted: 'var(--muted)', paper: 'var(--paper)', person: 'var(--person)' };
  recorder.lineWidth = 2;
  recorder.strokeStyle = 'var(--ink)';
  draw(recorder);
  ink = kept;
  const svg = document.createElementNS(SVG_SPACE, 'svg');
  for (const [name, value] of [['viewBox', `0 0 ${width} ${height}`], ['width', width], ['height', height], ['class', 'drawing'], ['aria-hidden', 'true']]) svg.setAttribute(name, value);
  svg.append(...recorder.root.map(SvgRecorder.element));
  // Colours of the page are variables of its style: attributes cannot hold them.
  for (const shape of svg.querySelectorAll('*')) for (const name of ['fill', 'stroke']) if (shape.getAttribute(name)?.startsWith('var(')) { shape.style[name] = shape.getAttribute(name); shape.removeAttribute(name); }
  return svg;
}
const stroke = (recorder, dash, width = 2) => { recorder.lineWidth = width; recorder.setLineDash(dash); recorder.beginPath(); recorder.moveTo(0, 7); recorder.lineTo(28, 7); recorder.stroke(); recorder.setLineDash([]); };
const strokeOf = (said) => drawing(28, 14, (recorder) => {
  recorder.globalAlpha = said >= DENIED ? 0.7 : 1;
  stroke(recorder, DASHES[said], said >= DENIED ? 1 : 2);
  recorder.globalAlpha = 1;
  if (said >= DENIED) traceBarredRing(recorder, 14, 7, 'var(--ink)');
});
const symbol = (kind) => drawing(16, 16, (recorder) => {
  const hollow = HOLLOW.includes(kind);
  recorder.lineWidth = 1.4;
  recorder.beginPath();
  traceSymbol(recorder, kind, 8, kind === 'weapon' ? 9 : 8, 5.5);
  recorder.fillStyle = hollow ? 'none' : 'var(--ink)';
  recorder.fill();
  recorder.stroke();
});

function legendOfMarks() {
  const entry = (picture, text) => make('p', { class: 'entry' }, picture, make('span', {}, text));
  return [
    entry(drawing(28, 14, (r) => { stroke(r, []); traceBar(r, 14, 7, 1, 0); }), 'said, but denied by one of the two'),
    entry(drawing(28, 14, (r) => { stroke(r, [], 1); r.lineWidth = 1; r.beginPath(); traceArrow(r, 28, 7, 1, 0, 8); r.fillStyle = 'var(--ink)'; r.fill(); }), 'the arrow points to whom; without: mutual'),
    entry(drawing(28, 14, (r) => { r.beginPath(); r.moveTo(0, 9); r.lineTo(28, 4); r.lineTo(28, 10); r.lineTo(0, 10); r.closePath(); r.fillStyle = 'var(--ink)'; r.fill(); }), 'the wider, the more stories (copies of one text are one)'),
    entry(drawing(28, 16, (r) => traceBadge(r, 14, 8, '5')), 'relations of a pair, where not all are drawn'),
  ];
}

// Puts the state into the controls.
function showControls() {
  for (const box of document.querySelectorAll('input[data-field]')) box.checked = !state[box.dataset.field].includes(box.dataset.value);
  for (const box of document.querySelectorAll('input[data-family]')) {
    const names = relations.filter(({ family }) => family === box.dataset.family).map(({ name }) => name), hidden = names.filter((name) => state.hiddenRelations.includes(name)).length;
    box.checked = hidden < names.length;
    box.indeterminate = hidden > 0 && hidden < names.length;
  }
  element('size').value = state.size;
  element('by').value = state.by;
  element('fold').checked = state.fold;
  element('regions').checked = state.regions;
  element('confidence').value = state.confidence;
  element('confidence-out').textContent = `${state.confidence} %`;
  element('articles').value = state.articles;
  if (element('text').value !== state.text) element('text').value = state.text;
  for (const show of chipShows) show();
  const wanted = pairsWanted(), step = PAIR_STEPS.findIndex((count) => count >= wanted);
  element('pairs').max = PAIR_STEPS.length;
  element('pairs').value = step < 0 ? PAIR_STEPS.length : step;
  const all = shown.nPairs >= shown.nPairsPassing, many = grouped;
  element('pairs-out').textContent = all ? 'all' : many(shown.nPairs);
  element('pairs').setAttribute('aria-valuetext', element('pairs-out').textContent);
  const how = state.by === 'disparity' ? 'those that stand out most for one of their ends (disparity filter)' : 'those with the most stories that assert them';
  element('method').textContent = all ? `All ${plural(shown.nPairsPassing, 'pair')} are drawn.` : `${many(shown.nPairs)} of ${plural(shown.nPairsPassing, 'pair')} are drawn: ${how}.`;
  const focus = state.focus === null ? '' : ` Only within ${plural(state.depth, 'tie')} of ${nodes.name[state.focus].slice(0, 60)}.`;
  const left = nTiesOfNetwork > data.ties.source.length ? ` The page holds the strongest of ${many(nTiesOfNetwork)} ties.` : '';
  const fewer = shown.nTies < shown.nPassing ? ` of ${many(shown.nPassing)}` : '';
  element('shown').textContent = `${plural(shown.nNodes, 'entity', 'entities')}, ${many(shown.nTies)}${fewer} ${shown.nPassing === 1 ? 'tie' : 'ties'}, ${plural(shown.nLines, 'line')}.${focus}${left}`;
  element('empty').hidden = shown.nTies > 0;
  const changed = FILTERS.filter((field) => JSON.stringify(state[field]) !== JSON.stringify(DEFAULTS[field])).length;
  element('reset').disabled = !changed;
  element('show-filters').textContent = changed ? `Filters (${changed})` : 'Filters';
  element('show-review').textContent = corrected.list.length ? `Review (${corrected.list.length})` : 'Review';
  showTime();
}

// Names, aliases and the words of articles; goods by every word for them.
let namesCache = null;
function findNodes(text, wants = () => true) {
  namesCache ??= nodes.name.map((name, node) => [name, ...nodes.aliases[node].slice(0, 40), ...nodes.forms[node], nodes.id[node].slice(nodes.id[node].indexOf(':') + 1).replaceAll('-', ' ')].map((n) => folded(n.slice(0, 200))));
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const found = [];
  namesCache.forEach((names, node) => {
    if (!wants(node)) return;
    let best = 9;
    for (const name of names) {
      const at = name.indexOf(wanted);
      if (at >= 0) best = Math.min(best, name === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 3);
    }
    if (best < 9) found.push([best, node]);
  });
  found.sort((a, b) => a[0] - b[0] || nodes.r[b[1]] - nodes.r[a[1]] || a[1] - b[1]);
  return found.slice(0, 12).map(([, node]) => node);
}
const nodeEntry = (node) => [symbol(kinds[nodes.kind[node]]), isolated(nodes.name[node].slice(0, 120)), make('span', { class: 'quiet' }, nodes.state[node] || (nodes.aliases[node][0] ?? '').slice(0, 30))];
const nodeName = (node) => nodes.name[node].slice(0, 80);

// A text field with a list, by the combobox pattern of ARIA: `find` gives values for a text,
// `entry` what the list shows of one.
function makeCombobox(input, box, find, entry, pick, keeps = false, naming = nodeName) {
  let found = [], active = -1;
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': box.id })) input.setAttribute(name, value);
  const show = () => {
    box.replaceChildren(...found.map((value, place) => make('li', { role: 'option', id: `${input.id}-${place}`, 'aria-selected': String(place === active), onpointerdown: (event) => { event.preventDefault(); }, onclick: () => choose(place) }, ...entry(value))));
    box.hidden = !found.length;
    input.setAttribute('aria-expanded', String(!box.hidden));
    if (active >= 0) input.setAttribute('aria-activedescendant', `${input.id}-${active}`); else input.removeAttribute('aria-activedescendant');
    box.children[active]?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (place) => {
    const value = found[place];
    found = []; active = -1;
    if (value === undefined) return;
    input.value = keeps ? naming(value) : '';
    show();
    pick(value);
  };
  input.addEventListener('input', () => { found = find(input.value); active = found.length ? 0 : -1; show(); });
  input.addEventListener('blur', () => { found = []; active = -1; show(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (found.length) active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      show();
    } else if (event.key === 'Enter' && found.length) choose(Math.max(0, active));
    else if (event.key === 'Escape') { input.value = ''; found = []; show(); input.blur(); map.focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// Fields that gather values, each shown as a chip that takes it out again.
const chipShows = [];
function chipField(field, label, find, entry, naming) {
  const place = element(field), list = make('ul', { id: `${field}-list`, role: 'listbox', 'aria-label': label, hidden: true }), chips = make('div', { class: 'chips' });
  const input = make('input', { type: 'text', id: `${field}-input`, placeholder: label, 'aria-label': label, autocomplete: 'off' });
  place.replaceChildren(make('div', { class: 'combo' }, input, list), chips);
  makeCombobox(input, list, find, entry, (value) => { if (!state[field].includes(value)) update({ [field]: [...state[field], value] }); });
  chipShows.push(() => chips.replaceChildren(...state[field].map((value) => button({ class: 'chip', 'aria-label': `Take out ${naming(value)}`, onclick: () => update({ [field]: state[field].filter((v) => v !== value) }) }, isolated(naming(value)), ' ×'))));
}
function makeChips(field, values, label) {
  let all = null;
  element(field).hidden = !values.length;
  const find = (text) => { all ??= [...new Set(values)].sort((a, b) => a.localeCompare(b, 'en')); const wanted = folded(text.trim()); return wanted ? all.filter((value) => folded(value).includes(wanted)).slice(0, 12) : []; };
  chipField(field, label, find, (value) => [isolated(value.slice(0, 120))], (value) => value.slice(0, 60));
}
const makeNodeChips = (field, label, wants) => chipField(field, label, (text) => findNodes(text, wants), nodeEntry, nodeName);

// Two entities: a path from one to the other, or both side by side.
const between = [null, null];
function makeBetween() {
  ['path-from', 'path-to'].forEach((id, place) => makeCombobox(element(id), element(id + '-list'), (text) => findNodes(text, (node) => !isGoods(node)), nodeEntry, (node) => { between[place] = node; showBetween(); if (place) element('find-path').focus(); else element('path-to').focus(); }, true));
  on('find-path', 'click', () => update({ path: [...between], compare: null, selection: null }));
  on('compare', 'click', () => update({ compare: [...between], path: null, selection: null }));
  showBetween();
}
const showBetween = () => { for (const id of ['find-path', 'compare']) element(id).disabled = between[0] === null || between[1] === null || between[0] === between[1]; };
function startBetween(node) {
  between[0] = node; between[1] = null;
  showFilters(true);
  element('between').open = true;
  element('path-from').value = nodeName(node);
  element('path-to').value = '';
  showBetween();
  element('path-to').focus();
}

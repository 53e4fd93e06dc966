// Legend, filters, search, path and time: they change the state and nothing else.

function makeControls() {
  const families = [...new Set(relations.map((relation) => relation.family))];
  const count = new Map();
  for (let tie = 0; tie < nTies; tie++) count.set(relationOf[tie], (count.get(relationOf[tie]) ?? 0) + 1);
  element('relations').replaceChildren(...families.map((family) => make('fieldset', {}, make('legend', {}, family),
    ...relations.flatMap((relation, index) => (relation.family !== family ? [] : [
      check(relation.name, 'hiddenRelations', relation.name, swatch(index), count.get(index) ?? 0)])))));
  const ofKind = kinds.map((_, kind) => nodes.kind.filter((k) => k === kind).length);
  element('kinds').replaceChildren(...kinds.flatMap((kind, index) => (ofKind[index] ? [check(KIND_NAMES[kind] ?? kind, 'hiddenKinds', kind, symbol(kind), ofKind[index])] : [])));
  const ofSaid = [0, 0, 0, 0];
  for (let line = 0; line < nLines; line++) ofSaid[saidOf(line)]++;
  element('said').replaceChildren(...SAID.map((said, index) => check(SAID_NAMES[said], 'hiddenSaid', said, make('i', { class: `said-mark ${said}`, 'aria-hidden': 'true' }), ofSaid[index])));
  element('size').replaceChildren(...nodes.measures.map(([name]) => make('option', { value: name }, measureName(name))));
  element('regions-row').hidden = !regions.length;
  on('size', 'change', (input) => update({ size: input.value }));
  on('regions', 'change', (input) => update({ regions: input.checked }));
  on('confidence', 'input', (input) => update({ confidence: Number(input.value) }));
  on('articles', 'input', (input) => update({ articles: Math.max(1, Math.floor(Number(input.value)) || 1) }));
  combobox('search', (node) => { select({ node }); centre(node); });
  let ends = [null, null];
  const walk = (place) => (node) => { ends[place] = node; if (ends[0] !== null && ends[1] !== null && ends[0] !== ends[1]) update({ path: [...ends], selection: null }); };
  combobox('path-from', walk(0), true);
  combobox('path-to', walk(1), true);
  return { startPath: (node) => { ends = [node, null]; element('path-from').value = nodes.name[node].slice(0, 80); element('path-to').value = ''; element('filters').hidden = false; element('path-to').focus(); } };
}

const on = (id, event, handle) => element(id).addEventListener(event, () => handle(element(id)));

// One entry of the legend: shown, or hidden when unchecked.
function check(name, field, value, mark, count) {
  const box = make('input', { type: 'checkbox', 'data-field': field, 'data-value': value });
  box.addEventListener('change', () => update({ [field]: box.checked ? state[field].filter((v) => v !== value) : [...state[field], value] }));
  const only = make('button', { type: 'button', class: 'only', 'aria-label': `Only ${name}`, onclick: () => {
    const all = [...document.querySelectorAll(`input[data-field="${field}"]`)].map((input) => input.dataset.value);
    update({ [field]: all.filter((v) => v !== value) });
  } }, 'only');
  return make('div', { class: 'check' }, make('label', {}, box, mark, make('span', {}, name), make('span', { class: 'quiet' }, count.toLocaleString('en'))), only);
}

function symbol(kind) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const recorder = new SvgRecorder();
  traceSymbol(recorder, kind, 8, kind === 'weapon' ? 9 : 8, 5.5);
  shape.setAttribute('d', recorder.path);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `symbol ${kind}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(shape);
  return svg;
}

// Puts the state into the controls.
function showControls() {
  for (const box of document.querySelectorAll('input[data-field]')) box.checked = !state[box.dataset.field].includes(box.dataset.value);
  element('size').value = state.size;
  element('regions').checked = state.regions;
  element('confidence').value = state.confidence;
  element('confidence-out').textContent = `${state.confidence} %`;
  element('articles').value = state.articles;
  const focus = state.focus === null ? '' : ` Only within ${plural(state.depth, 'tie')} of ${nodes.name[state.focus].slice(0, 60)}.`;
  const left = nTiesOfNetwork > nTies ? ` The page holds the strongest of ${nTiesOfNetwork.toLocaleString('en')} ties.` : '';
  element('shown').textContent = `${plural(shown.nNodes, 'entity', 'entities')}, ${plural(shown.nTies, 'tie')}, ${plural(shown.nLines, 'line')} shown.${focus}${left}`;
  element('empty').hidden = shown.nTies > 0;
  showTime();
}

// Letters without case and accents, for finding names.
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
let namesCache = null;
function findNodes(text) {
  namesCache ??= nodes.name.map((name, node) => [name, ...nodes.aliases[node].slice(0, 30), nodes.id[node].split(':')[1]].map((n) => folded(n.slice(0, 200))));
  const wanted = folded(text.trim());
  if (!wanted) return [];
  const found = [];
  namesCache.forEach((names, node) => {
    let best = 9;
    for (const name of names) {
      const at = name.indexOf(wanted);
      if (at >= 0) best = Math.min(best, name === wanted ? 0 : at === 0 ? 1 : name[at - 1] === ' ' ? 2 : 3);
    }
    if (best < 9) found.push([best, node]);
  });
  found.sort((a, b) => a[0] - b[0] || nodes.r[b[1]] - nodes.r[a[1]] || a[1] - b[1]);
  return found.slice(0, 12).map(([, node]) => node);
}

// A text field with a list of entities, by the combobox pattern of ARIA.
function combobox(id, pick, keeps = false) {
  const input = element(id), box = element(id + '-list');
  let found = [], active = -1;
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': box.id })) input.setAttribute(name, value);
  const show = () => {
    box.replaceChildren(...found.map((node, place) => make('li', { role: 'option', id: `${id}-${place}`, 'aria-selected': String(place === active), onpointerdown: (event) => { event.preventDefault(); choose(place); } },
      symbol(kinds[nodes.kind[node]]), isolated(nodes.name[node].slice(0, 120)), make('span', { class: 'quiet' }, nodes.state[node]))));
    box.hidden = !found.length;
    input.setAttribute('aria-expanded', String(!box.hidden));
    if (active >= 0) input.setAttribute('aria-activedescendant', `${id}-${active}`); else input.removeAttribute('aria-activedescendant');
    box.children[active]?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (place) => {
    const node = found[place];
    found = []; active = -1;
    if (node === undefined) return;
    input.value = keeps ? nodes.name[node].slice(0, 80) : '';
    show();
    pick(node);
  };
  input.addEventListener('input', () => { found = findNodes(input.value); active = found.length ? 0 : -1; show(); });
  input.addEventListener('blur', () => { found = []; active = -1; show(); });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (found.length) active = (active + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length;
      show();
    } else if (event.key === 'Enter') choose(Math.max(0, active));
    else if (event.key === 'Escape') { input.value = ''; found = []; show(); input.blur(); element('map').focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// Time: lines by day, week, month or longer, and two handles.
const time = { first: 0, last: 0, step: 1, bins: [], open: false };
function makeTime() {
  const days = [];
  for (let line = 0; line < nLines; line++) if (lines.from[line] !== null) days.push(Math.floor((lines.from[line] + lines.to[line]) / 2));
  if (!days.length) { element('time').hidden = true; return; }
  days.sort((a, b) => a - b);
  time.last = lines.to.reduce((a, b) => (b !== null && b > a ? b : a), -Infinity);
  // A few lines about times long gone would squeeze all others: the first bin takes them in.
  time.first = days[0];
  const early = days[Math.floor(days.length * 0.04)];
  if (early - time.first > (time.last - early)) { time.first = early; time.open = true; }
  const span = time.last - time.first + 1;
  time.step = [1, 7, 30.4375, 91.3125, 365.25, 3652.5, 36525].find((step) => span / step <= 130) ?? span / 130;
  time.bins = new Array(Math.max(1, Math.ceil(span / time.step))).fill(0);
  for (const day of days) time.bins[binOf(day)]++;
  for (const id of ['from', 'to']) {
    element(id).max = time.bins.length - 1;
    on(id, 'input', () => {
      let [a, b] = [Number(element('from').value), Number(element('to').value)];
      if (a > b) { if (id === 'from') a = b; else b = a; }
      update({ from: a === 0 ? null : binStart(a), to: b === time.bins.length - 1 ? null : binStart(b + 1) - 1 });
    });
  }
}
const binStart = (bin) => time.first + Math.round(bin * time.step);
const binOf = (day) => Math.min(time.bins.length - 1, Math.max(0, Math.floor((day - time.first + 0.5) / time.step)));

function showTime() {
  if (!time.bins.length) return;
  const from = state.from === null ? 0 : binOf(state.from), to = state.to === null ? time.bins.length - 1 : binOf(state.to);
  element('from').value = from;
  element('to').value = to;
  const texts = [state.from === null && time.open ? `before ${dayText(binStart(1))}` : dayText(state.from ?? time.first), dayText(state.to ?? time.last)];
  element('time-from').textContent = texts[0];
  element('time-to').textContent = texts[1];
  element('from').setAttribute('aria-valuetext', texts[0]);
  element('to').setAttribute('aria-valuetext', texts[1]);
  element('time-note').textContent = state.from === null && state.to === null ? 'lines by date' : 'only lines of these dates';
  const canvas = element('histogram'), box = canvas.getBoundingClientRect(), scale = devicePixelRatio || 1;
  canvas.width = box.width * scale;
  canvas.height = box.height * scale;
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  const most = Math.max(...time.bins), width = box.width / time.bins.length;
  time.bins.forEach((count, bin) => {
    const height = count ? Math.max(2, (count / most) * (box.height - 2)) : 0;
    context.fillStyle = bin >= from && bin <= to ? ink.accent : ink.muted;
    context.globalAlpha = bin >= from && bin <= to ? 0.85 : 0.35;
    context.fillRect(bin * width + 0.5, box.height - height, Math.max(1, width - 1), height);
  });
}

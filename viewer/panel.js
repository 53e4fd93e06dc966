// The panel: a tie with its lines, a node with what is known of it, a path, two nodes compared, or
// the claim under review.

const panel = element('panel');
const LINES_AT_ONCE = 40;

function showPanel() {
  const { selection, path, compare } = state;
  if (state.review) fillPanel(reviewPanel(), 'review');
  else if (selection?.tie !== undefined && shown.pass[selection.tie]) fillPanel(tiePanel(selection.tie));
  else if (selection?.node !== undefined) fillPanel(nodePanel(selection.node));
  else if (path) fillPanel(pathPanel(path));
  else if (compare) fillPanel(comparePanel(compare));
  else panel.hidden = true;
}

function fillPanel(children) {
  const close = button({ class: 'close', 'aria-label': 'Close', onclick: () => (state.review ? toggleReview() : select(null, { path: null, compare: null })) }, '×');
  const grip = button({ class: 'grip', 'aria-label': 'Taller or lower', onclick: () => { panel.classList.toggle('tall'); afterSheet(); } });
  const same = !panel.hidden && panel.dataset.view === viewName(), top = panel.scrollTop;
  panel.dataset.view = viewName();
  // Whoever works by keyboard stays where they were, as far as that is still there.
  const was = panel.contains(document.activeElement) && document.activeElement !== panel ? document.activeElement : null;
  panel.replaceChildren(grip, close, ...children.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = same ? top : 0;
  if (was) ([...panel.querySelectorAll(was.tagName)].find((other) => other.className === was.className && other.textContent === was.textContent && other.getAttribute('aria-label') === was.getAttribute('aria-label')) ?? panel).focus({ preventScroll: true });
}
const viewName = () => JSON.stringify([state.review && walkThrough.at, state.selection, state.path, state.compare]);

const nodeButton = (node) => button({ class: 'link', onclick: () => select({ node }) }, isolated(nodes.name[node]));
const swatch = (relation, look = ASSERTED) => make('i', { class: `swatch r${relation} look${look}`, 'aria-hidden': 'true' });
const tieButton = (tie, ...children) => button({ class: 'link step', onclick: () => select({ tie }) }, swatch(relationOf[tie], shown.look[tie]), ...(children.length ? children : [isolated(tieText(tie))]));

// Days of the first and the last line that are shown.
function datesOf(shownLines) {
  const from = shownLines.map((line) => lines.from[line]).filter((day) => day !== null);
  const to = shownLines.map((line) => lines.to[line]).filter((day) => day !== null);
  if (!from.length) return 'no date';
  const [first, last] = [Math.min(...from), Math.max(...to)].map(dayText);
  return first === last ? first : `${first} to ${last}`;
}

// The lines of a tie that count: the strongest standing first, then the newest.
function linesOf(tie) {
  const found = [...linesOfTie(tie)].filter((line) => shown.line[line]);
  return found.sort((a, b) => saidOf(a) - saidOf(b) || (lines.to[b] ?? -Infinity) - (lines.to[a] ?? -Infinity) || a - b);
}
// The same with the line that says it best in front.
function linesToRead(tie) {
  const best = bestLine(tie);
  return [best, ...linesOf(tie).filter((line) => line !== best)];
}

// The line that says it best: of the strongest standing, one whose words name both ends; the most
// probable, the newest among equals.
function bestLine(tie) {
  const found = linesOf(tie), said = saidOf(found[0]);
  const names = (line) => { const parts = new Set(marksOf(line).map(([part]) => part)); return parts.has('source') && parts.has('target') ? 1 : 0; };
  return found.filter((line) => saidOf(line) === said).sort((a, b) => names(b) - names(a) || lines.confidence[b] - lines.confidence[a] || (lines.to[b] ?? -Infinity) - (lines.to[a] ?? -Infinity) || a - b)[0];
}

// What a tie may say of itself, in a sentence.
function standingText(tie) {
  const found = linesOf(tie), weight = plural(shown.weight[tie], 'story', 'stories');
  const deniers = [...new Set(found.filter((line) => saidOf(line) === DENIED).map((line) => reading().lines[line].by ?? 'a party'))];
  const by = deniers.length ? ` Denied by ${deniers.slice(0, 3).join(', ')}.` : '';
  const text = [`Said in ${weight}.`, `May be so, by ${weight}; no line says plainly that it is.`, `Planned, offered or conditional, by ${weight}; no line says that it happened.`,
    'No line says that it is so.', 'Said not to be so.'][shown.look[tie]];
  return text + by;
}

// Number of lines by standing.
function standingCounts(found) {
  return make('p', { class: 'counts' }, ...SAID.map((said, place) => {
    const count = found.filter((line) => saidOf(line) === place).length;
    return count ? make('span', {}, strokeOf(place), ` ${SAID_NAMES[said]} ${count}`) : null;
  }));
}

function tiePanel(tie) {
  const bundle = [...tiesOfBundle(bundleOf[tie])].filter((other) => shown.pass[other]);
  const relation = relations[relationOf[tie]];
  const found = linesToRead(tie);
  const facts = [`${plural(shown.mentions[tie], 'article')}, ${plural(found.length, 'line')}`, datesOf(found)];
  const list = make('ol', { class: 'lines' });
  const more = button({ class: 'more' }, 'Show more lines');
  const add = (from) => {
    list.append(...found.slice(from, from + LINES_AT_ONCE).map((line) => lineItem(line)));
    more.hidden = from + LINES_AT_ONCE >= found.length;
  };
  more.addEventListener('click', () => add(list.children.length));
  add(0);
  const missing = moreClaims[tie];
  return [
    make('p', { class: 'kind' }, swatch(relationOf[tie], shown.look[tie]), relation.name),
    make('h2', { class: 'ends' }, nodeButton(source[tie]), make('span', { class: 'arrow' }, relation.directed ? ' → ' : ' — '), nodeButton(target[tie])),
    make('p', { class: `verdict look${shown.look[tie]}${shown.disputed[tie] ? ' disputed' : ''}` }, standingText(tie)),
    make('p', { class: 'facts' }, facts.join(' · ')),
    standingCounts(found),
    ...goodsFacts(found),
    bundle.length > 1 ? tabsOf(bundle, tie) : null,
    list, more,
    missing > 0 ? make('p', { class: 'quiet' }, `${plural(missing, 'more claim')} of this tie in claims.jsonl.`) : null,
  ];
}

// Goods of what is said to be so first; goods of denied lines are listed as denied.
function goodsFacts(found) {
  const count = (wanted) => {
    const items = new Map();
    for (const line of wanted) for (const item of reading().lines[line].items ?? []) items.set(item, (items.get(item) ?? 0) + 1);
    return [...items].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([item, n]) => (n > 1 ? `${item} (${n})` : item)).join(', ');
  };
  const strongest = Math.min(...found.map((line) => saidOf(line)));
  const [held, denied] = [count(found.filter((line) => saidOf(line) === strongest && strongest < DENIED)), count(found.filter((line) => saidOf(line) >= DENIED))];
  const fact = (name, text) => (text ? make('p', { class: 'facts' }, make('b', {}, name), isolated(text)) : null);
  return [fact('What: ', held), fact('Denied: ', denied)];
}

// All relations between the two, the strongest first; many of them fold.
const FEW_TABS = 6;
function tabsOf(bundle, tie) {
  const order = [...bundle].sort((a, b) => shown.look[a] - shown.look[b] || shown.weight[b] - shown.weight[a] || a - b);
  if (order.indexOf(tie) >= FEW_TABS) order.splice(FEW_TABS - 1, 0, ...order.splice(order.indexOf(tie), 1));
  const tabs = make('nav', { class: 'tabs', 'aria-label': 'All relations between the two' }, ...order.slice(0, FEW_TABS).map((other) => tabOf(other, tie)));
  const rest = order.slice(FEW_TABS);
  const more = button({ onclick: () => { more.replaceWith(...rest.map((other) => tabOf(other, tie))); } }, `${rest.length} more`);
  if (rest.length) tabs.append(more);
  return tabs;
}
function tabOf(other, open) {
  const turned = source[other] === target[open];
  const direction = !relations[relationOf[other]].directed ? '' : turned ? '← ' : '→ ';
  return button({ 'aria-current': other === open ? 'true' : null, title: tieText(other).slice(0, 300), onclick: () => select({ tie: other }) },
    swatch(relationOf[other], shown.look[other]), `${direction}${relations[relationOf[other]].name} `, make('span', { class: 'quiet' }, String(shown.weight[other])));
}

function lineItem(line, open = false) {
  const { quantity, date, role, rule, id } = reading().lines[line];
  const facts = [date && `took place ${date}`, quantity && `quantity: ${quantity}`, role && `office: ${role}`].filter(Boolean);
  const more = make('div', { class: 'line-more' });
  return make('li', { class: saidOf(line) >= DENIED ? 'denied' : null, 'data-line': String(line) },
    markedSentence(line),
    make('p', { class: 'said' }, ...caveats(line).map(({ kind, text }) => make('span', { class: kind }, isolated(text)))),
    articleOf(line),
    make('p', { class: 'quiet small', title: `claim ${id}` }, [...facts, `rule ${rule}`, `confidence ${lines.confidence[line]} %`].join(' · ')),
    verdictsOn(line),
    open ? null : lineActions(line, more), more);
}

// What was said of the line in review.
function verdictsOn(line) {
  const notes = (corrected.notes.get(`line ${line}`) ?? []).map(({ why, by }) => `Note${by ? ` by ${by}` : ''}: ${why}`);
  const words = [corrected.accepted.has(line) && 'Accepted', corrected.edits.has(line) && 'Edited', ...notes, ...decisionsAbout('claims', reading().lines[line].id).map(decisionText)].filter(Boolean);
  return words.length ? make('p', { class: 'judged' }, ...words.map((text) => make('span', {}, isolated(text)))) : null;
}

// What people had decided before this page was made.
const decisionsAbout = (what, id) => data.decisions.filter((decision) => decision[what].includes(id));
const DECIDED = { reject: 'Rejected', edit: 'Edited', merge: 'Merged', split: 'Split', hide: 'Hidden', rename: 'Renamed', alias: 'Given another name', add: 'Added by hand' };
const decisionText = ({ kind, changed, by, on, why }) => `${DECIDED[kind]} by ${by}, ${on}${changed.length ? ` (${changed.join(', ')})` : ''}${why ? `: ${why}` : ''}`;

function lineActions(line, more) {
  const claim = () => ({ claim: reading().lines[line].id });
  const toggle = (name, fill) => () => { if (more.dataset.open === name) { more.replaceChildren(); more.dataset.open = ''; } else { more.replaceChildren(...fill()); more.dataset.open = name; more.querySelector('input, select, textarea')?.focus(); } };
  return make('div', { class: 'line-actions' },
    button({ onclick: (event) => { const own = event.currentTarget; copy(citation(line), () => { own.textContent = 'Copied'; setTimeout(() => { own.textContent = 'Cite'; }, 1500); }); } }, 'Cite'),
    button({ onclick: toggle('context', () => [contextOf(line)]) }, 'Context'),
    button({ onclick: () => correct('accept', claim()), 'aria-pressed': String(corrected.accepted.has(line)) }, 'Accept'),
    button({ onclick: () => correct('reject', claim()) }, 'Reject'),
    button({ onclick: toggle('edit', () => [editForm(line)]) }, 'Edit'),
    button({ onclick: toggle('note', () => [noteForm(claim())]) }, 'Note'));
}

// The sentences before and behind a line, where the page carries them; else other lines of its article.
function contextOf(line) {
  const own = reading().lines[line], sentence = reading().sentences[own.s], around = new Map();
  for (let other = 0; other < nLines; other++) if (lines.article[other] === lines.article[line]) around.set(reading().lines[other].at, reading().lines[other].s);
  const all = [...around].sort((a, b) => a[0] - b[0]), at = all.findIndex(([, s]) => s === own.s), others = (list) => list.map(([, s]) => [reading().sentences[s], false]);
  // The page carries at most 240 characters of a neighbour.
  const cut = (text) => [...text].length >= 240;
  const before = own.before ? [[(cut(own.before) ? '…' : '') + own.before, false]] : others(all.slice(Math.max(0, at - 2), at));
  const after = own.after ? [[own.after + (cut(own.after) ? '…' : ''), false]] : others(all.slice(at + 1, at + 3));
  const texts = [...before, [sentence, true], ...after];
  return make('div', { class: 'context' }, ...texts.map(([text, here]) => make('p', { dir: 'auto', class: here ? 'here' : 'quiet' }, text)),
    texts.length < 2 ? make('p', { class: 'quiet small' }, 'The page carries no sentence around this one.') : null);
}

function editForm(line) {
  const tie = baseTieOfLine[line], edit = corrected.edits.get(line) ?? {};
  const ends = [edit.source ?? data.ties.source[tie], edit.target ?? data.ties.target[tie]];
  const relation = make('select', { 'aria-label': 'Relation' }, ...relations.map(({ name }, place) => make('option', { value: name, selected: place === (edit.relation ?? data.ties.relation[tie]) }, name)));
  const said = make('select', { 'aria-label': 'How it is said' }, ...SAID.slice(0, 4).map((name, place) => make('option', { value: name, selected: place === Math.min(3, saidOf(line)) }, place === 3 ? 'not so' : SAID_NAMES[name])));
  const fields = ends.map((node, place) => endField(place ? 'To' : 'From', node, (chosen) => { ends[place] = chosen; }));
  const why = make('input', { type: 'text', placeholder: 'Why', 'aria-label': 'Why' });
  return make('form', { class: 'edit', onsubmit: (event) => {
    event.preventDefault();
    const set = { source: nodes.id[ends[0]], relation: relation.value, target: nodes.id[ends[1]], polarity: said.value === 'denied' ? 'negative' : 'positive', modality: said.value === 'denied' ? undefined : said.value };
    correct('edit', { claim: reading().lines[line].id, set }, why.value.trim());
  } }, fields[0], relation, fields[1], said, why, make('button', {}, 'Save edit'));
}

// A field for one entity, with a list of names that fit.
let fieldNumber = 0;
function endField(name, node, pick) {
  const id = `end-${++fieldNumber}`;
  const input = make('input', { id, type: 'text', 'aria-label': name, autocomplete: 'off' }), list = make('ul', { id: id + '-list', role: 'listbox', 'aria-label': name, hidden: true });
  if (node !== null) input.value = nodes.name[node].slice(0, 80);
  const box = make('div', { class: 'combo' }, input, list);
  makeCombobox(input, list, findNodes, nodeEntry, (chosen) => pick(chosen), true);
  return box;
}

function noteForm(about) {
  const why = make('textarea', { rows: 2, placeholder: 'Note', 'aria-label': 'Note' });
  return make('form', { class: 'edit', onsubmit: (event) => { event.preventDefault(); if (why.value.trim()) correct('note', about, why.value.trim()); } }, why, make('button', {}, 'Save note'));
}

function nodePanel(node) {
  const kind = kinds[nodes.kind[node]];
  const visible = [...tiesOf(node)].filter((tie) => shown.pass[tie]);
  visible.sort((a, b) => relationOf[a] - relationOf[b] || shown.look[a] - shown.look[b] || shown.weight[b] - shown.weight[a] || a - b);
  const groups = [];
  for (const tie of visible) {
    const last = groups[groups.length - 1];
    if (last?.relation === relationOf[tie]) last.ties.push(tie);
    else groups.push({ relation: relationOf[tie], ties: [tie] });
  }
  const more = make('div', {});
  const names = [...new Set([...nodes.aliases[node], ...(isGoods(node) ? [] : nodes.forms[node])])].slice(0, 12).join(', ');
  return [
    make('p', { class: 'kind' }, [kind, nodes.state[node]].filter(Boolean).join(', ')),
    make('h2', {}, isolated(nodes.name[node])),
    names ? make('p', { class: 'facts quiet' }, 'also ', isolated(names)) : null,
    nodeActions(node, more), more,
    ...(corrected.notes.get(`node ${node}`) ?? []).map(({ why }) => make('p', { class: 'judged' }, isolated(`Note: ${why}`))),
    ...decisionsAbout('entities', nodes.id[node]).map((decision) => make('p', { class: 'judged' }, isolated(decisionText(decision)))),
    officesOf(node),
    make('section', {}, make('h3', {}, plural(visible.length, 'tie')),
      ...groups.map(({ relation, ties: own }) => make('details', { open: groups.length < 6 || own.length < 8 },
        make('summary', {}, swatch(relation), `${relations[relation].name} `, make('span', { class: 'quiet' }, String(own.length))),
        make('ul', { class: 'plain ties' }, ...own.slice(0, 200).map((tie) => tieItem(tie, node)))))),
    isGoods(node) ? null : make('section', {}, make('h3', {}, 'Measures'),
      make('dl', { class: 'measures' }, ...nodes.measures.flatMap(([name, meaning]) => [
        make('dt', { title: meaning }, measureName(name)), make('dd', {}, `${shortNumber(measured(name)[node])} `, make('span', { class: 'quiet' }, rankText(measured(name), node)))]))),
    make('p', { class: 'quiet small' }, nodes.id[node]),
  ];
}

function nodeActions(node, more) {
  const merge = () => more.replaceChildren(make('form', { class: 'edit', onsubmit: (event) => event.preventDefault() }, make('p', {}, 'The same as:'),
    endField('The same as', null, (into) => { if (into !== node) { correct('merge', { entities: [nodes.id[node], nodes.id[into]], into: nodes.id[into] }); select({ node: into }); } })));
  const only = state.named.includes(node), focused = state.focus === node;
  return make('div', { class: 'actions' },
    button({ 'aria-pressed': String(focused), onclick: () => cycleFocus(node) }, focused ? `Neighbourhood: ${plural(state.depth, 'tie')}` : 'Neighbourhood'),
    goodsOfNode.has(node) ? button({ 'aria-pressed': String(only), onclick: () => update({ named: only ? state.named.filter((n) => n !== node) : [...state.named, node] }) }, 'Only lines that name it') : null,
    state.goods.includes(node) && isGoods(node) ? button({ onclick: () => { update({ goods: state.goods.filter((n) => n !== node), selection: null }); } }, 'Take off the map') : null,
    isGoods(node) ? null : button({ onclick: () => startBetween(node) }, 'Path or compare'),
    isGoods(node) ? null : button({ onclick: merge }, 'Merge'),
    isGoods(node) ? null : button({ onclick: () => { correct('hide', { entity: nodes.id[node] }); select(null); } }, 'Hide'),
    button({ onclick: () => more.replaceChildren(noteForm({ entity: nodes.id[node] })) }, 'Note'));
}

// Offices: what the gazetteer knows, and what the lines tell, whoever holds them.
function officesOf(node) {
  const known = nodes.offices[node].map(([title, holder, from, to]) =>
    make('li', {}, isolated(`${title}, ${holder}`), make('span', { class: 'quiet' }, from || to ? ` ${from ?? ''}–${to ?? ''}` : '')));
  const told = [...tiesOf(node)].filter((tie) => relations[relationOf[tie]].office && linesOfTie(tie).some((line) => !corrected.rejected.has(line)));
  const item = (tie) => {
    const roles = [...new Set([...linesOfTie(tie)].map((line) => reading().lines[line].role).filter(Boolean))].slice(0, 3).join(', ');
    return make('li', {}, button({ class: 'link', onclick: () => openOffice(tie) }, isolated(nodes.name[otherEnd(tie, node)])), make('span', { class: 'quiet' }, roles ? ` ${roles}` : ''));
  };
  if (!known.length && !told.length) return null;
  return make('section', {}, make('h3', {}, 'Offices'), make('ul', { class: 'plain' }, ...known),
    told.length ? make('details', { open: told.length < 9 }, make('summary', {}, `named in the articles ${told.length}`), make('ul', { class: 'plain ties' }, ...told.slice(0, 200).map(item))) : null);
}
// Ties of offices are hidden by default: opening one shows them.
function openOffice(tie) {
  const name = relations[relationOf[tie]].name;
  select({ tie }, { hiddenRelations: state.hiddenRelations.filter((hidden) => hidden !== name) });
}

function tieItem(tie, node) {
  const arrow = !relations[relationOf[tie]].directed ? '—' : source[tie] === node ? '→' : '←';
  const status = shown.look[tie] === ASSERTED ? '' : ` ${SAID_NAMES[SAID[shown.look[tie]]]}`;
  return make('li', {}, button({ class: 'link', onclick: () => select({ tie }) }, `${arrow} `, isolated(nodes.name[otherEnd(tie, node)])),
    make('span', { class: 'quiet' }, ` ${shown.weight[tie]}${status}${shown.disputed[tie] ? ' disputed' : ''}`));
}

const shortNumber = (value) => (value == null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: value > 1 ? 4 : 3 }));
function rankText(values, node) {
  let place = 1;
  for (const value of values) if (value > values[node]) place++;
  return `no. ${grouped(place)}`;
}

function pathPanel([start, end]) {
  const found = shortestPath(start, end);
  const planned = make('label', { class: 'check' }, make('input', { type: 'checkbox', checked: state.planned, onchange: (event) => update({ planned: event.target.checked }) }), ' also over what is only planned');
  const ends = make('h2', { class: 'ends' }, nodeButton(start), ' … ', nodeButton(end));
  if (!found) return [make('p', { class: 'kind' }, 'path'), ends, make('p', {}, 'No path leads from one to the other over what is said or may be. Denied ties are no steps.'), planned];
  return [
    make('p', { class: 'kind' }, `path of ${plural(found.length, 'tie')}`), ends, planned,
    make('ol', { class: 'lines' }, ...found.map((tie) => {
      const best = bestLine(tie);
      return make('li', {}, tieButton(tie), make('p', { class: 'facts' }, standingText(tie)), markedSentence(best), articleOf(best));
    })),
  ];
}

// Two nodes side by side: what ties them, whom both know and whom only one of them.
function comparePanel([a, b]) {
  const around = (node) => {
    const found = new Map();
    for (const tie of tiesOf(node)) if (shown.pass[tie]) found.set(otherEnd(tie, node), [...(found.get(otherEnd(tie, node)) ?? []), tie]);
    return found;
  };
  const [ofA, ofB] = [around(a), around(b)], sum = (found, node) => (found.get(node) ?? []).reduce((total, tie) => total + shown.weight[tie], 0);
  const both = [...ofA.keys()].filter((node) => ofB.has(node)).sort((x, y) => Math.min(sum(ofA, y), sum(ofB, y)) - Math.min(sum(ofA, x), sum(ofB, x)) || x - y);
  const only = (one, other, self) => [...one.keys()].filter((node) => !other.has(node) && node !== self).sort((x, y) => sum(one, y) - sum(one, x) || x - y);
  const brief = (ties) => make('span', { class: 'brief' }, ...ties.slice(0, 6).map((tie) => button({ class: 'link', 'aria-label': tieText(tie).slice(0, 200), onclick: () => select({ tie }) }, swatch(relationOf[tie], shown.look[tie]))));
  const names = (title, list) => make('section', {}, make('h3', {}, `${title}: ${list.length}`), make('p', { class: 'facts' }, ...list.slice(0, 40).flatMap((node, i) => [i ? ', ' : '', nodeButton(node)])));
  return [
    make('p', { class: 'kind' }, 'compared'), make('h2', { class: 'ends' }, nodeButton(a), ' and ', nodeButton(b)),
    make('section', {}, make('h3', {}, 'Between the two'), ofA.has(b) ? make('ul', { class: 'plain' }, ...ofA.get(b).map((tie) => make('li', {}, tieButton(tie), make('span', { class: 'quiet' }, ` ${shown.weight[tie]} ${SAID_NAMES[SAID[shown.look[tie]]]}`)))) : make('p', { class: 'quiet' }, 'Nothing that is shown.')),
    make('section', {}, make('h3', {}, `Tied to both: ${both.length}`), make('table', { class: 'compare' },
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, ''), make('th', { scope: 'col' }, isolated(labelOf[a])), make('th', { scope: 'col' }, isolated(labelOf[b])))),
      make('tbody', {}, ...both.slice(0, 60).map((node) => make('tr', {}, make('th', { scope: 'row' }, nodeButton(node)), make('td', {}, brief(ofA.get(node))), make('td', {}, brief(ofB.get(node)))))))),
    names(`Only ${labelOf[a]}`, only(ofA, ofB, b)), names(`Only ${labelOf[b]}`, only(ofB, ofA, a)),
  ];
}

// One claim after the other, with a verdict on each.
function reviewPanel() {
  const line = reviewedLine(), { list } = corrected;
  const count = (kind) => list.filter((entry) => entry.kind === kind).length;
  const order = make('select', { 'aria-label': 'Order', onchange: (event) => { walkThrough.order = event.target.value; startReview(); showReviewed(); } },
    make('option', { value: 'unsure', selected: walkThrough.order === 'unsure' }, 'least sure first'), make('option', { value: 'weighty', selected: walkThrough.order === 'weighty' }, 'most weighty first'));
  const name = make('input', { type: 'text', 'aria-label': 'Your name', placeholder: 'Your name', value: reviewer, onchange: (event) => { reviewer = event.target.value.trim(); try { localStorage.setItem('tieline reviewer', reviewer); } catch { say('This browser keeps nothing'); } } });
  const head = [
    make('p', { class: 'kind' }, `review: ${walkThrough.lines.length ? walkThrough.at + 1 : 0} of ${grouped(walkThrough.lines.length)} claims of the filters`),
    make('div', { class: 'review-head' }, order, name),
  ];
  const foot = make('section', { class: 'review-foot' },
    make('p', { class: 'quiet' }, list.length ? `${plural(list.length, 'correction')}: ${['accept', 'reject', 'edit', 'merge', 'hide', 'note'].filter(count).map((kind) => `${count(kind)} ${kind}`).join(', ')}` : 'Nothing said yet.'),
    make('div', { class: 'actions' }, button({ id: 'save-corrections', disabled: !list.length, onclick: saveCorrections }, 'Save corrections'), button({ onclick: takeBack, disabled: !list.length }, 'Take back'),
      button({ disabled: !list.length, onclick: (event) => { if (event.currentTarget.dataset.sure) { corrected.list = []; keepCorrections(); } else { event.currentTarget.dataset.sure = '1'; event.currentTarget.textContent = 'Really forget all'; } } }, 'Forget all')),
    data.decisions.length ? make('details', {}, make('summary', {}, `Decided before: ${grouped(data.decisions.length)}`),
      make('ul', { class: 'plain decided' }, ...data.decisions.slice(0, 300).map((decision) => make('li', {}, isolated(decisionText(decision)), ' ', make('span', { class: 'quiet' }, isolated([...decision.entities, ...decision.claims].slice(0, 6).join(', '))))))) : null,
    make('p', { class: 'quiet small' }, 'Kept in this browser. The program applies the saved file: tieline build … --corrections corrections.toml'));
  if (line === undefined) return [...head, make('p', {}, 'No claim passes the filters.'), foot];
  const tie = tieOfLine[line], more = make('div', { class: 'line-more' }), claim = { claim: reading().lines[line].id };
  const verdict = corrected.rejected.has(line) ? 'rejected' : corrected.accepted.has(line) ? 'accepted' : '';
  const key = (name) => make('kbd', {}, name);
  return [...head,
    make('h2', { class: 'ends' }, tie >= 0 ? isolated(tieText(tie)) : 'A hidden tie'),
    verdict ? make('p', { class: `verdict ${verdict}` }, `You ${verdict} it.`) : null,
    make('ol', { class: 'lines' }, lineItem(line, true)),
    make('div', { class: 'actions verdicts' },
      button({ class: 'yes', onclick: () => judge('accept') }, 'Accept ', key('A')), button({ class: 'no', onclick: () => judge('reject') }, 'Reject ', key('R')),
      button({ id: 'review-edit', onclick: () => { more.replaceChildren(editForm(line)); more.querySelector('input').focus(); } }, 'Edit ', key('E')),
      button({ id: 'review-note', onclick: () => { more.replaceChildren(noteForm(claim)); more.querySelector('textarea').focus(); } }, 'Note ', key('M'))),
    make('div', { class: 'actions' }, button({ onclick: () => stepReview(-1) }, '← ', key('K')), button({ onclick: () => stepReview(1) }, '→ ', key('J')),
      button({ onclick: () => more.replaceChildren(contextOf(line)) }, 'Context'), button({ onclick: () => copy(citation(line)) }, 'Cite')),
    more, foot];
}

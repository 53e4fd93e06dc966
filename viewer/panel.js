// The panel: a tie with its lines, a node with what is known of it, a path.

const panel = element('panel');
const LINES_AT_ONCE = 40;

function showPanel() {
  const { selection, path } = state;
  if (selection?.tie !== undefined && shown.tie[selection.tie]) fillPanel(tiePanel(selection.tie));
  else if (selection?.node !== undefined) fillPanel(nodePanel(selection.node));
  else if (path) fillPanel(pathPanel(path));
  else panel.hidden = true;
}

function fillPanel(children) {
  const close = make('button', { type: 'button', class: 'close', 'aria-label': 'Close', onclick: () => select(null, { path: null }) }, '×');
  panel.replaceChildren(close, ...children.filter(Boolean));
  panel.hidden = false;
  panel.scrollTop = 0;
}

const nodeButton = (node) => make('button', { type: 'button', class: 'link', onclick: () => select({ node }) }, isolated(nodes.name[node]));
const swatch = (relation, look = PLAIN) => make('i', { class: `swatch r${relation} look${look}`, 'aria-hidden': 'true' });

// Days of the first and the last line that are shown.
function datesOf(shownLines) {
  const from = shownLines.map((line) => lines.from[line]).filter((day) => day !== null);
  const to = shownLines.map((line) => lines.to[line]).filter((day) => day !== null);
  if (!from.length) return 'no date';
  const [first, last] = [Math.min(...from), Math.max(...to)].map(dayText);
  return first === last ? first : `${first} to ${last}`;
}

function linesOf(tie) {
  const found = [];
  for (let line = firstLine[tie]; line < firstLine[tie + 1]; line++) if (shown.line[line]) found.push(line);
  return found.sort((a, b) => (lines.to[b] ?? -Infinity) - (lines.to[a] ?? -Infinity) || a - b);
}

function tiePanel(tie) {
  const bundle = bundles[bundleOf[tie]].filter((other) => shown.tie[other]);
  const relation = relations[relationOf[tie]];
  const found = linesOf(tie);
  const denied = found.filter((line) => lines.polarity[line] === 1).length;
  const facts = [`${plural(shown.articles[tie], 'article')}, ${plural(found.length, 'line')}`, datesOf(found)];
  const items = new Map();
  for (const line of found) for (const item of reading().lines[line].items ?? []) items.set(item, (items.get(item) ?? 0) + 1);
  const named = [...items].sort((a, b) => b[1] - a[1]).slice(0, 12).map(([item, count]) => (count > 1 ? `${item} (${count})` : item));
  const list = make('ol', { class: 'lines' });
  const more = make('button', { type: 'button', class: 'more' }, 'Show more lines');
  const add = (from) => {
    list.append(...found.slice(from, from + LINES_AT_ONCE).map(lineItem));
    more.hidden = from + LINES_AT_ONCE >= found.length;
  };
  more.addEventListener('click', () => add(list.children.length));
  add(0);
  const missing = ties.claims[tie] - (firstLine[tie + 1] - firstLine[tie]);
  return [
    make('p', { class: 'kind' }, swatch(relationOf[tie], shown.look[tie]), relation.name),
    make('h2', { class: 'ends' }, nodeButton(source[tie]), make('span', { class: 'arrow' }, relation.directed ? ' → ' : ' — '), nodeButton(target[tie])),
    make('p', { class: 'facts' }, facts.join(' · ')),
    denied ? make('p', { class: 'verdict denied' }, denied === found.length ? 'Every line denies it.' : `${plural(denied, 'line denies', 'lines deny')} it.`) : null,
    shown.look[tie] === DOUBTFUL ? make('p', { class: 'verdict doubt' }, 'No line says plainly that it is so.') : null,
    named.length ? make('p', { class: 'facts' }, make('b', {}, 'What: '), isolated(named.join(', '))) : null,
    bundle.length > 1 ? make('nav', { class: 'tabs', 'aria-label': 'All relations between the two' }, ...bundle.map((other) => tabOf(other, tie))) : null,
    list, more,
    missing > 0 ? make('p', { class: 'quiet' }, `${plural(missing, 'more claim')} of this tie in claims.jsonl.`) : null,
  ];
}

function tabOf(other, open) {
  const [a, b] = [source[other], target[other]];
  const turned = a === target[open];
  const direction = !relations[relationOf[other]].directed ? '' : turned ? '← ' : '→ ';
  return make('button', { type: 'button', 'aria-current': other === open ? 'true' : null, title: tieText(other).slice(0, 300), onclick: () => select({ tie: other }) },
    swatch(relationOf[other], shown.look[other]), `${direction}${relations[relationOf[other]].name} `, make('span', { class: 'quiet' }, String(shown.articles[other])));
}

function lineItem(line) {
  const { quantity, date, role, rule, id } = reading().lines[line];
  const facts = [date && `took place ${date}`, quantity && `quantity: ${quantity}`, role && `office: ${role}`].filter(Boolean);
  return make('li', { class: lines.polarity[line] ? 'denied' : null },
    markedSentence(line),
    make('p', { class: 'said' }, ...caveats(line).map(({ kind, text }) => make('span', { class: kind }, isolated(text)))),
    articleOf(line),
    make('p', { class: 'quiet small', title: `claim ${id}` }, [...facts, `rule ${rule}`, `confidence ${lines.confidence[line]} %`].join(' · ')));
}

function nodePanel(node) {
  const kind = kinds[nodes.kind[node]];
  const visible = [...tiesOf(node)].filter((tie) => shown.tie[tie]);
  visible.sort((a, b) => relationOf[a] - relationOf[b] || shown.articles[b] - shown.articles[a] || a - b);
  const offices = nodes.offices[node].map(([title, holder, from, to]) =>
    make('li', {}, isolated(`${title}, ${holder}`), make('span', { class: 'quiet' }, from || to ? ` ${from ?? ''}–${to ?? ''}` : '')));
  const groups = [];
  for (const tie of visible) {
    const last = groups[groups.length - 1];
    if (last?.relation === relationOf[tie]) last.ties.push(tie);
    else groups.push({ relation: relationOf[tie], ties: [tie] });
  }
  const aliases = nodes.aliases[node].slice(0, 8).join(', ');
  return [
    make('p', { class: 'kind' }, [kind, nodes.state[node]].filter(Boolean).join(', ')),
    make('h2', {}, isolated(nodes.name[node])),
    aliases ? make('p', { class: 'facts quiet' }, 'also ', isolated(aliases)) : null,
    make('div', { class: 'actions' },
      make('button', { type: 'button', 'aria-pressed': String(state.focus === node), onclick: () => cycleFocus(node) }, state.focus === node ? `Neighbourhood: ${plural(state.depth, 'tie')}` : 'Neighbourhood'),
      make('button', { type: 'button', onclick: () => startPath(node) }, 'Path from here')),
    offices.length ? make('section', {}, make('h3', {}, 'Offices'), make('ul', { class: 'plain' }, ...offices)) : null,
    make('section', {}, make('h3', {}, plural(visible.length, 'tie')),
      ...groups.map(({ relation, ties: group }) => make('details', { open: groups.length < 6 || group.length < 8 },
        make('summary', {}, swatch(relation), `${relations[relation].name} `, make('span', { class: 'quiet' }, String(group.length))),
        make('ul', { class: 'plain ties' }, ...group.slice(0, 200).map((tie) => tieItem(tie, node)))))),
    make('section', {}, make('h3', {}, 'Measures'),
      make('dl', { class: 'measures' }, ...nodes.measures.flatMap(([name, meaning, values]) => [
        make('dt', { title: meaning }, measureName(name)), make('dd', {}, `${shortNumber(values[node])} `, make('span', { class: 'quiet' }, rankText(values, node)))]))),
    make('p', { class: 'quiet small' }, nodes.id[node]),
  ];
}

function tieItem(tie, node) {
  const arrow = !relations[relationOf[tie]].directed ? '—' : source[tie] === node ? '→' : '←';
  return make('li', {}, make('button', { type: 'button', class: 'link', onclick: () => select({ tie }) },
    `${arrow} `, isolated(nodes.name[otherEnd(tie, node)])),
  make('span', { class: 'quiet' }, ` ${shown.articles[tie]}`, shown.look[tie] === DENIED ? ' denied' : ''));
}

const shortNumber = (value) => (value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: value > 1 ? 4 : 3 }));
function rankText(values, node) {
  let place = 1;
  for (const value of values) if (value > values[node]) place++;
  return `no. ${place.toLocaleString('en')}`;
}

function pathPanel([start, end]) {
  const found = shortestPath(start, end);
  if (!found) return [make('p', { class: 'kind' }, 'path'), make('h2', { class: 'ends' }, nodeButton(start), ' … ', nodeButton(end)), make('p', {}, 'No path leads from one to the other over what is shown.')];
  return [
    make('p', { class: 'kind' }, `path of ${plural(found.length, 'tie')}`),
    make('h2', { class: 'ends' }, nodeButton(start), ' … ', nodeButton(end)),
    make('ol', { class: 'lines' }, ...found.map((tie) => {
      const best = linesOf(tie)[0];
      return make('li', {}, make('button', { type: 'button', class: 'link step', onclick: () => select({ tie }) }, swatch(relationOf[tie], shown.look[tie]), isolated(tieText(tie))), markedSentence(best), articleOf(best));
    })),
  ];
}

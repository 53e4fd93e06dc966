// The evidence as a table: what is shown, line by line, sortable, a page at a time.

const ROWS_AT_ONCE = 150;
const COLUMNS = [
  ['Date', (line) => lines.to[line] ?? -Infinity, -1],
  ['From', (line) => nodes.name[source[tieOfLine[line]]], 1],
  ['Relation', (line) => relations[relationOf[tieOfLine[line]]].name, 1],
  ['To', (line) => nodes.name[target[tieOfLine[line]]], 1],
  ['How it is said', (line) => saidOf(line), 1],
  ['Sentence', (line) => reading().sentences[reading().lines[line].s], 1],
  ['Article', (line) => { const article = reading().articles[lines.article[line]]; return article.title || article.id; }, 1],
];
const sorting = { column: 0, direction: -1 };
let tableLines = [], tableVersion = '';

function visibleLines() {
  const found = [];
  for (let line = 0; line < nLines; line++) if (shown.line[line] && tieOfLine[line] >= 0 && shown.pass[tieOfLine[line]]) found.push(line);
  const [, key] = COLUMNS[sorting.column];
  const keys = new Map(found.map((line) => [line, key(line)]));
  const compare = (a, b) => (typeof a === 'string' ? a.localeCompare(b, 'en') : a < b ? -1 : a > b ? 1 : 0);
  return found.sort((a, b) => sorting.direction * compare(keys.get(a), keys.get(b)) || a - b);
}

function showTable() {
  element('evidence').hidden = !state.table;
  element('show-table').setAttribute('aria-pressed', String(state.table));
  document.body.classList.toggle('with-table', state.table);
  if (state.table) fillTable(ROWS_AT_ONCE);
}

function fillTable(count) {
  const version = `${groupVersion} ${shown.version} ${sorting.column} ${sorting.direction}`;
  if (version === tableVersion) return;
  tableVersion = version;
  tableLines = visibleLines();
  element('columns').replaceChildren(...COLUMNS.map(([name, , first], column) => {
    const sorted = sorting.column === column;
    const sort = () => {
      sorting.direction = sorted ? -sorting.direction : first;
      sorting.column = column;
      fillTable(ROWS_AT_ONCE);
      element('columns').children[column].firstChild.focus();
    };
    return make('th', { scope: 'col', 'aria-sort': sorted ? (sorting.direction > 0 ? 'ascending' : 'descending') : null },
      button({ onclick: sort }, name, make('span', { 'aria-hidden': 'true' }, sorted ? (sorting.direction > 0 ? ' ↑' : ' ↓') : '')));
  }));
  element('caption').textContent = `${plural(tableLines.length, 'line')} behind ${plural(shown.nPassing, 'tie')}`;
  element('rows').replaceChildren();
  addRows(count);
}

function addRows(count) {
  const from = element('rows').children.length;
  element('rows').append(...tableLines.slice(from, from + count).map(rowOf));
  element('more').hidden = element('rows').children.length >= tableLines.length;
}

function rowOf(line) {
  const tie = tieOfLine[line];
  const date = lines.to[line] === null ? '' : lines.from[line] === lines.to[line] ? dayText(lines.to[line]) : `${dayText(lines.from[line])} – ${dayText(lines.to[line])}`;
  const open = button({ class: 'link', 'aria-label': `Open the tie: ${tieText(tie).slice(0, 200)}`, onclick: () => select({ tie }) }, swatch(relationOf[tie], shown.look[tie]), relations[relationOf[tie]].name);
  return make('tr', { class: saidOf(line) >= DENIED ? 'denied' : null },
    make('td', { class: 'date' }, date), make('td', { class: 'from' }, isolated(nodes.name[source[tie]])), make('td', { class: 'relation' }, open), make('td', { class: 'to' }, isolated(nodes.name[target[tie]])),
    make('td', { class: 'said' }, ...caveats(line).map(({ kind, text }) => make('span', { class: kind }, isolated(text)))),
    make('td', { class: 'sentence' }, markedSentence(line)), make('td', { class: 'source' }, articleOf(line)));
}

// What is shown as a picture for a page of A4 or a slide: with title, scope and legend, in light
// colours. More pairs than such a picture can hold are cut to a backbone, and it says so.

const PICTURE = { width: 1123, height: 794, pairs: 80, numbered: 50 };
const LIGHT = { ground: '#ffffff', paper: '#ffffff', ink: '#1d2126', muted: '#66645e', accent: '#0b5fa5', person: '#ffffff', dark: false };
// The part of a picture that the map takes, while one is drawn.
let frame = null;

// Calls `draw` with everything set for a picture, and puts all back.
function inPicture(draw, pairs = PICTURE.pairs) {
  const kept = { ink, camera: { ...camera }, size: { ...size }, pairs: state.pairs, running: move.running };
  const places = [nodeX.slice(), nodeY.slice(), goalX.slice(), goalY.slice()];
  move.running = false;
  const cut = shown.nPairs > pairs * 1.4;
  const upright = isUpright();
  if (cut) { state.pairs = pairs; applyFilters(); }
  frame = { left: 0, top: 0, right: 1, bottom: 1 };
  if (cut || upright) findPlaces();
  nodeX.set(goalX); nodeY.set(goalY);
  ink = LIGHT;
  Object.assign(size, { width: PICTURE.width, height: PICTURE.height });
  frame = { left: 16, top: 62, right: size.width - 16, bottom: size.height - legendRoom() };
  fitAll();
  try { return draw(cut); } finally {
    frame = null;
    ink = kept.ink;
    Object.assign(camera, kept.camera);
    Object.assign(size, kept.size);
    if (cut) { state.pairs = kept.pairs; applyFilters(); move.key = placesKey(); }
    [nodeX, nodeY, goalX, goalY].forEach((column, i) => column.set(places[i]));
    move.running = kept.running;
    move.version++;
  }
}

// Entries of the legend: relations and standings that are drawn.
function legendEntries() {
  const order = tiesInOrder(), used = new Set(order.map((tie) => relationOf[tie])), looks = new Set(order.map((tie) => shown.look[tie]));
  const present = new Set(visibleNodes().map((node) => nodes.kind[node]));
  return [
    ...relations.flatMap((relation, index) => (used.has(index) ? [{ text: relation.name, color: relationColor(index) }] : [])),
    ...SAID.flatMap((said, look) => (looks.has(look) && looks.size > 1 ? [{ text: SAID_NAMES[said], look }] : [])),
    ...(order.some((tie) => shown.disputed[tie]) ? [{ text: 'said, and denied by a party', bar: true }] : []),
    ...kinds.flatMap((kind, index) => (present.has(index) ? [{ text: kind, kind }] : [])),
  ];
}
const entryWidth = (context, { text }) => { context.font = `500 12px ${FONT}`; return 30 + context.measureText(text).width + 16; };
function legendRows() {
  const context = new SvgRecorder(), rows = [[]];
  let x = 24;
  for (const entry of legendEntries()) {
    const width = entryWidth(context, entry);
    if (x + width > size.width - 24) { rows.push([]); x = 24; }
    rows.at(-1).push([entry, x]);
    x += width;
  }
  return rows;
}
const legendRoom = () => 26 + legendRows().length * 20;

function drawLegend(context) {
  layer(context, 'Legend');
  const rows = legendRows(), top = size.height - rows.length * 20 - 4;
  context.textBaseline = 'middle';
  rows.forEach((row, line) => row.forEach(([entry, x]) => {
    const y = top + line * 20;
    context.globalAlpha = 1;
    context.strokeStyle = context.fillStyle = entry.color ?? ink.ink;
    if (entry.kind) {
      context.beginPath();
      traceSymbol(context, entry.kind, x + 14, y, 5.5);
      context.lineWidth = 1.4;
      if (!HOLLOW.includes(entry.kind)) context.fill();
      context.stroke();
    } else {
      context.lineWidth = entry.color ? 3 : 1.8;
      context.setLineDash(entry.look === undefined ? [] : DASHES[entry.look]);
      context.beginPath(); context.moveTo(x, y); context.lineTo(x + 24, y); context.stroke();
      context.setLineDash([]);
      if (entry.look >= DENIED) traceBarredRing(context, x + 12, y, ink.ink);
      if (entry.bar) traceBar(context, x + 12, y, 1, 0);
    }
    context.font = `500 12px ${FONT}`;
    context.textAlign = 'left';
    context.fillStyle = ink.ink;
    context.fillText(entry.text, x + 30, y);
  }));
}

function drawTitle(context, cut) {
  layer(context, 'Title');
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = ink.ink;
  context.font = `600 19px ${FONT}`;
  context.fillText(titleText(), 24, 26);
  context.font = `400 12px ${FONT}`;
  context.fillStyle = ink.muted;
  context.fillText(scopeOfView(cut).slice(0, 190), 24, 48);
}
const titleText = () => (state.path ? `Path from ${labelOf[state.path[0]]} to ${labelOf[state.path[1]]}` : state.focus !== null ? `Around ${labelOf[state.focus]}` : state.among.length ? `Among ${state.among.map((node) => labelOf[node]).join(', ').slice(0, 90)}` : 'Who is tied to whom');
function scopeOfView(cut = false) {
  const found = visibleLines(), days = datesOf(found);
  const chosen = cut || shown.nPairs < shown.nPairsPassing ? `, the backbone of ${grouped(shown.nPairsPassing)} pairs (${state.by === 'articles' ? 'most stories' : 'disparity filter'})` : '';
  return `${plural(shown.nNodes, 'entity', 'entities')}, ${plural(shown.nPairs, 'pair')}${chosen}; ${plural(new Set(found.map((line) => lines.article[line])).size, 'article')}, ${days}`;
}

// Numbers of ties on their curves, for notes, where there is room beside names and marks.
function drawNumbers(context, numbers) {
  layer(context, 'Numbers');
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `600 10px ${FONT}`;
  const { taken } = labelsNow;
  for (const [tie, number] of numbers) {
    const at = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82].map((t) => curvePoint(tie, t)).map(([x, y]) => [screenX(x), screenY(y)]);
    const free = at.find(([px, py]) => taken.free(boxAround(px, py, 6), -2));
    if (!free) continue;
    const [x, y] = free;
    taken.add(boxAround(x, y, 6), -1);
    context.strokeStyle = ink.ground;
    context.lineWidth = 3;
    context.strokeText(String(number), x, y);
    context.fillStyle = ink.ink;
    context.fillText(String(number), x, y);
  }
}

function paintPicture(context, cut, numbers) {
  // Numbers of notes and of relations would be taken for each other.
  frame.numbered = Boolean(numbers);
  drawMap(context);
  const marked = markedNow();
  if (marked.ties.size || marked.nodes.size) drawHighlight(context, marked);
  if (numbers) drawNumbers(context, numbers);
  drawLegend(context);
  drawTitle(context, cut);
}

function viewAsSvg() {
  return inPicture((cut) => {
    const recorder = new SvgRecorder();
    paintPicture(recorder, cut);
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + SvgRecorder.markup(recorder.tree(size.width, size.height, `${titleText()}: ${scopeOfView(cut)}`));
  });
}

function viewAsPng(done) {
  const canvas = document.createElement('canvas'), scale = 3;
  inPicture((cut) => {
    canvas.width = size.width * scale;
    canvas.height = size.height * scale;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    context.fillStyle = ink.ground;
    context.fillRect(0, 0, size.width, size.height);
    paintPicture(context, cut);
  });
  canvas.toBlob(done, 'image/png');
}

// The view for print: the picture with numbered ties, and their lines as notes.
const NOTES = 150;
function fillPrint() {
  inPicture((cut) => {
    const recorder = new SvgRecorder();
    const order = [...tiesInOrder()].sort((a, b) => a - b), noted = order.length <= NOTES ? order : order.filter((tie) => shown.look[tie] === ASSERTED).sort((a, b) => shown.weight[b] - shown.weight[a] || a - b).slice(0, NOTES).sort((a, b) => a - b);
    const numbers = new Map(noted.map((tie, place) => [tie, place + 1]));
    paintPicture(recorder, cut, numbers);
    const sources = new Set(visibleLines().map((line) => outletOf(line)).filter(Boolean));
    element('print').replaceChildren(
      make('figure', {}, SvgRecorder.element(recorder.tree(size.width, size.height, titleText()))),
      make('p', { class: 'print-facts' }, `${scopeOfView(cut)}. Sources: ${[...sources].sort((a, b) => a.localeCompare(b, 'en')).slice(0, 40).join(', ') || 'articles without outlet'}. Printed ${today()}.${filtersText()}`),
      make('h2', {}, 'Ties and their lines'),
      make('ol', { class: 'notes' }, ...noted.map((tie) => {
        const best = bestLine(tie), article = reading().articles[lines.article[best]];
        return make('li', {}, make('b', {}, isolated(tieText(tie))), ` (${standingText(tie).replace(/\.$/, '')}) `, make('q', { dir: 'auto' }, reading().sentences[reading().lines[best].s]), ' ',
          make('span', { class: 'quiet' }, isolated([article.title || article.id, article.outlet, article.date].filter(Boolean).join(', '))));
      })),
      noted.length < order.length ? make('p', {}, `Notes for ${noted.length} of ${order.length} ties; the table has them all.`) : '');
  }, PICTURE.numbered);
}
function filtersText() {
  const said = [state.hiddenRelations.length && `without ${state.hiddenRelations.join(', ')}`, state.hiddenSaid.length && `without what is ${state.hiddenSaid.map((said) => SAID_NAMES[said]).join(', ')}`, state.confidence && `confidence from ${state.confidence} %`,
    state.articles > 1 && `at least ${state.articles} stories`, state.text && `lines with “${state.text}”`, state.speakers.length && `said by ${state.speakers.join(', ')}`, state.outlets.length && `in ${state.outlets.join(', ')}`,
    state.named.length && `naming ${state.named.map((node) => labelOf[node]).join(', ')}`, state.fold && 'people folded into states'].filter(Boolean);
  return said.length ? ` Filters: ${said.join('; ')}.` : '';
}

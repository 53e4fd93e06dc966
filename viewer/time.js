// Time: lines by day, month or year as columns, and a brush that cuts them at both ends.

const time = { first: 0, last: 0, unit: 'month', starts: [], bins: [], earlier: false, later: false };
const UNITS = ['day', 'month', 'year'];

function makeTime() {
  const all = new Int32Array(nLines);
  let n = 0;
  for (let line = 0; line < nLines; line++) if (lines.from[line] !== null) all[n++] = Math.floor((lines.from[line] + lines.to[line]) / 2);
  if (!n) { element('time').hidden = true; return; }
  const days = all.subarray(0, n).sort();
  time.days = days;
  time.last = greatest(lines.to);
  // A few lines about times long gone or far ahead would squeeze all others: the first and the last
  // column take them in.
  time.first = days[0];
  const early = days[Math.floor(n * 0.1)], late = days[Math.floor(n * 0.9)];
  if (time.last - late > Math.max(365, late - early)) { time.last = late; time.later = true; }
  if (early - time.first > Math.max(365, time.last - early)) { time.first = early; time.earlier = true; }
  const span = time.last - time.first + 1;
  time.unit = span <= 120 ? 'day' : span <= 3700 ? 'month' : 'year';
  element('unit').replaceChildren(...UNITS.map((unit) => make('option', { value: unit }, unit)));
  on('unit', 'change', (input) => { time.unit = input.value; countTime(); showTime(); });
  countTime();
  for (const [id, end] of [['time-from', 0], ['time-to', 1]]) {
    element(id).addEventListener('change', () => {
      const text = element(id).value.trim(), day = dayOf(text, end);
      if (day !== null || !text) cutTime(end ? state.from : day, end ? day : state.to); else showTime();
    });
  }
  makeBrush();
  on('all-time', 'click', () => cutTime(null, null));
}

// The first day of the unit that holds a day, and of the next one.
function startOf(day, steps = 0) {
  const date = new Date(day * DAY);
  if (time.unit === 'day') return day + steps;
  if (time.unit === 'year') return Date.UTC(date.getUTCFullYear() + steps, 0, 1) / DAY;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + steps, 1) / DAY;
}
function countTime() {
  // At most so many columns: finer ones cannot be seen or hit.
  while (time.unit === 'day' && time.last - time.first > 1500) time.unit = 'month';
  time.starts = [];
  for (let day = startOf(time.first); day <= time.last && time.starts.length < 3000; day = startOf(day, 1)) time.starts.push(day);
  time.starts.push(startOf(time.starts.at(-1), 1));
  time.bins = new Array(time.starts.length - 1).fill(0);
  // Days come in order, and so do their columns.
  let bin = 0;
  for (const day of time.days) {
    while (bin < time.bins.length - 1 && time.starts[bin + 1] <= day) bin++;
    time.bins[bin]++;
  }
  element('unit').value = time.unit;
}
// The column of a day: the last one that starts before it.
function binOf(day) {
  let [low, high] = [0, time.bins.length - 1];
  while (low < high) { const middle = Math.ceil((low + high) / 2); if (time.starts[middle] <= day) low = middle; else high = middle - 1; }
  return low;
}

// The first or the last day of "2024", "2024-05" or "2024-05-31"; null for anything else.
function dayOf(text, end) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(text) ?? [];
  if (!year || month > 12 || month === '0' || day > 31) return null;
  const [y, m] = [Number(year), month ? Number(month) - 1 : 0];
  if (day) return Date.UTC(y, m, Number(day)) / DAY;
  return (end ? (month ? Date.UTC(y, m + 1, 0) : Date.UTC(y, 11, 31)) : Date.UTC(y, m, 1)) / DAY;
}

function cutTime(from, to) {
  if (from !== null && to !== null && from > to) [from, to] = [to, from];
  update({ from, to });
}
// From one column to another; at the ends nothing is cut.
const cutBins = (a, b) => cutTime(a <= 0 ? null : time.starts[a], b >= time.bins.length - 1 ? null : time.starts[b + 1] - 1);
const cutFrom = (bin) => cutTime(bin <= 0 ? null : time.starts[bin], state.to);
const cutUntil = (bin) => cutTime(state.from, bin >= time.bins.length - 1 ? null : time.starts[bin + 1] - 1);
const binsNow = () => [state.from === null ? 0 : binOf(state.from), state.to === null ? time.bins.length - 1 : binOf(state.to)];

// Drawn on the columns: a new range; inside of the range: moves it; at its ends: the handles.
function makeBrush() {
  const area = element('brush');
  let grasp = null;
  const binAt = (x) => { const box = area.getBoundingClientRect(); return Math.min(time.bins.length - 1, Math.max(0, Math.floor(((x - box.left) / box.width) * time.bins.length))); };
  area.addEventListener('pointerdown', (event) => {
    const at = binAt(event.clientX), [a, b] = binsNow(), cut = state.from !== null || state.to !== null;
    const handle = event.target.closest('[role=slider]');
    grasp = handle ? { end: handle.id === 'brush-from' ? 0 : 1 } : cut && at > a && at < b ? { move: at, a, b } : { start: at };
    area.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle?.focus();
  });
  area.addEventListener('pointermove', (event) => {
    if (!grasp) return;
    const at = binAt(event.clientX), [a, b] = binsNow();
    if (grasp.end === 0) cutFrom(Math.min(at, b));
    else if (grasp.end === 1) cutUntil(Math.max(at, a));
    else if (grasp.move !== undefined) { const by = Math.min(time.bins.length - 1 - grasp.b, Math.max(-grasp.a, at - grasp.move)); cutBins(grasp.a + by, grasp.b + by); }
    else cutBins(Math.min(grasp.start, at), Math.max(grasp.start, at));
  });
  const end = () => { grasp = null; };
  area.addEventListener('pointerup', end);
  area.addEventListener('pointercancel', end);
  ['brush-from', 'brush-to'].forEach((id, place) => element(id).addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -12, PageUp: 12, Home: -1e6, End: 1e6 }[event.key];
    if (!step) return;
    const [a, b] = binsNow(), keep = (n) => Math.min(time.bins.length - 1, Math.max(0, n));
    if (place) cutUntil(Math.max(a, keep(b + step))); else cutFrom(Math.min(b, keep(a + step)));
    event.preventDefault();
    event.stopPropagation();
  }));
}

function showTime() {
  if (!time.bins.length) return;
  const [from, to] = binsNow(), whole = state.from === null && state.to === null;
  element('time-from').value = dayText(state.from ?? time.first);
  element('time-to').value = dayText(state.to ?? time.last);
  element('all-time').hidden = whole;
  const n = time.bins.length, share = (bin) => `${(bin / n) * 100}%`;
  [['brush-from', from, from], ['brush-to', to + 1, to]].forEach(([id, edge, now]) => {
    const handle = element(id);
    handle.style.left = share(edge);
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', String(n - 1));
    handle.setAttribute('aria-valuenow', String(now));
    handle.setAttribute('aria-valuetext', id === 'brush-from' ? (state.from === null && time.earlier ? 'before ' : '') + dayText(state.from ?? time.first) : (state.to === null && time.later ? 'after ' : '') + dayText(state.to ?? time.last));
  });
  const canvas = element('histogram'), box = canvas.getBoundingClientRect(), scale = devicePixelRatio || 1;
  canvas.width = box.width * scale;
  canvas.height = box.height * scale;
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  const most = greatest(time.bins, 1), width = box.width / n;
  time.bins.forEach((count, bin) => {
    const height = count ? Math.max(2, Math.sqrt(count / most) * (box.height - 3)) : 0, inside = bin >= from && bin <= to;
    context.fillStyle = inside ? ink.accent : ink.muted;
    context.globalAlpha = inside ? 0.85 : 0.35;
    context.fillRect(bin * width + (width > 3 ? 0.5 : 0), box.height - height, Math.max(0.7, width - (width > 3 ? 1 : 0)), height);
  });
}

// What the reader says of the claims: accepted, rejected, edited, merged, hidden, noted. Kept in the
// page's own storage and offered as the file of corrections that the program applies
// (`corrections.toml`, its form is documented in `src/runs/corrections.rs`).

// What follows from the corrections.
const corrected = { list: [], merged: new Map(), hidden: new Set(), edits: new Map(), rejected: new Set(), accepted: new Set(), notes: new Map() };

// The same data finds its corrections again.
const STORE = 'tieline ' + (() => {
  let hash = 0x811c9dc5;
  const mix = (text) => { for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193); };
  for (const id of nodes.id) mix(id);
  mix(`${nLines} ${data.ties.source.length}`);
  return (hash >>> 0).toString(16);
})();

function keptCorrections() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE) ?? '[]');
    return Array.isArray(kept) ? kept.filter((entry) => entry && typeof entry.kind === 'string') : [];
  } catch { return []; }
}

let lineByClaim = null;
const lineOfClaim = (id) => (lineByClaim ??= new Map(reading().lines.map((line, place) => [line.id, place]))).get(id);

// Reads the list into what filters and grouping ask.
function followCorrections() {
  for (const part of ['merged', 'hidden', 'edits', 'rejected', 'accepted', 'notes']) corrected[part].clear();
  saidNow.set(lines.said);
  for (const entry of corrected.list) {
    const line = entry.claim === undefined ? undefined : lineOfClaim(entry.claim);
    const node = nodeByIdentifier.get(entry.entity);
    if (entry.kind === 'reject' && line !== undefined) { corrected.rejected.add(line); corrected.accepted.delete(line); }
    if (entry.kind === 'accept' && line !== undefined) { corrected.accepted.add(line); corrected.rejected.delete(line); }
    if (entry.kind === 'edit' && line !== undefined) corrected.edits.set(line, { ...corrected.edits.get(line), ...editFrom(entry.set ?? {}, line) });
    if (entry.kind === 'hide' && node !== undefined) corrected.hidden.add(node);
    if (entry.kind === 'merge') {
      const into = nodeByIdentifier.get(entry.into);
      for (const id of entry.entities ?? []) { const one = nodeByIdentifier.get(id); if (one !== undefined && into !== undefined && one !== into) corrected.merged.set(one, into); }
    }
    if (entry.kind === 'note') {
      const key = line !== undefined ? `line ${line}` : `node ${node}`;
      corrected.notes.set(key, [...(corrected.notes.get(key) ?? []), entry]);
    }
  }
  for (const [line, { said }] of corrected.edits) if (said !== undefined) saidNow[line] = said;
}

// The numbers behind the values of an edit.
function editFrom(values, line) {
  const edit = {}, tie = baseTieOfLine[line];
  const [from, to] = [nodeByIdentifier.get(values.source), nodeByIdentifier.get(values.target)];
  const relation = relations.findIndex(({ name }) => name === values.relation);
  if (from !== undefined) edit.source = from;
  if (to !== undefined) edit.target = to;
  if (relation >= 0) edit.relation = relation;
  if (values.polarity === 'negative') edit.said = lines.said[line] >= DENIED ? lines.said[line] : NEGATED;
  else if (values.modality !== undefined || values.polarity === 'positive') {
    const place = SAID.indexOf(values.modality ?? 'asserted');
    edit.said = place >= 0 && place <= PROSPECTIVE ? place : ASSERTED;
  }
  return tie < 0 ? {} : edit;
}

let reviewer = '';
try { reviewer = localStorage.getItem('tieline reviewer') ?? ''; } catch { reviewer = ''; }
const today = () => new Date().toISOString().slice(0, 10);

// Adds one correction, or takes the last one back, and shows what follows.
function correct(kind, rest, why = '') {
  corrected.list.push({ kind, ...rest, by: reviewer || 'reader of the page', on: today(), ...(why ? { why } : {}) });
  keepCorrections();
  say(`${kind}: ${corrected.list.length} in the file of corrections`);
}
function takeBack() {
  const last = corrected.list.pop();
  if (!last) return;
  keepCorrections();
  say(`${last.kind} taken back`);
}
function keepCorrections() {
  try { localStorage.setItem(STORE, JSON.stringify(corrected.list)); } catch { say('This browser keeps nothing: save the file of corrections before you close the page'); }
  followCorrections();
  regroup();
}

const FILE_KEYS = ['kind', 'claim', 'entity', 'entities', 'into', 'by', 'on', 'why'], SET_KEYS = ['source', 'relation', 'target', 'polarity', 'modality'];
// The file: a table for each correction; a JSON string is a string of TOML, too. What the program
// has no use for, approvals and notes, is said in comments.
function correctionsFile() {
  const value = (v) => JSON.stringify(v).replaceAll('\u007f', '\\u007f');
  const line = (v) => String(v).replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return ['# Decisions about claims and entities, applied in this order.\n', ...corrected.list.map(({ set, ...rest }) => {
    if (rest.kind === 'accept' || rest.kind === 'note') return `\n# ${rest.kind} ${rest.claim ?? rest.entity}, by ${line(rest.by)}, ${rest.on}${rest.why ? `: ${line(rest.why)}` : ''}\n`;
    const own = FILE_KEYS.map((name) => [name, rest[name]]).filter(([, v]) => v !== undefined).map(([name, v]) => `${name} = ${value(v)}\n`).join('');
    const fields = set ? '[correction.set]\n' + SET_KEYS.filter((name) => set[name] !== undefined).map((name) => `${name} = ${value(set[name])}\n`).join('') : '';
    return `\n[[correction]]\n${own}${fields}`;
  })];
}

// Lines to review: of what passes the filters, the least sure or the most weighty first. The order
// stays while they are walked through.
const walkThrough = { order: 'unsure', version: '', lines: [], at: 0 };
function startReview() {
  const found = [];
  for (let line = 0; line < nLines; line++) if (shown.line[line] && tieOfLine[line] >= 0 && shown.pass[tieOfLine[line]]) found.push(line);
  const weight = (line) => shown.weight[tieOfLine[line]];
  const judged = (line) => (corrected.accepted.has(line) ? 1 : 0);
  if (walkThrough.order === 'unsure') found.sort((a, b) => judged(a) - judged(b) || lines.confidence[a] - lines.confidence[b] || weight(b) - weight(a) || a - b);
  else found.sort((a, b) => judged(a) - judged(b) || weight(b) - weight(a) || lines.confidence[a] - lines.confidence[b] || a - b);
  walkThrough.lines = found;
  walkThrough.at = 0;
}
const reviewedLine = () => walkThrough.lines[walkThrough.at];
function stepReview(step) {
  walkThrough.at = Math.min(walkThrough.lines.length - 1, Math.max(0, walkThrough.at + step));
  const line = reviewedLine();
  showReviewed();
  if (line !== undefined) say(`${walkThrough.at + 1} of ${walkThrough.lines.length}: ${reading().sentences[reading().lines[line].s].slice(0, 300)}`);
}
function judge(kind) {
  const line = reviewedLine();
  if (line === undefined) return;
  correct(kind, { claim: reading().lines[line].id });
  if (walkThrough.at < walkThrough.lines.length - 1) stepReview(1); else showReviewed();
}

// Plain words for what the data says.

const KIND_NAMES = { person: 'People', state: 'States', organization: 'Organizations', group: 'Groups without a name', weapon: 'Weapons', goods: 'Goods' };
// Kinds whose symbols are not filled.
const HOLLOW = ['person', 'group', 'goods'];
const SAID_NAMES = { asserted: 'said', hedged: 'may have', prospective: 'planned', denied: 'denied by a party', negated: 'said not to be so' };
const SAID_LONG = { asserted: 'Said to be so', hedged: 'May be so', prospective: 'Planned or offered', denied: 'Denied by a party', negated: 'Said not to be so' };
const MEASURE_NAMES = { page_rank: 'PageRank', degree: 'number of neighbours', in_degree: 'ties received', out_degree: 'ties given', strength: 'articles' };
const measureName = (name) => MEASURE_NAMES[name] ?? name.replaceAll('_', ' ');

// Letters without case and accents, for finding names.
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// Standing and speaker of a line, as short phrases.
function caveats(line) {
  const { by } = reading().lines[line], said = saidOf(line);
  const words = [];
  const phrase = (kind, text) => words.push({ kind, text });
  if (said === ASSERTED) phrase('by', by ? `said by ${by}` : 'said');
  if (said === HEDGED) phrase('doubt', 'may have: uncertain');
  if (said === PROSPECTIVE) phrase('doubt', 'planned, offered or conditional');
  if (said === DENIED) phrase('denied', by ? `denied by ${by}` : 'denied');
  if (said === NEGATED) phrase('denied', by ? `not so, according to ${by}` : 'said not to be so');
  if (by && (said === HEDGED || said === PROSPECTIVE)) phrase('by', `according to ${by}`);
  return words;
}

// "North Korea supplies Russia".
const tieText = (tie) => `${nodes.name[source[tie]]} ${relations[relationOf[tie]].name} ${nodes.name[target[tie]]}`;

const PLAIN = /^[\x20-\x7e]*$/;
// Control characters that turn the direction of text have no place on a label of one line.
const labelOf = nodes.name.map((name) => {
  if (name.length <= 28 && PLAIN.test(name)) return name;
  const clean = [...name.slice(0, 200).replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')];
  return clean.length > 28 ? clean.slice(0, 27).join('') + '…' : clean.join('');
});

// The sentence with its parts marked; of overlapping parts the earlier and longer one wins.
function markedSentence(line) {
  const text = reading().sentences[reading().lines[line].s];
  const quote = make('blockquote', { dir: 'auto' });
  let done = 0;
  for (const [part, start, end] of marksOf(line)) {
    if (start < done || end > text.length) continue;
    quote.append(text.slice(done, start), make('mark', { class: part, title: PART_NAMES[part] }, text.slice(start, end)));
    done = end;
  }
  quote.append(text.slice(done));
  return quote;
}
const PART_NAMES = { source: 'from whom', target: 'to whom', trigger: 'what it says', item: 'what', quantity: 'how much', speaker: 'who says it', cue: 'who says it' };

// The article behind a line. Web addresses become links, and the names of files that may lie
// beside the page.
function articleOf(line) {
  const article = reading().articles[lines.article[line]];
  const title = article.title || article.id;
  let link = isolated(title), file = null;
  if (/^https?:\/\//i.test(article.url ?? '')) {
    link = make('a', { href: article.url, target: '_blank', rel: 'noopener noreferrer' }, isolated(title));
  } else if (isFileName(article.id)) {
    file = make('a', { class: 'file', href: article.id.split('/').map(encodeURIComponent).join('/'), target: '_blank', rel: 'noopener noreferrer', title: 'Opens the article where it lies beside this page' }, 'file');
  }
  const rest = [article.outlet, article.date].filter(Boolean).join(', ');
  return make('p', { class: 'article' }, link, rest ? make('span', { class: 'quiet' }, ' ', isolated(rest)) : null, file ? ' ' : null, file);
}
const isFileName = (id) => /^[^:?#\\]{1,200}\.(txt|md|html?|xml|pdf|eml|docx?)$/i.test(id) && !id.startsWith('/') && !id.split('/').includes('..');

// A footnote for a line.
function citation(line) {
  const { s, id } = reading().lines[line], article = reading().articles[lines.article[line]];
  const parts = [article.title && `“${article.title}”`, article.outlet, article.date, /^https?:\/\//i.test(article.url ?? '') ? article.url : article.title ? null : article.id];
  return `“${reading().sentences[s].trim()}” ${parts.filter(Boolean).join(', ')}. [claim ${id}]`;
}

// Puts text on the clipboard, also where only the old way is allowed.
async function copy(text, done) {
  try { await navigator.clipboard.writeText(text); } catch {
    const area = make('textarea', { class: 'unseen' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  say('Copied');
  done?.();
}

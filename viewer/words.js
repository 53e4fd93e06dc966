// Plain words for what the data says.

const KIND_NAMES = { person: 'People', state: 'States', organization: 'Organizations', weapon: 'Weapons' };
const SAID_NAMES = { asserted: 'Said to be so', uncertain: 'Uncertain: may, reportedly', planned: 'Not yet: planned, offered, if', denied: 'Denied' };
const MEASURE_NAMES = { page_rank: 'PageRank', degree: 'number of neighbours', in_degree: 'ties received', out_degree: 'ties given', strength: 'articles' };
const measureName = (name) => MEASURE_NAMES[name] ?? name.replaceAll('_', ' ');

// Denial, doubt and speaker of a line, as short phrases.
function caveats(line) {
  const { by } = reading().lines[line];
  const words = [];
  const phrase = (kind, text) => words.push({ kind, text });
  if (lines.polarity[line] === 1) {
    phrase('denied', by ? `denied by ${by}` : 'said not to be so');
    if (lines.modality[line] === 2) phrase('doubt', 'about what is to come');
    if (lines.modality[line] === 1) phrase('doubt', 'uncertain');
  } else {
    if (lines.modality[line] === 1) phrase('doubt', 'may have: uncertain');
    if (lines.modality[line] === 2) phrase('doubt', 'not yet: planned, offered or conditional');
    if (by) phrase('by', `according to ${by}`);
  }
  return words;
}

// "North Korea supplies Russia".
const tieText = (tie) => `${nodes.name[source[tie]]} ${relations[relationOf[tie]].name} ${nodes.name[target[tie]]}`;

// Control characters that turn the direction of text have no place on a label of one line.
const labelOf = nodes.name.map((name) => {
  const clean = [...name.slice(0, 200).replace(/[\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')];
  return clean.length > 28 ? clean.slice(0, 27).join('') + '…' : clean.join('');
});

// The sentence with its parts marked; of overlapping parts the earlier and longer one wins.
function markedSentence(line) {
  const { s, m } = reading().lines[line];
  const text = reading().sentences[s];
  const quote = make('blockquote', { dir: 'auto' });
  let done = 0;
  for (const [part, start, end] of m) {
    if (start < done || end > text.length) continue;
    quote.append(text.slice(done, start), make('mark', { class: part, title: PART_NAMES[part] }, text.slice(start, end)));
    done = end;
  }
  quote.append(text.slice(done));
  return quote;
}
const PART_NAMES = { source: 'from whom', target: 'to whom', trigger: 'what it says', item: 'what', quantity: 'how much', speaker: 'who says it', cue: 'who says it' };

// The article behind a line; only web addresses become links.
function articleOf(line) {
  const article = reading().articles[lines.article[line]];
  const title = article.title || article.id;
  let link = isolated(title);
  if (/^https?:\/\//i.test(article.url ?? '')) {
    link = make('a', { href: article.url, target: '_blank', rel: 'noopener noreferrer' }, isolated(title));
  }
  const rest = [article.outlet, article.date].filter(Boolean).join(', ');
  return make('p', { class: 'article' }, link, rest ? make('span', { class: 'quiet' }, ' ', isolated(rest)) : null);
}

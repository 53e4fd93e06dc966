// Finished runs made up for tests of the page: the files that `tieline draw` reads. The same on
// every run.

import fs from 'node:fs';
import path from 'node:path';

const RELATIONS = [
  ['supplies', true, 'AID'], ['meets', false, 'CONSULT'], ['warns', true, 'THREATEN'], ['visits', true, 'CONSULT'],
  ['negotiates', false, 'CONSULT'], ['agrees', false, 'AGREE'], ['cooperates', false, 'COOPERATE'], ['requests', true, 'REQUEST'],
  ['supports', true, 'SUPPORT'], ['accuses', true, 'ACCUSE'], ['sanctions', true, 'SANCTION'], ['attacks', true, 'ASSAULT'],
];
// Who holds an office of whom: no event.
const OFFICE = ['represents', true, ''];

// A generator of whole numbers below a bound.
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

// One claim; `text` is cut into source, trigger and target by their words.
export function claim(number, { source, relation, target, text, words, ...rest }) {
  const [, directed, plover] = [...RELATIONS, OFFICE].find(([name]) => name === relation);
  const bytes = (part) => Buffer.byteLength(part);
  const span = (word) => {
    const at = text.indexOf(word);
    return at < 0 ? null : [bytes(text.slice(0, at)), bytes(text.slice(0, at + word.length))];
  };
  return {
    id: number.toString(16).padStart(16, '0'), doc: `article-${number % 97}`, title: `Article ${number % 97}`, date: '2024-05-01', outlet: 'The Paper',
    url: 'https://example.org/a', sentence: text, field: 'text', start: 0, end: bytes(text), relation, directed, source, target,
    items: [], item_phrases: [], quantity: null, polarity: 'positive', modality: 'asserted', attribution: null, attribution_text: null,
    event_date: null, role: null, rule: 'made.up', confidence: 0.8, plover, cameo: '',
    spans: { trigger: span(words[1]) ?? [0, 1], source: span(words[0]), target: span(words[2]), items: [], quantity: null, attribution: null, attribution_cue: null },
    ...rest,
  };
}

// Writes entities and claims as a finished run; `hash` gives the BLAKE3 of bytes as hexadecimal digits.
export function writeRun(folder, entities, claims, hash) {
  fs.mkdirSync(folder, { recursive: true });
  const lines = (values) => values.map((value) => JSON.stringify(value) + '\n').join('');
  const files = { 'entities.jsonl': lines(entities), 'claims.jsonl': lines(claims), 'articles.jsonl': '' };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({
    program: 'tieline', version: '0.1.0', form: 3, hashes: {}, settings: {}, routes: '',
    counts: { articles: 0, stories: 0, bytes: 0, sentences: 0, parsed: 0, mentions: 0, claims: claims.length, entities: entities.length, ties: 0, skipped: 0 },
    inputs: [], skipped: [], relations: [], corrections: [], segments: [], files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hash(Buffer.from(text))])),
  }));
}

// Entities in communities with hubs: seventeen of twenty ties stay at home, and low numbers have
// far more ties than high ones.
export function network(nEntities, nTies, nCommunities) {
  const below = random(nEntities * 31 + nTies);
  const size = Math.floor(nEntities / nCommunities);
  const id = (n) => (n < nCommunities ? `organization:centre-${n}` : n % 11 === 0 ? `weapon:thing-${n}` : n % 5 === 0 ? `organization:body-${n}` : `person:someone-${n}`);
  const name = (n) => (n < nCommunities ? `Centre ${String.fromCharCode(65 + n)}` : n % 11 === 0 ? `Rocket ${n}` : n % 5 === 0 ? `Body ${n}` : `Given Family${n}`);
  const entities = Array.from({ length: nEntities }, (_, n) => ({ id: id(n), name: name(n) }));
  const seen = new Set(), claims = [];
  const add = (a, b) => {
    const relation = RELATIONS[below(RELATIONS.length)];
    let [s, t] = [a, b];
    if (!relation[1] && id(t) < id(s)) [s, t] = [t, s];
    const key = `${s} ${relation[0]} ${t}`;
    if (s === t || seen.has(key)) return;
    seen.add(key);
    const lines = below(12) === 0 ? 2 + below(9) : 1;
    for (let line = 0; line < lines; line++) {
      const n = claims.length, month = 1 + below(60);
      const date = `${2020 + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`;
      claims.push(claim(n, { source: id(s), target: id(t), relation: relation[0], text: `${name(s)} ${relation[0]} ${name(t)}, it is said in line ${n}.`, words: [name(s), relation[0], name(t)],
        date, doc: `article-${below(nTies)}`, polarity: below(14) === 0 ? 'negative' : 'positive', modality: ['asserted', 'asserted', 'asserted', 'hedged', 'prospective'][below(5)], confidence: (50 + below(50)) / 100 }));
    }
  };
  for (let n = nCommunities; n < nEntities; n++) add(n % nCommunities, n);
  while (seen.size < nTies) {
    const a = below(nCommunities) + nCommunities * Math.min(below(size), below(size), below(size));
    const home = below(20) < 17 ? a % nCommunities : below(nCommunities);
    add(a, home + nCommunities * Math.min(below(size), below(size)));
  }
  return [entities, claims];
}

// Text that tries to get out of where it is shown.
export const HOSTILE = ['</script><script>globalThis.broken = 1</script>', '<img src=x onerror="globalThis.broken = 1">', 'abc \u202Egnorts\u202C \u2067\u200F end', 'long '.repeat(2000)];

export function hostile() {
  const entities = [
    { id: 'person:a', name: HOSTILE[0], aliases: [HOSTILE[1]] }, { id: 'person:b', name: HOSTILE[1] },
    { id: 'organization:c', name: HOSTILE[2], offices: [] }, { id: 'organization:d', name: HOSTILE[3] },
  ];
  const text = `${HOSTILE[0]} 𝔘𝔫𝔦 supplies ${HOSTILE[1]} {{script}} ${HOSTILE[2]}`;
  const rest = { title: HOSTILE[1], outlet: HOSTILE[0], url: 'javascript:globalThis.broken=1', attribution: 'x', attribution_text: HOSTILE[1], rule: HOSTILE[0] };
  const claims = [['person:a', 'person:b'], ['person:a', 'organization:c'], ['organization:c', 'organization:d']].map(([source, target], n) =>
    claim(n, { source, target, relation: 'supplies', text, words: ['𝔘𝔫𝔦', 'supplies', '{{script}}'], ...rest }));
  return [entities, claims];
}

// What the walk through the page needs: two states with a denied, a doubtful and a plain tie.
export function story() {
  const entities = [
    { id: 'state:AAA', name: 'Aland', state: 'state:AAA' }, { id: 'state:BBB', name: 'Borland', state: 'state:BBB' }, { id: 'state:CCC', name: 'Corland', state: 'state:CCC' },
    { id: 'person:ann-lee', name: 'Ann Lee', aliases: ['Minister Lee'], state: 'state:AAA', offices: [{ title: 'Minister of Defence', holder: 'state:AAA', from: 2019, to: null }] },
    { id: 'organization:zeta', name: 'Zeta Works' },
  ];
  const make = (n, source, relation, target, text, words, rest = {}) => claim(n, { source, relation, target, text, words, ...rest });
  return [entities, [
    make(1, 'state:AAA', 'supplies', 'state:BBB', 'Aland delivered 20 old trucks to Borland in spring.', ['Aland', 'delivered', 'Borland'],
      { date: '2023-03-10', items: ['old trucks'], item_phrases: ['old trucks'], quantity: '20', spans: { trigger: [6, 15], source: [0, 5], target: [33, 40], items: [[19, 29]], quantity: [16, 18], attribution: null, attribution_cue: null } }),
    make(2, 'state:AAA', 'supplies', 'state:BBB', 'Aland may have shipped Borland more.', ['Aland', 'shipped', 'Borland'], { date: '2024-06-02', modality: 'hedged' }),
    make(3, 'state:BBB', 'attacks', 'state:CCC', 'Borland denies that it struck Corland.', ['it', 'struck', 'Corland'], { date: '2024-07-01', polarity: 'negative', attribution: 'state:BBB', attribution_text: 'Borland', confidence: 0.6 }),
    make(4, 'person:ann-lee', 'visits', 'state:BBB', 'Ann Lee travelled to Borland.', ['Ann Lee', 'travelled', 'Borland'], { date: '2022-01-15' }),
    make(5, 'state:CCC', 'warns', 'organization:zeta', 'Corland will warn Zeta Works.', ['Corland', 'warn', 'Zeta Works'], { date: '2024-08-20', modality: 'prospective' }),
    make(6, 'state:AAA', 'meets', 'state:BBB', 'Aland and Borland met.', ['Aland', 'met', 'Borland'], { date: '2023-09-09' }),
  ]];
}

// What filters, goods, offices and reviews need: a supply that its source denies through a minister.
export function quarrel() {
  const entities = [
    { id: 'state:AAA', name: 'Aland', state: 'state:AAA' }, { id: 'state:BBB', name: 'Borland', state: 'state:BBB' }, { id: 'state:CCC', name: 'Corland', state: 'state:CCC' },
    { id: 'person:ann-lee', name: 'Ann Lee', state: 'state:AAA', offices: [{ title: 'Minister', holder: 'state:AAA', from: 2019, to: null }] }, { id: 'person:bo-berg', name: 'Bo Berg', state: 'state:BBB' }, { id: 'person:bo-b', name: 'Bo B.' },
    { id: 'organization:pact', name: 'The Pact', state: 'state:CCC', type: 'alliance' },
  ];
  const make = (n, source, relation, target, text, words, rest = {}) => claim(n, { source, relation, target, text, words, ...rest });
  const drones = { items: ['weapon:kite-9'], item_phrases: ['Kite drones'], spans: { trigger: [6, 10], source: [0, 5], target: [26, 33], items: [[11, 22]], quantity: null, attribution: null, attribution_cue: null } };
  return [entities, [
    make(1, 'state:AAA', 'supplies', 'state:BBB', 'Aland sent Kite drones to Borland.', ['Aland', 'sent', 'Borland'], { ...drones, date: '2024-01-10', doc: 'january.txt', url: null, outlet: 'The Herald', confidence: 0.9 }),
    make(2, 'state:AAA', 'supplies', 'state:BBB', 'Aland never armed Borland, said Ann Lee.', ['Aland', 'armed', 'Borland'], { polarity: 'negative', attribution: 'person:ann-lee', attribution_text: 'Ann Lee', date: '2024-02-11', confidence: 0.7 }),
    make(3, 'person:ann-lee', 'represents', 'state:AAA', 'Ann Lee is minister of defence of Aland.', ['Ann Lee', 'minister', 'Aland'], { role: 'minister of defence' }),
    make(4, 'person:ann-lee', 'meets', 'person:bo-berg', 'Ann Lee met Bo Berg.', ['Ann Lee', 'met', 'Bo Berg'], { date: '2024-03-12', confidence: 0.5 }),
    make(5, 'state:AAA', 'accuses', 'state:CCC', 'Corland lies, Aland is said to have said.', ['Aland', 'lies', 'Corland'], { modality: 'hedged', attribution: 'Some Official', attribution_text: 'Some Official', date: '2024-04-13' }),
    make(6, 'state:AAA', 'supplies', 'state:CCC', 'Valeport plans to ship trucks to Corland.', ['Valeport', 'ship', 'Corland'], { modality: 'prospective', items: ['trucks'], item_phrases: ['trucks'], spans: { trigger: [18, 22], source: [0, 8], target: [33, 40], items: [[23, 29]], quantity: null, attribution: null, attribution_cue: null }, date: '2024-05-14' }),
    make(7, 'person:bo-b', 'visits', 'state:CCC', 'Bo B. came to Corland.', ['Bo B.', 'came', 'Corland'], { date: '2024-06-15', confidence: 0.6 }),
    make(8, 'organization:pact', 'warns', 'state:BBB', 'The Pact warned Borland.', ['The Pact', 'warned', 'Borland'], { date: '2024-07-16' }),
  ]];
}

// What lies long ago and far ahead: all but two of twenty lines are of one year.
export function ages() {
  const entities = [{ id: 'state:AAA', name: 'Aland', state: 'state:AAA' }, { id: 'state:BBB', name: 'Borland', state: 'state:BBB' }];
  const dates = ['1961-04-12', ...Array.from({ length: 18 }, (_, n) => `2024-0${1 + (n % 9)}-1${n % 7}`), '2071-01-01'];
  return [entities, dates.map((date, n) => claim(n, { source: 'state:AAA', relation: 'meets', target: 'state:BBB', text: 'Aland met Borland.', words: ['Aland', 'met', 'Borland'], date }))];
}

// Names in scripts that run from right to left, or in none of Latin letters.
export function scripts() {
  const entities = [{ id: 'person:a', name: '\u0645\u062d\u0645\u062f \u0639\u0644\u064a' }, { id: 'person:b', name: '\u738b\u6bc5' }, { id: 'organization:c', name: '\u05d0\u05d1\u05d2 (3)' }, { id: 'person:d', name: '\uae40\uc815\uc740' }];
  const make = (n, source, target) => claim(n, { source, relation: 'meets', target, text: 'They met.', words: ['They', 'met', 'x'] });
  return [entities, [make(1, 'person:a', 'person:b'), make(2, 'organization:c', 'person:d'), make(3, 'person:a', 'person:d')]];
}

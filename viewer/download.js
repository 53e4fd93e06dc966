// The view as files: SVG and PNG of what is drawn, CSV of the lines behind it, corrections.

function download(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// A cell of a spreadsheet: quoted, and never a formula.
function cell(value) {
  const text = String(value ?? '').replace(/\s+/g, ' ');
  return `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replaceAll('"', '""')}"`;
}

function viewAsCsv() {
  const rows = [['claim', 'source', 'source_name', 'relation', 'target', 'target_name', 'said', 'attribution', 'items', 'first_day', 'last_day', 'confidence', 'sentence', 'article', 'title', 'outlet', 'date', 'url']];
  for (const line of visibleLines()) {
    const tie = tieOfLine[line], { s, by, items, id } = reading().lines[line], article = reading().articles[lines.article[line]];
    const day = (value) => (value === null ? '' : dayText(value));
    rows.push([id, nodes.id[source[tie]], nodes.name[source[tie]], relations[relationOf[tie]].name, nodes.id[target[tie]], nodes.name[target[tie]], SAID[saidOf(line)], by,
      (items ?? []).join('; '), day(lines.from[line]), day(lines.to[line]), lines.confidence[line] / 100, reading().sentences[s], article.id, article.title, article.outlet, article.date, article.url]);
  }
  return rows.map((row) => row.map(cell).join(',') + '\r\n');
}
const saveCorrections = () => download('corrections.toml', correctionsFile(), 'application/toml');

function makeDownloads() {
  on('save-svg', 'click', () => download('network.svg', [viewAsSvg()], 'image/svg+xml'));
  on('save-png', 'click', () => viewAsPng((blob) => download('network.png', [blob], 'image/png')));
  on('save-csv', 'click', () => download('evidence.csv', viewAsCsv(), 'text/csv'));
  on('print-view', 'click', () => { element('downloads').open = false; print(); });
  on('copy-link', 'click', (own) => {
    history.replaceState(null, '', addressNow());
    copy(location.href, () => { own.textContent = 'Copied'; setTimeout(() => { own.textContent = 'Copy link to this view'; }, 2000); });
  });
  addEventListener('beforeprint', fillPrint);
  addEventListener('afterprint', () => element('print').replaceChildren());
}

// How long pages take to open, beside each other: `bash tests/page/run opening 7 OLD.html NEW.html`.
// Each round opens every page once, in alternating order, so that a busy machine weighs on all
// alike. Medians in milliseconds:
//
// - picture: from the start of the navigation until the frame with the map and its names is out;
// - whole: from a new window until the page is loaded and answers, as the page's tests open it;
// - cpu: processor time of the page's main thread until then;
// - motion, rest: a frame with every pair drawn, while the map is moved and anew.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [, , work, executablePath, rounds, ...pages] = process.argv;
if (!pages.length) { console.error('usage: bash tests/page/run opening ROUNDS PAGE...'); process.exit(2); }
const { chromium } = createRequire(path.join(work, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const session = await browser.newBrowserCDPSession();

// Names are written last: the frame that holds the first of them is the picture.
function watch() {
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (...given) {
    if (this.canvas.id === 'map' && globalThis.pictureAt === undefined) {
      globalThis.pictureAt = null;
      requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { globalThis.pictureAt = performance.now(); }; port2.postMessage(null); });
    }
    return write.apply(this, given);
  };
}

const renderers = async () => (await session.send('SystemInfo.getProcessInfo')).processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
// Linux tells the time of a thread in nanoseconds; elsewhere there is no figure.
const mainThread = (id) => { try { return Number(fs.readFileSync(`/proc/${id}/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e6; } catch { return NaN; } };
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function open(file) {
  const known = new Set(await renderers()), start = performance.now();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } }), page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto('file://' + path.resolve(file));
  await page.waitForFunction(() => globalThis.tieline?.ready);
  const whole = performance.now() - start;
  const cpu = Math.max(...(await renderers()).filter((id) => !known.has(id)).map(mainThread));
  await page.waitForFunction(() => globalThis.pictureAt);
  const picture = await page.evaluate(() => globalThis.pictureAt);
  await page.locator('#pairs').fill(await page.locator('#pairs').getAttribute('max'));
  await page.waitForFunction(() => globalThis.tieline.still());
  const frames = (moving) => page.evaluate((moving) => Array.from({ length: 5 }, () => globalThis.tieline.frame(moving)), moving);
  const [motion, rest] = [median(await frames(true)), median(await frames(false))];
  await context.close();
  return { picture, whole, cpu, motion, rest };
}

// The browser's own start is no page's.
await open(pages[0]);
const found = new Map(pages.map((page) => [page, []]));
for (let round = 0; round < Number(rounds); round++) for (const page of round % 2 ? [...pages].reverse() : pages) found.get(page).push(await open(page));
for (const [page, times] of found) {
  console.log(`${path.basename(page).padEnd(24)} ${Object.keys(times[0]).map((name) => `${name} ${median(times.map((time) => time[name])).toFixed(0)}`).join('  ')}`);
}
await browser.close();

// Scores the items of an unpacked QTI package by other people's engines, and compares with what the bank says they must earn.
// Usage: node judge.mjs components|tao|converted BANK.json FOLDER
// components: QTI 3 in @citolab/qti-components; tao: QTI 2.1 in TAO's rule engine; converted: QTI 2.1 made QTI 3 by
// @citolab/qti-convert, then the first.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { cases } from './cases.mjs';

const npm = path.resolve('target/verify/npm');
const need = createRequire(`${npm}/x.js`);
const { chromium } = need('playwright-core');
const [engine, bank, folder] = process.argv.slice(2);
const items = JSON.parse(fs.readFileSync(bank)).items;

const convert = engine === 'converted'
  ? (await import(`${npm}/node_modules/@citolab/qti-convert/dist/qti-converter-node/index.js`)).convertQti2toQti3 : xml => xml;
const browser = await chromium.launch({ executablePath: process.env.CHROME ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const page = await browser.newPage();
const noise = [], requests = [];
page.on('pageerror', error => noise.push(String(error)));
page.on('console', message => { if (message.type() === 'error' && !/ERR_FAILED/.test(message.text())) noise.push(message.text()); });
await page.route('**/*', route => {
  const url = new URL(route.request().url());
  if (url.href === 'http://item.test/items/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><body><div id="host"></div></body></html>' });
  const file = path.join(folder, decodeURIComponent(url.pathname));
  if (url.hostname === 'item.test' && fs.existsSync(file)) return route.fulfill({ path: file });
  requests.push(url.href);
  return route.abort();
});
await page.goto('http://item.test/items/');
await page.addScriptTag({ path: 'tests/verify/qti/page.js' });
if (engine === 'tao') {
  // AMD without a loader: each module by its name.
  const root = `${npm}/node_modules/@oat-sa/tao-item-runner-qti/dist/scoring`;
  const modules = fs.readdirSync(root, { recursive: true }).map(String).filter(f => f.endsWith('.js') && !f.endsWith('qtiScorer.js'));
  await page.addScriptTag({ path: `${npm}/node_modules/lodash/lodash.js` });
  const code = modules.map(f => `((define) => {${fs.readFileSync(`${root}/${f}`, 'utf8')}\n})(named(${JSON.stringify(`taoQtiItem/scoring/${f.replace(/\.js$/, '')}`)}));`);
  await page.addScriptTag({ content: `const made = {}, waiting = {};
    const named = name => (needs, make) => { waiting[name] = [Array.isArray(needs) ? needs : [], make ?? needs]; };
    const taoModules = name => { if (name === 'lodash') return _; if (!(name in made)) { const [needs, make] = waiting[name]; made[name] = make(...needs.map(taoModules)); } return made[name]?.default ?? made[name]; };
    ${code.join('\n')}` });
} else {
  await page.addScriptTag({ path: `${npm}/node_modules/@citolab/qti-components/cdn/index.global.js` });
}

const wrong = [];
let judged = 0, answers = 0;
for (const item of items) {
  const file = `${folder}/items/q-${item.id}.xml`;
  if (!fs.existsSync(file)) { wrong.push(`${item.id}: not in the package`); continue; }
  const all = cases(item);
  const text = await convert(fs.readFileSync(file, 'utf8'));
  const run = engine === 'tao' ? 'tao' : 'component';
  noise.length = requests.length = 0;
  let told;
  try {
    told = await page.evaluate(([run, text, all]) => (run === 'tao' ? tao : component)(text, all), [run, text, all]);
  } catch (error) { wrong.push(`${item.id}: ${String(error).split('\n')[0]}`); continue; }
  judged++;
  const fault = what => wrong.push(`${item.id} (${item.kind}): ${what}`);
  const whole = Math.max(0, ...all.map(({ points }) => points));
  all.forEach(({ name, points, say }, at) => {
    // Words that stand in the right sentence too cannot be marked by themselves.
    if (!told.results[at]) return;
    answers++;
    const { score, most, explained, feedback, asked } = told.results[at];
    if (Math.abs(score - points) > 1e-9) fault(`${name} earns ${score}, not ${points}`);
    if (most !== whole) fault(`MAXSCORE is ${most}, not ${whole}`);
    if (explained !== 'explanation') fault(`${name}: the explanation is not shown`);
    if (say.choice?.length === 1 && String(feedback) !== String(asked.RESPONSE)) fault(`${name}: no feedback to the option`);
    if (say.told && !feedback) fault(`${name}: no feedback to a foreseen error`);
  });
  if (!told.clicked) fault('what is clicked is not what is held');
  if (!told.visible) fault('nothing is to be seen');
  if (noise.length) fault(`console: ${noise[0].slice(0, 200)}`);
  if (requests.length) fault(`asks for ${requests[0]}`);
}
await browser.close();
wrong.slice(0, 40).forEach(line => console.log(line));
console.log(`${engine}: ${judged} items, ${answers} answers, ${wrong.length} wrong`);
process.exit(wrong.length || !judged || !answers ? 1 : 0);

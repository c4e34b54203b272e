// Opens HTML files in one Chromium: no violation in axe-core, nothing asked of the network, no error, no sideways scrolling,
// on a wide screen, in the dark and at 320 px. Leaves beside each FILE.html its structure, FILE.html.lines, and what it prints,
// FILE.html.print. Usage: browser.mjs AXE FILE…, where AXE is a pattern for the files that axe-core judges.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { linesOfDom } from './tree.mjs';

const npm = path.resolve('target/verify/npm');
const { chromium } = createRequire(`${npm}/`)('playwright-core');
const axe = readFileSync(`${npm}/node_modules/axe-core/axe.min.js`, 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const STATES = [
  { name: 'on a wide screen', width: 1280, colorScheme: 'light' },
  { name: 'in the dark', width: 1280, colorScheme: 'dark' },
  { name: 'at 320 px', width: 320, colorScheme: 'light' },
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ offline: true });
const [pattern, ...files] = process.argv.slice(2);
const judged = new RegExp(pattern);
let failed = 0;
const fail = (file, words) => { console.log(`${file}: ${words}`); failed += 1; };

async function check(file) {
  const page = await context.newPage();
  const url = pathToFileURL(path.resolve(file)).href;
  page.on('request', request => {
    if (request.url().split('#')[0] !== url && !request.url().startsWith('data:')) fail(file, `asks for ${request.url()}`);
  });
  page.on('console', message => { if (message.type() === 'error') fail(file, `console: ${message.text()}`); });
  page.on('pageerror', error => fail(file, `error: ${error}`));
  await page.goto(url);
  await page.evaluate(axe);
  for (const { name, width, colorScheme } of STATES) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) fail(file, `${name}: scrolls sideways by ${over} px`);
    if (!judged.test(file)) continue;
    const result = await page.evaluate(rules => globalThis.axe.run(document, { runOnly: rules, resultTypes: ['violations'] }), RULES);
    if (result.passes.length === 0) fail(file, `axe ${name}: no rule was tried`);
    for (const { id, help, nodes } of result.violations) {
      fail(file, `axe ${name}: ${id}, ${nodes.length} times: ${help}: ${nodes[0].html.slice(0, 120)}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  writeFileSync(`${file}.lines`, (await page.evaluate(linesOfDom)).join('\n'));
  // Where Chromium adds a hyphen it loses the letter before it from the text of the PDF.
  await page.addStyleTag({ content: '* { hyphens: manual !important }' });
  await page.pdf({ path: `${file}.print`, preferCSSPageSize: true, tagged: true });
  await page.close();
}

// Two pages at a time.
await Promise.all([1, 2].map(async () => { for (let file; (file = files.shift()); ) await check(file); }));
await browser.close();
process.exit(failed ? 1 : 0);

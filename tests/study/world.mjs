// The browser for the tests of the quiz: one Chromium, a fresh profile for each test, and what must hold on every
// screen.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { begin } from '../../templates/study/session.js';

const npm = path.resolve('target/verify/npm');
const { chromium } = createRequire(`${npm}/`)('playwright-core');
const axe = readFileSync(`${npm}/node_modules/axe-core/axe.min.js`, 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export class World {
  constructor(shots) {
    this.shots = shots;
    this.failures = [];
    if (shots) mkdirSync(shots, { recursive: true });
  }

  static async open(shots) {
    const world = new World(shots);
    world.browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    return world;
  }

  close() {
    return this.browser.close();
  }

  fail(words) {
    this.failures.push(words);
    console.log(`FAIL ${words}`);
  }

  expect(truth, words) {
    if (!truth) this.fail(words);
  }

  equal(actual, expected, words) {
    if (JSON.stringify(actual) !== JSON.stringify(expected))
      this.fail(`${words}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }

  // A page in a profile of its own that shows the file. Every request, message of the console and error is a failure.
  async visit(
    file,
    name,
    { width = 1280, height = 900, touch = false, script = true, before, clock, ...options } = {},
  ) {
    const context = await this.browser.newContext({
      viewport: { width, height },
      offline: true,
      hasTouch: touch,
      isMobile: touch,
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(8000);
    if (clock) await context.clock.setFixedTime(clock);
    // Printing opens a window of the system; the tests look at what would be printed.
    if (script)
      await context.addInitScript(() => {
        globalThis.print = () => {
          globalThis.printed = (globalThis.printed ?? 0) + 1;
        };
      });
    if (before) await context.addInitScript(before);
    const page = await context.newPage();
    const url = pathToFileURL(path.resolve(file)).href;
    page.on('request', request => {
      if (request.url().split('#')[0] !== url && !/^(data|blob):/.test(request.url()))
        this.fail(`${name}: asks for ${request.url().slice(0, 120)}`);
    });
    page.on('console', message => {
      if (message.type() === 'error') this.fail(`${name}: console: ${message.text().slice(0, 200)}`);
    });
    page.on('pageerror', error => this.fail(`${name}: error: ${String(error.stack ?? error).slice(0, 300)}`));
    await page.goto(url);
    if (script) await opened(page);
    return page;
  }

  // What must hold on every screen: no sideways scrolling, the focus somewhere, targets of 24 px, nothing that axe-core
  // finds.
  async inspect(page, name, { axeRules = RULES, focus = true } = {}) {
    const found = await page.evaluate(() => {
      const root = document.documentElement;
      const inline = node =>
        node.matches('.reference, .gloss, .anchor, p a') || getComputedStyle(node).display === 'inline';
      const scope =
        document.querySelector('dialog[open]') ?? (document.querySelector('.letter.sheet') || document.body);
      const small = [...scope.querySelectorAll('button, select, input, textarea, summary, a[href]')].filter(node => {
        if (!node.checkVisibility() || inline(node)) return false;
        const { width, height } = (node.closest('label') ?? node).getBoundingClientRect();
        return width > 1 && (width < 24 || height < 24);
      });
      const nested = [...document.querySelectorAll('.letter-text, dialog[open]')].filter(
        node => node.scrollWidth > node.clientWidth + 1,
      );
      return {
        over: root.scrollWidth - root.clientWidth,
        nested: nested.map(node => node.className),
        small: small.map(node => node.outerHTML.slice(0, 100)),
        focused: document.activeElement !== null && document.activeElement !== document.body,
      };
    });
    if (found.over > 0) this.fail(`${name}: scrolls sideways by ${found.over} px`);
    for (const inside of found.nested) this.fail(`${name}: ${inside} scrolls sideways`);
    for (const target of found.small) this.fail(`${name}: a target under 24 px: ${target}`);
    if (focus && !found.focused) this.fail(`${name}: the focus is lost`);
    if (!axeRules) return;
    if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe);
    const { passes, violations } = await page.evaluate(
      rules =>
        globalThis.axe.run(document, {
          runOnly: { type: rules.includes('color-contrast') ? 'rule' : 'tag', values: rules },
          resultTypes: ['violations'],
        }),
      axeRules,
    );
    if (passes.length === 0) this.fail(`${name}: axe tried no rule`);
    for (const { id, help, nodes } of violations) {
      this.fail(
        `${name}: axe: ${id}, ${nodes.length} times: ${help}: ${nodes[0].html.slice(0, 160)} ${nodes[0].any[0]?.message ?? ''}`.slice(
          0,
          420,
        ),
      );
    }
  }

  // The same in every theme and width, with a picture of each.
  async everyWay(page, name, { focus = true } = {}) {
    const shot = name.replaceAll(' ', '-');
    await this.inspect(page, name, { focus });
    for (const theme of ['dark', 'contrast']) {
      await page.evaluate(to => {
        document.documentElement.dataset.theme = to;
      }, theme);
      await this.inspect(page, `${name}, ${theme}`, { axeRules: ['color-contrast'], focus });
      await this.shoot(page, `${shot}-${theme}`);
    }
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'light';
    });
    // 320 × 256 is a screen of 1280 × 1024 at 400 %.
    for (const [width, height] of [
      [320, 256],
      [320, 640],
    ]) {
      await page.setViewportSize({ width, height });
      await this.inspect(page, `${name} at ${width} × ${height}`, { axeRules: null, focus });
    }
    await this.shoot(page, `${shot}-320`, true);
    await page.setViewportSize({ width: 1280, height: 900 });
    await this.shoot(page, `${shot}-1280`);
  }

  // Milliseconds that the main thread works from opening the file until a question, begun at once, is painted; the best
  // of six.
  async timeToFirstQuestion(file, trials = 6) {
    const times = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const context = await this.browser.newContext({ viewport: { width: 390, height: 844 }, offline: true });
      await context.addInitScript(() => {
        new MutationObserver((_, observer) => {
          const start = document.querySelector('.entrance.primary');
          if (!start) return;
          observer.disconnect();
          start.click();
          requestAnimationFrame(() =>
            requestAnimationFrame(() => {
              globalThis.painted = true;
            }),
          );
        }).observe(document, { childList: true, subtree: true });
      });
      const page = await context.newPage(),
        session = await context.newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const worked = async () =>
        (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
      const before = await worked();
      await page.goto(pathToFileURL(path.resolve(file)).href);
      await page.waitForFunction(() => globalThis.painted);
      times.push((await worked()) - before);
      await context.close();
    }
    return Math.min(...times);
  }

  async shoot(page, name, fullPage = false) {
    if (this.shots) await page.screenshot({ path: path.join(this.shots, `${name}.png`), fullPage });
  }
}

// Whether something comes to stand on the page: what the page does by itself, on a new width of the window, takes its time.
export const appears = (page, selector) =>
  page.waitForSelector(selector, { timeout: 10_000 }).then(
    () => true,
    () => false,
  );

// The scripts inflate their data first, so the page stands a while after the browser calls it loaded.
const opened = page => page.waitForSelector('main');

export async function reopen(page) {
  await page.reload();
  await opened(page);
}

// Puts a round with these questions into the page, as if it had been begun, and goes to its first question.
export async function beginWith(page, quiz, ids, settings = {}) {
  await reopen(page);
  const build = await page.evaluate(() => {
    // Any round begun tells the build, which a kept round must name.
    document.querySelector('.entrance:last-of-type').click();
    return Object.keys(localStorage)
      .filter(key => key.startsWith('pilcrow-study:'))
      .map(key => JSON.parse(localStorage.getItem(key)).round?.build)[0];
  });
  await page.evaluate(
    ([key, kept]) => localStorage.setItem(key, JSON.stringify(kept)),
    [
      `pilcrow-study:${quiz.id}`,
      {
        version: 1,
        cards: {},
        settings,
        round: begin(ids, 7, build),
      },
    ],
  );
  await reopen(page);
  await page.click('.entrance.primary');
}

export const keptOf = (page, quiz) =>
  page.evaluate(key => JSON.parse(localStorage.getItem(key)), `pilcrow-study:${quiz.id}`);

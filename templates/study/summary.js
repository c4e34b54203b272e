// The end of a round: how it went by section and by skill, as a chart and as a table, and what to read again.
import { WORDS } from './words.js';
import { STATES, outcomes, tally, toReadAgain } from './session.js';
import { block, button, el, focusOn, freshId, plainText, svg } from './dom.js';
import { SIGNS } from './reasons.js';
import { paragraphLink } from './feedback.js';

const SCORED = ['first', 'hint', 'retry', 'missed'];
const STATE_SIGNS = {
  first: SIGNS.right,
  hint: SIGNS.right,
  retry: SIGNS.right,
  missed: SIGNS.wrong,
  checked: SIGNS.missed,
};
const WIDTH = 300,
  HEIGHT = 14;

// A bar of one row. Its parts differ in pattern too; the table under it has the numbers.
function barOf(row, most, patterns) {
  const chart = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: 'bar-chart',
    'aria-hidden': 'true',
    focusable: 'false',
    preserveAspectRatio: 'none',
  });
  let x = 0;
  for (const state of STATES) {
    const width = (WIDTH * row[state]) / most;
    if (width === 0) continue;
    chart.append(svg('rect', { x, y: 0, width, height: HEIGHT, class: `part-${state}` }));
    if (patterns[state])
      chart.append(svg('rect', { x, y: 0, width, height: HEIGHT, fill: `url(#${patterns[state]})` }));
    x += width;
  }
  return chart;
}

// Stripes for 'with a hint', dots for 'after a retry'; drawn once a page.
function patternDefinitions() {
  const ids = { hint: freshId('stripes'), retry: freshId('dots') };
  const node = svg(
    'svg',
    { width: 0, height: 0, class: 'patterns', 'aria-hidden': 'true', focusable: 'false' },
    svg(
      'defs',
      {},
      svg(
        'pattern',
        { id: ids.hint, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('rect', { width: 2, height: 5, class: 'pattern-ink' }),
      ),
      svg(
        'pattern',
        { id: ids.retry, width: 5, height: 5, patternUnits: 'userSpaceOnUse' },
        svg('circle', { cx: 2.5, cy: 2.5, r: 1.3, class: 'pattern-ink' }),
      ),
    ),
  );
  return { ids, node };
}

function legendOf(states, patterns) {
  return el(
    'ul',
    { class: 'legend' },
    states.map(state =>
      el(
        'li',
        null,
        svg(
          'svg',
          { viewBox: '0 0 14 14', width: 14, height: 14, 'aria-hidden': 'true', focusable: 'false' },
          svg('rect', { width: 14, height: 14, class: `part-${state}` }),
          ...(patterns[state] ? [svg('rect', { width: 14, height: 14, fill: `url(#${patterns[state]})` })] : []),
        ),
        ' ',
        WORDS.states[state],
      ),
    ),
  );
}

function tableOf(caption, rows, nameOf, states) {
  return el(
    'div',
    { class: 'table-frame' },
    el(
      'table',
      null,
      el('caption', { class: 'spoken' }, caption),
      el(
        'thead',
        null,
        el(
          'tr',
          null,
          el('td'),
          states.map(state => el('th', { scope: 'col' }, WORDS.states[state])),
          el('th', { scope: 'col' }, WORDS.total),
        ),
      ),
      el(
        'tbody',
        null,
        rows.map(row =>
          el(
            'tr',
            null,
            el('th', { scope: 'row', dir: 'auto' }, nameOf(row.key)),
            states.map(state => el('td', { 'data-label': WORDS.states[state] }, String(row[state]))),
            el('td', { 'data-label': WORDS.total }, String(row.total)),
          ),
        ),
      ),
    ),
  );
}

export class SummaryScreen {
  constructor(app) {
    this.app = app;
    this.results = outcomes(app.progress.round, app.itemOf);
    this.build();
  }

  build() {
    const { app, results } = this;
    const scored = results.filter(({ state }) => state !== 'checked');
    const first = scored.filter(({ state }) => state === 'first').length;
    const states = results.length > scored.length ? STATES : SCORED;
    const patterns = patternDefinitions();
    this.missed = results.filter(({ state }) => state === 'missed' || state === 'retry').map(({ id }) => id);
    this.heading = el('h1', { tabindex: '-1' }, WORDS.summaryTitle);
    this.node = el(
      'div',
      { class: 'summary' },
      el('p', { class: 'kicker' }, app.quiz.title),
      this.heading,
      el(
        'p',
        { class: 'lead' },
        scored.length > 0
          ? WORDS.summaryLine(first, scored.length)
          : results.length > 0
            ? WORDS.states.checked
            : WORDS.summaryNone,
      ),
      this.readAgain(),
      el(
        'div',
        { class: 'actions' },
        button(WORDS.another, () => app.another(), { class: 'primary' }),
        this.missed.length > 0 ? button(WORDS.againMissed(this.missed.length), () => app.beginWith(this.missed)) : null,
        button(WORDS.home, () => app.go('start'), { class: 'quiet' }),
        button(WORDS.print, () => this.print(), { class: 'quiet' }),
      ),
      patterns.node,
      results.length > 0
        ? [
            this.breakdown(WORDS.bySection, this.sectionRows(), states, patterns.ids),
            this.breakdown(WORDS.bySkill, this.skillRows(), states, patterns.ids),
            this.questions(),
          ]
        : null,
      el('p', { class: 'small' }, WORDS.noName, ' ', WORDS.comeBack),
    );
  }

  readAgain() {
    const places = toReadAgain(this.results, this.app.itemOf);
    if (this.results.length === 0) return null;
    if (places.every(({ paragraphs }) => paragraphs.length === 0))
      return el('p', { class: 'read-again' }, WORDS.nothingToRead);
    const several = this.app.quiz.sources.length > 1;
    return el(
      'div',
      { class: 'read-again' },
      el('h2', null, WORDS.readAgain),
      places.map(({ source, paragraphs }) =>
        el(
          'p',
          null,
          several ? el('span', { class: 'small' }, plainText(this.app.quiz.sources[source].title), ' ') : null,
          paragraphs.map((p, at) => {
            const comma = at < paragraphs.length - 1 ? ',' : null;
            return [el('span', { class: 'nowrap' }, paragraphLink(this.app, source)(`¶${p}`, p), comma), ' '];
          }),
        ),
      ),
    );
  }

  sectionRows() {
    const { sources } = this.app.quiz;
    const names = new Map();
    sources.forEach((source, index) => {
      for (const { id, title } of source.sections) names.set(`${index}/${id}`, `${id} · ${plainText(title)}`);
      names.set(`${index}/`, sources.length > 1 ? plainText(source.title) : WORDS.noSection(source.genre));
    });
    const rows = tally(this.results, this.app.itemOf, [...names.keys()], ({ source, section }) => [
      `${source}/${section}`,
    ]);
    return { rows, nameOf: key => names.get(key) };
  }

  skillRows() {
    const labels = new Map(this.app.quiz.skills.map(({ id, label }) => [id, label]));
    const rows = tally(this.results, this.app.itemOf, [...labels.keys()], ({ skills }) => skills);
    return { rows, nameOf: key => labels.get(key) };
  }

  breakdown(title, { rows, nameOf }, states, patterns) {
    if (rows.length === 0) return null;
    const most = Math.max(...rows.map(({ total }) => total));
    return el(
      'section',
      { class: 'card breakdown' },
      el('h2', null, title),
      el(
        'div',
        { class: 'chart', role: 'img', 'aria-label': WORDS.chart },
        rows.map(row =>
          el(
            'div',
            { class: 'chart-row' },
            el('span', { class: 'chart-name', dir: 'auto' }, nameOf(row.key)),
            barOf(row, most, patterns),
          ),
        ),
      ),
      legendOf(states, patterns),
      tableOf(title, rows, nameOf, states),
    );
  }

  questions() {
    return el(
      'details',
      { class: 'card each' },
      el('summary', null, WORDS.list),
      el(
        'ol',
        null,
        this.results.map(({ id, state }) =>
          el(
            'li',
            null,
            block('span', null, this.app.itemOf(id).stem),
            ' ',
            el(
              'span',
              { class: `tag ${state === 'missed' ? 'wrong' : 'right'}` },
              el('span', { class: 'sign', 'aria-hidden': 'true' }, STATE_SIGNS[state]),
              ' ',
              WORDS.states[state],
            ),
          ),
        ),
      ),
    );
  }

  // What is folded away would not be printed.
  print() {
    for (const details of this.node.querySelectorAll('details')) details.open = true;
    globalThis.print();
  }

  shown() {
    this.app.letter.leave();
    this.app.bar.progress(null);
    focusOn(this.heading);
    scrollTo(0, 0);
  }

  key() {
    return false;
  }
}

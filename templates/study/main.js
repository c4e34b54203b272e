// Starts the page: reads the quiz, keeps the parts together, and turns keys into actions.
import { WORDS } from './words.js';
import { readQuiz } from './island.js';
import { Progress, today } from './progress.js';
import { begin, choose, fitting, mended } from './session.js';
import { button, el } from './dom.js';
import { LetterPane } from './letter.js';
import { AskScreen } from './ask.js';
import { StartScreen } from './start.js';
import { SummaryScreen } from './summary.js';
import { applySettings, openHelp, openSettings } from './settings.js';
import { listParts } from './print.js';
import { stopSpeaking } from './speech.js';
import { chanceOf, hashOf, shuffled } from './rules.js';

const SCREENS = { start: StartScreen, ask: AskScreen, summary: SummaryScreen };

// The bar on top: home, where one is in the round, the text, settings, help.
class TopBar {
  constructor(app) {
    this.title = app.quiz.title;
    this.home = button(WORDS.home, () => app.go('start'), { class: 'quiet home' });
    this.words = el('span', { class: 'bar-words' });
    this.meter = el('span', { class: 'bar-meter', 'aria-hidden': 'true' }, el('span', { class: 'bar-done' }));
    this.toggle = app.letter.available ? app.letter.toggleButton() : null;
    this.node = el(
      'header',
      { class: 'bar', 'data-under-sheet': true },
      el('a', { class: 'skip', href: '#main' }, WORDS.skip),
      this.home,
      el('p', { class: 'bar-progress' }, this.words, this.meter),
      el(
        'div',
        { class: 'bar-tools' },
        this.toggle,
        button(WORDS.settings, () => openSettings(app), { class: 'quiet' }),
        button('?', () => openHelp(), { class: 'quiet round', 'aria-label': WORDS.help }),
      ),
    );
  }

  // Words, and how much of the round is behind; null hides both.
  progress(words, done = 0, of = 1) {
    this.words.textContent = words ?? '';
    document.title = words === null ? this.title : `${words} · ${this.title}`;
    this.node.classList.toggle('idle', words === null);
    this.home.hidden = words === null;
    if (this.toggle) this.toggle.hidden = words === null;
    this.meter.firstChild.style.setProperty('inline-size', `${(100 * done) / of}%`);
  }
}

class App {
  // `build` tells builds of one quiz apart.
  constructor(quiz, build) {
    this.quiz = quiz;
    this.build = build;
    const items = new Map(quiz.items.map(item => [item.id, item]));
    this.itemOf = id => items.get(id);
    this.progress = new Progress(quiz.id, () => globalThis.localStorage);
    this.progress.kept.round = mended(this.progress.round, id => items.has(id), build);
    applySettings(this.progress.settings);
    this.letter = new LetterPane(quiz);
    this.bar = new TopBar(this);
    this.main = el('main', { id: 'main', tabindex: '-1', 'data-under-sheet': true });
    document
      .getElementById('app')
      .replaceChildren(
        this.bar.node,
        el('div', { class: 'desk' }, this.main, this.letter.node),
        el('div', { id: 'status', class: 'spoken', role: 'status', 'aria-live': 'polite' }),
      );
    document.addEventListener('keydown', event => this.keyDown(event));
    this.go('start', true);
  }

  today() {
    return today();
  }

  sectionOf(item) {
    return this.quiz.sources[item.source].sections.find(({ id }) => id === item.section);
  }

  go(name, first = false) {
    stopSpeaking();
    this.name = name;
    this.screen = new SCREENS[name](this);
    this.main.replaceChildren(this.screen.node);
    this.main.className = name;
    this.screen.shown(first);
  }

  // ── Rounds ──

  seed() {
    return Math.floor(Math.random() * 4294967296);
  }

  // How many questions a round has, as chosen last; null for all.
  get length() {
    const chosen = this.progress.settings.wish?.length ?? this.quiz.length ?? 'all';
    return chosen === 'all' ? null : Number(chosen);
  }

  // Of what fits the wish; of all where that is used up.
  begin(wish, length) {
    const seed = this.seed();
    const fit = fitting(this.quiz.items, this.progress.cards, this.today(), wish);
    const items = fit.length > 0 ? fit : this.quiz.items;
    this.beginWith(choose(items, this.progress.cards, this.today(), length, seed), seed, wish);
  }

  another() {
    this.begin(this.progress.round.wish ?? {}, this.length);
  }

  surprise(length) {
    const seed = this.seed();
    const ids = shuffled(this.quiz.items, chanceOf(seed))
      .slice(0, length ?? this.quiz.items.length)
      .map(({ id }) => id);
    this.beginWith(ids, seed);
  }

  beginWith(ids, seed = this.seed(), wish = {}) {
    this.progress.keepRound({ ...begin(ids, seed, this.build), wish });
    this.go('ask');
  }

  cleared() {
    if (this.name === 'start') this.redrawStart();
    else this.go('start');
  }

  // The screen behind a dialog, whose focus must not move.
  redrawStart() {
    if (this.name !== 'start') return;
    this.screen = new StartScreen(this);
    this.main.replaceChildren(this.screen.node);
  }

  // ── Keys ──

  keyDown(event) {
    if (event.key === 'Escape' && this.letter.isSheet) {
      this.letter.closeSheet();
      return;
    }
    if (
      event.defaultPrevented ||
      event.repeat ||
      event.isComposing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector('dialog[open]')
    )
      return;
    if (document.documentElement.dataset.keys === 'off') return;
    const { target } = event,
      key = event.key.toLowerCase();
    const types = target.matches('input[type="text"], textarea, select');
    // Enter checks from a text field too, as in any form; on a control it does what that control does.
    if (key === 'enter' ? target.matches('button, a, summary, textarea, select') : types) return;
    if (this.letter.isSheet && key !== 'l' && key !== '?') return;
    if (key === '?') openHelp();
    else if (key === 'l' && this.letter.available) this.letter.toggle();
    else if (!this.screen.key(key)) return;
    event.preventDefault();
  }
}

// What cannot be read as a quiz can still be read as a list.
try {
  const island = document.getElementById('quiz').textContent;
  new App(await readQuiz(island), hashOf(`${island.length}${island.slice(-400)}`));
} catch (error) {
  const parts = [el('p', { class: 'opening' }, WORDS.tooOld), ...listParts()];
  document.getElementById('app').replaceChildren(el('main', null, parts));
  throw error;
}

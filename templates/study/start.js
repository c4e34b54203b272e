// The first screen: one tap leads to the first question; what to practise can be chosen below.
import { WORDS } from './words.js';
import { firstPass, fitting, isOver } from './session.js';
import { isDue } from './rules.js';
import { block, button, el, focusOn, hasWords, plainText, segmented, selectOf } from './dom.js';
import { openCode } from './settings.js';
import { printList } from './print.js';

const LENGTHS = [
  ['5', '5'],
  ['10', '10'],
  ['20', '20'],
  ['all', WORDS.all],
];

export class StartScreen {
  constructor(app) {
    this.app = app;
    const { quiz, progress } = app;
    // What was chosen last time stands again, if it is still there.
    const wish = progress.settings.wish ?? {};
    this.wish = {
      source: quiz.sources.length > 1 && quiz.sources[wish.source] ? wish.source : undefined,
      section: '',
      skill: quiz.skills.some(({ id }) => id === wish.skill) ? wish.skill : '',
      length: ['5', '10', '20', 'all'].includes(wish.length) ? wish.length : String(quiz.length ?? 'all'),
    };
    if (this.sectionChoices().some(([value]) => value === wish.section)) this.wish.section = wish.section;
    this.build();
  }

  get count() {
    return this.wish.length === 'all' ? null : Number(this.wish.length);
  }

  build() {
    const { app } = this,
      { quiz, progress } = app;
    const due = quiz.items.filter(item => isDue(progress.cards[item.id], app.today())).length;
    const source = quiz.sources[0];
    this.heading = el('h1', { tabindex: '-1', dir: 'auto' }, quiz.title);
    this.dueLine = el('div');
    this.chooser = el('section', { class: 'card chooser', 'aria-labelledby': 'choose-title' });
    this.node = el(
      'div',
      { class: 'start' },
      el('p', { class: 'kicker' }, WORDS.kicker),
      this.heading,
      quiz.sources.length === 1 && hasWords(source.about) ? block('p', { class: 'about' }, source.about) : null,
      el('div', { class: 'entrances' }, this.entrances(due)),
      el('p', { class: 'promise' }, WORDS.notAGrade),
      progress.lasting ? null : el('p', { class: 'promise notice' }, WORDS.notKept),
      this.chooser,
      this.progressPart(due),
      this.morePart(),
    );
    this.drawChooser();
  }

  entrances(due) {
    const { app } = this,
      { round } = app.progress,
      { items } = app.quiz;
    const parts = [];
    const open = round && !isOver(round);
    if (open) {
      const first = firstPass(round);
      parts.push(
        this.entrance(
          WORDS.resume,
          round.at < first ? WORDS.resumeNote(round.at + 1, first) : WORDS.resumeAgainNote,
          () => app.go('ask'),
          true,
        ),
      );
    }
    const length = this.count === null ? items.length : Math.min(this.count, items.length);
    parts.push(
      this.entrance(
        open ? WORDS.startNew : WORDS.start,
        due > 0 ? WORDS.startDueNote(length) : WORDS.startNote(length),
        () => app.begin({}, this.count),
        !open,
      ),
    );
    if (due > 0)
      parts.push(
        this.entrance(WORDS.due, WORDS.dueNote(due, Math.min(this.count ?? due, due)), () =>
          app.begin({ due: true }, this.count),
        ),
      );
    parts.push(this.entrance(WORDS.surprise, WORDS.surpriseNote, () => app.surprise(this.count)));
    return parts;
  }

  entrance(words, note, onclick, main = false) {
    return el(
      'button',
      { type: 'button', class: main ? 'entrance primary' : 'entrance', onclick },
      el('span', { class: 'entrance-words' }, words),
      ' ',
      el('span', { class: 'entrance-note' }, note),
    );
  }

  // ── What to practise ──

  sectionChoices() {
    const { sources } = this.app.quiz;
    const shown = sources.length === 1 ? sources : this.wish.source === undefined ? [] : [sources[this.wish.source]];
    return shown.flatMap(source => {
      const index = sources.indexOf(source);
      const used = new Set(this.app.quiz.items.filter(item => item.source === index).map(({ section }) => section));
      const named = source.sections
        .filter(({ id }) => used.has(id))
        .map(({ id, title }) => [id, `${id} · ${plainText(title)}`]);
      return used.has('') && named.length > 0 ? [...named, ['*', WORDS.wholeLetter(source.genre)]] : named;
    });
  }

  drawChooser(focus) {
    const { app, wish } = this,
      { quiz } = app;
    const change = (key, value) => {
      this.wish = { ...wish, [key]: value };
      if (key === 'source') this.wish.section = '';
      app.progress.keepSettings({ ...app.progress.settings, wish: this.wish });
      this.drawChooser(key);
    };
    const fit = fitting(quiz.items, app.progress.cards, app.today(), this.wanted());
    const due = fit.filter(item => isDue(app.progress.cards[item.id], app.today())).length;
    const sections = this.sectionChoices();
    this.chooser.replaceChildren(
      el('h2', { id: 'choose-title' }, WORDS.chooseTitle),
      el(
        'div',
        { class: 'fields' },
        quiz.sources.length > 1
          ? selectOf(
              WORDS.source,
              [['', WORDS.allSources], ...quiz.sources.map(({ title }, index) => [String(index), plainText(title)])],
              wish.source === undefined ? '' : String(wish.source),
              value => change('source', value === '' ? undefined : Number(value)),
            )
          : null,
        sections.length > 1
          ? selectOf(WORDS.section, [['', WORDS.allSections], ...sections], wish.section, value =>
              change('section', value),
            )
          : null,
        quiz.skills.length > 1
          ? selectOf(
              WORDS.skill,
              [['', WORDS.allSkills], ...quiz.skills.map(({ id, label }) => [id, label])],
              wish.skill,
              value => change('skill', value),
            )
          : null,
        segmented(WORDS.length, LENGTHS, wish.length, value => change('length', value)),
      ),
      el(
        'p',
        { class: 'fits small' },
        fit.length === 0 ? WORDS.nothingFits : due > 0 ? WORDS.fitsDue(fit.length, due) : WORDS.fits(fit.length),
      ),
      el(
        'p',
        { class: 'actions' },
        button(WORDS.go, () => app.begin(this.wanted(), this.count), { class: 'primary', disabled: fit.length === 0 }),
      ),
    );
    if (focus === 'length') {
      this.node
        .querySelector('.entrances')
        .replaceChildren(
          ...this.entrances(quiz.items.filter(item => isDue(app.progress.cards[item.id], app.today())).length),
        );
      this.chooser.querySelector('input:checked').focus();
    } else if (focus) {
      const label = { source: WORDS.source, section: WORDS.section, skill: WORDS.skill }[focus];
      [...this.chooser.querySelectorAll('.field')]
        .find(field => field.firstChild.textContent === label)
        ?.querySelector('select')
        .focus();
    }
  }

  wanted() {
    const { source, section, skill } = this.wish;
    return { source, section: section === '*' ? '' : section || undefined, skill: skill || undefined };
  }

  // ── Progress ──

  progressPart(due) {
    const { cards } = this.app.progress,
      { items } = this.app.quiz;
    const counts = [0, 0, 0, 0, 0, 0];
    items.forEach(({ id }) => {
      counts[cards[id]?.box ?? 0] += 1;
    });
    const seen = items.length - counts[0];
    return el(
      'section',
      { class: 'card progress-card', 'aria-labelledby': 'progress-title' },
      el('h2', { id: 'progress-title' }, WORDS.progressTitle),
      el(
        'p',
        { class: 'small' },
        WORDS.progressLine(seen, items.length),
        '. ',
        seen > 0 && due === 0 ? `${WORDS.noneDue} ` : null,
        WORDS.stays,
      ),
      el(
        'ul',
        { class: 'boxes' },
        counts.map((count, box) =>
          el(
            'li',
            { class: `box-${box}` },
            el('meter', { min: '0', max: String(items.length), value: String(count), 'aria-hidden': 'true' }),
            el('span', { class: 'box-name' }, WORDS.boxes[box]),
            ' ',
            el('span', { class: 'box-count' }, String(count)),
          ),
        ),
      ),
      el(
        'p',
        { class: 'actions' },
        button(WORDS.codeTitle, () => openCode(this.app), { class: 'quiet' }),
      ),
    );
  }

  morePart() {
    const { app } = this,
      { quiz } = app;
    return el(
      'section',
      { class: 'more', 'aria-labelledby': 'more-title' },
      el('h2', { id: 'more-title', class: 'spoken' }, WORDS.moreTitle),
      app.letter.available
        ? quiz.sources.map((source, index) =>
            button(
              quiz.sources.length > 1
                ? `${WORDS.readFirst(source.genre)}: ${plainText(source.title)}`
                : WORDS.readFirst(source.genre),
              () => app.letter.goTo(index, source.paragraphs[0]?.n),
              { class: 'quiet' },
            ),
          )
        : null,
      button(WORDS.printQuestions, () => printList(false), { class: 'quiet' }),
      button(WORDS.printAnswers, () => printList(true), { class: 'quiet' }),
    );
  }

  shown(first) {
    this.app.letter.leave();
    this.app.bar.progress(null);
    if (first) return;
    focusOn(this.heading);
    scrollTo(0, 0);
  }

  key(key) {
    if (key !== 'enter') return false;
    this.node.querySelector('.entrance.primary').click();
    return true;
  }
}

// The screen of one question: what is asked, hints, the check with sure or not sure, and the feedback under it.
import { WORDS } from './words.js';
import {
  advanced,
  answered,
  arrangementOf,
  asked,
  chanceAt,
  firstPass,
  isOver,
  outcomeOf,
  withHint,
} from './session.js';
import { announce, block, button, el, focusOn, hasWords, plainText, spokenText, textNodes } from './dom.js';
import { listenButton } from './speech.js';
import { choiceForm, pairedForm, statementForm, trueFalseForm } from './choices.js';
import { attributionForm, matchingForm, orderingForm } from './lists.js';
import { clozeForm, findingForm, ideasForm, numericForm } from './texts.js';
import { feedbackPanel, nextWords, paragraphLink } from './feedback.js';

const FORMS = {
  choice: choiceForm,
  true_false: trueFalseForm,
  statement: statementForm,
  matching: matchingForm,
  attribution: attributionForm,
  ordering: orderingForm,
  cloze: clozeForm,
  numeric: numericForm,
  paired: pairedForm,
  finding: findingForm,
  ideas: ideasForm,
};

export function figureOf({ src, alt, caption, credit, width, height }) {
  const note = [
    hasWords(caption) ? textNodes(caption) : null,
    hasWords(credit) ? [' ', el('span', { class: 'credit' }, textNodes(credit))] : null,
  ];
  return el(
    'figure',
    null,
    el('img', { src, alt, width: width ?? null, height: height ?? null }),
    note.some(Boolean) ? el('figcaption', null, note) : null,
  );
}

function stimulusOf(app, item, reference) {
  const stimulus = app.quiz.sources[item.source].stimuli[item.stimulus];
  if (!stimulus) return null;
  return el(
    'section',
    { class: 'stimulus' },
    hasWords(stimulus.title) ? block('p', { class: 'stimulus-title' }, stimulus.title) : null,
    hasWords(stimulus.intro) ? block('p', { class: 'small' }, stimulus.intro, reference) : null,
    stimulus.passages.map(passage =>
      passage.figure
        ? figureOf(passage.figure)
        : el(
            'blockquote',
            { dir: 'auto' },
            el('p', null, textNodes(passage.text, reference)),
            passage.p ? el('footer', null, reference(`¶${passage.p}`, passage.p)) : null,
            passage.credit && hasWords(passage.credit) ? el('footer', null, textNodes(passage.credit)) : null,
          ),
    ),
  );
}

// What a voice reads: the question and what can be chosen, never the key.
function spokenQuestion(item, arrangement) {
  const { task } = item;
  const lists = [
    (arrangement.options ?? []).map(index => task.options[index]),
    (arrangement.answers ?? []).map(index => task.answers[index]),
    (arrangement.premises ?? []).map(index => task.premises[index]),
    (arrangement.statements ?? []).map(index => task.statements[index]),
    (arrangement.elements ?? []).map(index => task.elements[index]),
  ].flat();
  const passage = (task.passage ?? [])
    .map(piece =>
      piece.blank === undefined ? spokenText(piece) : ` ${WORDS.blank(piece.blank + 1, task.blanks.length)} `,
    )
    .join('');
  return [spokenText(item.stem), passage, ...lists.map(({ text }) => spokenText(text))];
}

export class AskScreen {
  constructor(app) {
    this.app = app;
    this.item = app.itemOf(asked(this.round).id);
    this.arrangement = arrangementOf(this.round, this.item.task);
    this.reference = paragraphLink(app, this.item.source);
    this.form = FORMS[this.item.task.type](this.item, this.arrangement, {
      reference: this.reference,
      onchange: () => this.unwarn(),
      genre: app.quiz.sources[this.item.source].genre,
      source: app.quiz.sources[this.item.source],
    });
    this.build();
  }

  get round() {
    return this.app.progress.round;
  }

  build() {
    const { app, item } = this;
    const figure = item.figure ? figureOf(item.figure) : null;
    this.heading = block('h1', { class: 'stem', tabindex: '-1' }, item.stem);
    this.hintList = el('ol', { class: 'hints' });
    this.warning = el('p', { class: 'warning' });
    this.feedback = el('div', { class: 'feedback-place' });
    this.hintButton = button(WORDS.hint, () => this.hint(), { class: 'quiet hint' });
    this.checks = el('div', { class: 'actions check' });
    const section = app.sectionOf(item);
    this.node = el(
      'article',
      { class: 'question' },
      el(
        'p',
        { class: 'kicker' },
        WORDS.kinds[item.kind] ?? '',
        section ? el('span', { class: 'kicker-section' }, ` · ${plainText(section.title)}`) : null,
      ),
      item.stimulus === undefined ? null : stimulusOf(app, item, this.reference),
      figure,
      this.heading,
      el(
        'div',
        { class: 'question-tools' },
        listenButton(app.quiz.lang, () => spokenQuestion(item, this.arrangement)),
      ),
      this.form.node,
      this.hintList,
      this.feedback,
      this.warning,
      this.checks,
    );
    this.drawChecks();
    for (let step = 1; step <= this.round.hints; step += 1) this.drawHint(step);
    if (this.round.struck !== null && this.round.struck !== undefined) this.form.strike(this.round.struck);
    if (this.round.given) {
      this.form.restore(this.round.given.answer);
      this.showFeedback(outcomeOf(item, this.round.given.answer, this.round.hints));
    }
  }

  shown() {
    const { app, item } = this;
    const answeredAlready = Boolean(this.round.given);
    app.letter.show(item.source, {
      hide: Boolean(item.hide) && !answeredAlready,
      without: answeredAlready ? null : (item.task.word ?? null),
      pick: answeredAlready ? null : (this.form.pickPlace ?? null),
    });
    if (this.panel) app.letter.highlight(this.panel.places);
    const { queue, at } = this.round,
      first = firstPass(this.round);
    const where = queue[at].again ? WORDS.atAgain(at - first + 1, queue.length - first) : WORDS.at(at + 1, first);
    app.bar.progress(where, at, queue.length);
    focusOn(this.heading);
    scrollTo(0, 0);
    announce(where);
  }

  // ── Hints ──

  get hintSteps() {
    return this.item.hints.length + (this.canStrike ? 1 : 0);
  }
  get canStrike() {
    return Boolean(this.form.strike) && (this.form.strikeable().length > 0 || this.round.struck !== null);
  }

  hint() {
    if (this.round.given || this.round.hints >= this.hintSteps) return;
    const step = this.round.hints + 1;
    let struck = this.round.struck;
    if (step > this.item.hints.length) {
      const candidates = this.form.strikeable();
      if (candidates.length === 0) return;
      struck = candidates[Math.floor(chanceAt(this.round)() * candidates.length)];
      this.form.strike(struck);
    }
    this.app.progress.keepRound(withHint(this.round, struck));
    this.drawHint(step);
    announce(step > this.item.hints.length ? WORDS.struck : spokenText(this.item.hints[step - 1]));
  }

  drawHint(step) {
    const words = this.item.hints[step - 1];
    this.hintList.append(words ? block('li', null, words, this.reference) : el('li', null, WORDS.struck));
    this.nameHintButton();
  }

  nameHintButton() {
    const steps = this.hintSteps,
      taken = this.round.hints;
    this.hintButton.hidden = steps === 0;
    this.hintButton.textContent = taken < steps ? WORDS.hintNext(taken + 1, steps) : WORDS.noMoreHints;
    this.hintButton.setAttribute('aria-disabled', String(taken >= steps));
  }

  // ── Checking ──

  drawChecks() {
    this.nameHintButton();
    if (this.form.selfChecked) {
      const open = this.compared;
      this.checks.replaceChildren(
        this.hintButton,
        button(open ? WORDS.doneComparing : WORDS.compare, () => this.check(true), { class: 'primary' }),
      );
      return;
    }
    this.checks.replaceChildren(
      this.hintButton,
      el(
        'div',
        { class: 'confidence', role: 'group', 'aria-label': WORDS.howSure },
        button(WORDS.unsure, () => this.check(false), { class: 'unsure' }),
        button(WORDS.sure, () => this.check(true), { class: 'primary sure' }),
      ),
      el('p', { class: 'small how-sure', 'aria-hidden': 'true' }, WORDS.howSure),
    );
  }

  unwarn() {
    this.warning.textContent = '';
  }

  check(sure) {
    if (this.round.given) return;
    const lack = this.form.lack();
    if (lack && !(lack.soft && this.warning.textContent === lack.words)) {
      this.warning.textContent = lack.words;
      announce(lack.words);
      this.warning.scrollIntoView({ block: 'nearest' });
      return;
    }
    this.unwarn();
    const target = this.form.more?.();
    if (target) {
      this.compared = true;
      this.drawChecks();
      const legend = target.closest('fieldset').querySelector('legend');
      target.focus();
      legend.scrollIntoView({ block: 'nearest' });
      announce(legend.textContent);
      return;
    }
    // A list to check oneself by asks nobody whether he is sure.
    this.take(this.form.answer(), sure && !this.form.selfChecked);
  }

  take(answer, sure) {
    const { app, item } = this;
    const taken = answered(this.round, item, answer, sure, app.progress.cards[item.id], app.today());
    app.progress.keepCard(item.id, taken.card);
    app.progress.keepRound(taken.round);
    this.showFeedback(taken.result);
    app.letter.show(item.source, {});
    app.letter.highlight(this.panel.places);
    focusOn(this.panel.focus);
    const { top } = this.panel.focus.getBoundingClientRect();
    if (top < 0 || top > innerHeight * 0.6) this.panel.focus.scrollIntoView({ block: 'center' });
    if (this.panel.remarks.length > 0) announce(this.panel.remarks.join(' '));
  }

  showFeedback(result) {
    const { queue, at, given, hints } = this.round,
      { again } = queue[at];
    this.form.reveal(given.answer);
    this.checks.replaceChildren(button(nextWords(this.round), () => this.next(), { class: 'primary next' }));
    this.hintList.hidden = true;
    this.panel = feedbackPanel(
      this.app,
      this.item,
      { ...result, hints },
      { sure: given.sure, again, comesAgain: queue.slice(at + 1).some(({ id }) => id === this.item.id) },
    );
    this.feedback.replaceChildren(this.panel.node);
  }

  next() {
    if (!this.round.given) return;
    this.app.progress.keepRound(advanced(this.round));
    this.app.go(isOver(this.round) ? 'summary' : 'ask');
  }

  // ── Keys ──

  key(key) {
    if (key === 'h') this.hint();
    else if (key === 'r') this.node.querySelector('.listen')?.click();
    else if (this.round.given) {
      if (key === 'enter' || key === 's') this.next();
      else return false;
    } else if (key === 's' || key === 'enter') this.check(true);
    else if (key === 'n') this.check(false);
    else if (/^[1-9]$/.test(key)) this.form.pick(Number(key) - 1);
    else if (/^[a-i]$/.test(key)) this.form.pick(key.charCodeAt(0) - 97);
    else return false;
    return true;
  }
}

// Questions answered by choosing: one or several of a list, true or false, supported or not, an answer and its
// evidence.
//
// Every form of a question has: node; answer(); lack() – what is missing, { words, soft }, or null; pick(n) for the
// number keys; reveal(answer), which marks right and wrong in place; and, where they make sense, strikeable(),
// strike(index), more().
import { WORDS } from './words.js';
import { announce, block, el, freshId, hasWords, paragraphMark, plainText, textNodes } from './dom.js';
import { SIGNS, foldedReasons, reason, tag } from './reasons.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

// A list to choose from. `order` has the indices of `options` as they are shown.
export class OptionList {
  constructor({ legend, options, order, choose = 1, letters = true, onchange = () => {}, quoted = false }) {
    Object.assign(this, { options, order, choose, onchange });
    const name = freshId('option'),
      type = choose > 1 ? 'checkbox' : 'radio';
    this.inputs = new Map();
    this.rows = new Map();
    this.struck = new Set();
    for (const [at, index] of order.entries()) {
      const input = el('input', { type, name, value: index, onchange: event => this.changed(event) });
      const row = el(
        'div',
        { class: quoted ? 'option quoted' : 'option' },
        el(
          'label',
          null,
          input,
          letters ? el('span', { class: 'option-letter', 'aria-hidden': 'true' }, LETTERS[at]) : null,
          el(
            'span',
            { class: 'option-text' },
            block('span', null, options[index].text),
            options[index].note ? el('span', { class: 'option-note' }, ' ', options[index].note) : null,
          ),
        ),
      );
      this.inputs.set(index, input);
      this.rows.set(index, row);
    }
    this.count = choose > 1 ? el('span', { class: 'count' }) : null;
    this.node = el('fieldset', { class: 'options' }, el('legend', null, legend, this.count ? ' ' : null, this.count), [
      ...this.rows.values(),
    ]);
    this.recount();
  }

  // More than were asked for are refused, since then wrong ones would be counted that were ticked by mistake.
  changed(event) {
    if (this.choose > 1 && this.chosen().length > this.choose) {
      event.target.checked = false;
      announce(WORDS.tooMany(this.choose));
      this.count.classList.remove('nudge');
      void this.count.offsetWidth;
      this.count.classList.add('nudge');
    }
    this.recount();
    this.onchange();
  }

  recount() {
    if (this.count) this.count.textContent = `· ${WORDS.chosen(this.chosen().length, this.choose)}`;
  }

  chosen() {
    return this.order.filter(index => this.inputs.get(index).checked);
  }

  choosing(list) {
    for (const [index, input] of this.inputs) input.checked = list.includes(index);
    this.recount();
  }

  lack() {
    const chosen = this.chosen().length;
    if (this.choose === 1) return chosen === 1 ? null : { words: WORDS.needAnswer };
    return chosen === this.choose ? null : { words: WORDS.needCount(this.choose, chosen) };
  }

  pick(at) {
    const input = this.inputs.get(this.order[at]);
    if (!input || input.disabled) return;
    input.focus();
    input.click();
  }

  // Wrong options that can still be struck out: never the last wrong one of a pair.
  strikeable() {
    const wrong = this.order.filter(index => !this.options[index].right && !this.struck.has(index));
    return wrong.length > 1 ? wrong.filter(index => !this.inputs.get(index).checked) : [];
  }

  strike(index) {
    this.struck.add(index);
    const input = this.inputs.get(index);
    input.checked = false;
    input.disabled = true;
    this.rows.get(index).classList.add('struck');
    this.rows
      .get(index)
      .querySelector('.option-text')
      .append(el('span', { class: 'tag' }, ` ${WORDS.struckTag}`));
    this.recount();
  }

  // The inputs, not the whole fieldset: the links in the reasons must stay alive.
  lock() {
    this.inputs.forEach(input => {
      input.disabled = true;
    });
    this.node.classList.add('locked');
  }

  // Marks what was chosen and what is right, and gives the reasons: of the chosen and the right ones at once, of others
  // on demand.
  reveal(chosen, reference, isRight = index => this.options[index].right) {
    this.lock();
    if (this.count) this.count.textContent = '';
    const rest = [];
    for (const index of this.order) {
      const mine = chosen.includes(index);
      const right = isRight(index);
      const row = this.rows.get(index);
      this.inputs.get(index).checked = mine;
      const why = this.reasons(index, right, reference);
      if (mine || right) {
        row.classList.add(right ? 'is-right' : 'is-wrong');
        row.append(el('div', { class: 'verdict' }, this.verdictTag(mine, right), why));
      } else {
        rest.push({ text: this.options[index].text, why });
      }
    }
    this.node.after(foldedReasons(WORDS.others, rest) ?? '');
  }

  verdictTag(mine, right) {
    if (mine && right) return tag(SIGNS.right, WORDS.yourRight, 'right');
    if (mine) return tag(SIGNS.wrong, WORDS.yours, 'wrong');
    return tag(this.choose > 1 ? SIGNS.missed : SIGNS.right, this.choose > 1 ? WORDS.missedKey : WORDS.key, 'right');
  }

  reasons(index, right, reference) {
    const { because, cite, misconception } = this.options[index];
    return [reason(because, reference, cite), right ? null : reason(misconception, reference)];
  }
}

export function choiceForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const list = new OptionList({
    legend: task.choose > 1 ? WORDS.chooseMany(task.choose) : WORDS.chooseOne,
    options: task.options,
    order: arrangement.options,
    choose: task.choose,
    onchange,
  });
  const phrase =
    task.phrase && hasWords(task.phrase)
      ? el(
          'p',
          { class: 'phrase' },
          el('span', { class: 'small' }, WORDS.vocabularyPhrase),
          ' ',
          block('q', null, task.phrase),
        )
      : null;
  return {
    node: el('div', null, phrase, list.node),
    answer: () => list.chosen(),
    restore: answer => list.choosing(answer),
    lack: () => list.lack(),
    pick: at => list.pick(at),
    strikeable: () => list.strikeable(),
    strike: index => list.strike(index),
    reveal: answer => list.reveal(answer, reference),
  };
}

// True or false; where false is right, the words that make it true are chosen next.
export function trueFalseForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const judged = new OptionList({
    legend: WORDS.judge,
    order: [0, 1],
    letters: false,
    onchange,
    options: [
      { text: WORDS.trueWord, right: task.answer },
      { text: WORDS.falseWord, right: !task.answer },
    ],
  });
  const corrections =
    task.corrections.length > 0
      ? new OptionList({ legend: WORDS.correct, options: task.corrections, order: arrangement.corrections, onchange })
      : null;
  const second = el('div', { class: 'second-step' });
  const node = el('div', null, judged.node, second);
  judged.node.classList.add('side-by-side');
  const judgement = () => (judged.chosen().length === 0 ? null : judged.chosen()[0] === 0);
  let secondOpen = false;
  const openSecond = () => {
    secondOpen = true;
    judged.lock();
    judged.rows.get(1).classList.add('is-right');
    second.append(corrections.node);
  };
  return {
    node,
    answer: () => ({ judgement: judgement(), correction: secondOpen ? (corrections.chosen()[0] ?? null) : null }),
    restore: answer => judged.choosing(answer.judgement === null ? [] : [answer.judgement ? 0 : 1]),
    lack: () => (secondOpen ? corrections.lack() : judged.lack()),
    pick: at => (secondOpen ? corrections.pick(at) : judged.pick(at)),
    strikeable: () => (secondOpen ? corrections.strikeable() : []),
    strike: index => corrections.strike(index),
    // Whether a second step was opened; its first choice then takes the focus.
    more: () => {
      if (secondOpen || !corrections || task.answer || judgement() !== false) return null;
      openSecond();
      return corrections.inputs.get(corrections.order[0]);
    },
    reveal: answer => {
      judged.reveal(answer.judgement === null ? [] : [answer.judgement ? 0 : 1], reference);
      judged.node.after(reason(task.because, reference) ?? '');
      if (!corrections) return;
      if (!secondOpen) second.append(corrections.node);
      corrections.node.querySelector('legend').textContent = WORDS.correctWords;
      corrections.reveal(answer.correction === null ? [] : [answer.correction], reference);
    },
  };
}

const VERDICTS = ['supported', 'contradicted', 'not_stated'];

export function statementForm(item, arrangement, { reference, onchange, genre }) {
  const { task } = item;
  const list = new OptionList({
    legend: WORDS.verdictOf(genre),
    order: [0, 1, 2],
    letters: false,
    onchange,
    options: VERDICTS.map(verdict => ({
      text: WORDS.verdicts[verdict],
      note: WORDS.verdictNotes[verdict],
      right: verdict === task.verdict,
    })),
  });
  return {
    node: list.node,
    answer: () => VERDICTS[list.chosen()[0]] ?? null,
    restore: answer => list.choosing([VERDICTS.indexOf(answer)]),
    lack: () => list.lack(),
    pick: at => list.pick(at),
    strikeable: () => list.strikeable(),
    strike: index => list.strike(index),
    reveal: answer => {
      list.reveal([VERDICTS.indexOf(answer)], reference);
      list.node.after(reason(task.because, reference) ?? '');
    },
  };
}

// Part B opens when Part A has an answer, as it asks what supports that answer.
export function pairedForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const quotations = task.quotations.map(({ text, p, answer }) => ({
    text: `“${plainText(text)}”`,
    note: p ? paragraphMark(`¶${p}`, p) : null,
    right: task.answers[answer]?.right,
  }));
  const partB = new OptionList({
    legend: el('span', null, `${WORDS.partB}. `, textNodes(task.part_b)),
    options: quotations,
    order: arrangement.quotations,
    onchange,
    quoted: true,
  });
  const later = el('p', { class: 'small' }, WORDS.partBLater);
  partB.node.hidden = true;
  const open = () => {
    if (!partB.node.hidden) return;
    partB.node.hidden = false;
    later.remove();
  };
  const partA = new OptionList({
    legend: `${WORDS.partA}. ${WORDS.chooseOne}`,
    options: task.answers,
    order: arrangement.answers,
    onchange: () => {
      open();
      onchange();
    },
  });
  return {
    node: el('div', null, partA.node, later, partB.node),
    answer: () => ({ a: partA.chosen()[0] ?? null, b: partB.chosen()[0] ?? null }),
    restore: answer => {
      if (answer.a !== null) {
        partA.choosing([answer.a]);
        open();
      }
      if (answer.b !== null) partB.choosing([answer.b]);
    },
    lack: () => partA.lack() ?? partB.lack(),
    // The number keys go on in Part B once Part A is answered and the focus is there.
    pick: at => (partB.node.contains(document.activeElement) ? partB.pick(at) : partA.pick(at)),
    strikeable: () => partA.strikeable(),
    strike: index => partA.strike(index),
    reveal: answer => {
      open();
      partA.reveal(answer.a === null ? [] : [answer.a], reference);
      partB.reveal(answer.b === null ? [] : [answer.b], reference);
    },
  };
}

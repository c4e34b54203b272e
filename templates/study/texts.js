// Questions answered with words: blanks with a word bank, a number or date, a sentence of the text, one's own words.
import { WORDS } from './words.js';
import { fillsBlank, knownError, score } from './rules.js';
import { announce, block, button, el, freshId, paragraphMark, textNodes } from './dom.js';
import { SIGNS, foldedReasons, reason, tag } from './reasons.js';

const sign = seen => el('span', { class: 'sign', 'aria-hidden': 'true' }, seen);

// Blanks are filled by typing, or by tapping words of the bank: a tap goes into the blank that was last in use, or the
// next empty one.
export function clozeForm(item, arrangement, { onchange }) {
  const { task } = item;
  const total = task.blanks.length;
  const widest = Math.min(14, Math.max(6, ...task.words.map(word => word.length)));
  // A finger has the bank; a keyboard that slides over half of the screen would only hide it.
  const byFinger = matchMedia('(pointer: coarse)').matches;
  let current = 0;
  const inputs = task.blanks.map((_, at) =>
    el('input', {
      type: 'text',
      class: 'blank-input',
      size: widest,
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      inputmode: byFinger ? 'none' : null,
      'aria-label': WORDS.blank(at + 1, total),
      onfocus: () => {
        setCurrent(at);
      },
      oninput: () => {
        showUsed();
        onchange();
      },
    }),
  );
  const words = task.words.map(word => button(word, () => put(word), { class: 'chip' }));
  function setCurrent(at) {
    current = at;
    inputs.forEach((input, index) => input.classList.toggle('current', index === at));
  }
  function showUsed() {
    const used = inputs.map(input => input.value.trim().toLowerCase());
    words.forEach((chip, at) => chip.classList.toggle('used', used.includes(task.words[at].toLowerCase())));
  }
  function put(word) {
    if (inputs[current].value !== '' && !inputs[current].classList.contains('current')) setCurrent(nextEmpty());
    inputs[current].value = word;
    announce(WORDS.filled(word, current + 1, total));
    showUsed();
    setCurrent(nextEmpty());
    onchange();
  }
  // After the current blank, then from the start; the current one if all are full.
  function nextEmpty() {
    const order = inputs.map((_, step) => (current + 1 + step) % total);
    return order.find(at => inputs[at].value === '') ?? current;
  }
  setCurrent(0);
  const bank = el(
    'div',
    { class: 'bank' },
    el('p', { class: 'small', id: freshId('bank') }, WORDS.bank),
    el(
      'ul',
      { class: 'chips' },
      words.map(chip => el('li', null, chip)),
    ),
  );
  return {
    node: el(
      'div',
      { class: 'cloze' },
      el(
        'p',
        { class: 'passage', dir: 'auto' },
        task.passage.map(piece =>
          piece?.blank === undefined
            ? textNodes(piece)
            : el(
                'span',
                { class: 'blank' },
                el('span', { class: 'blank-number', 'aria-hidden': 'true' }, piece.blank + 1),
                inputs[piece.blank],
              ),
        ),
      ),
      bank,
    ),
    answer: () => inputs.map(input => input.value),
    restore: answer => {
      answer.forEach((word, at) => {
        inputs[at].value = word ?? '';
      });
      showUsed();
    },
    lack: () => {
      const empty = inputs.filter(input => input.value.trim() === '').length;
      if (empty === 0) return null;
      return empty === total ? { words: WORDS.needText } : { words: WORDS.stillEmpty(empty), soft: true };
    },
    pick: () => {},
    reveal: answer => {
      bank.remove();
      inputs.forEach((input, at) => {
        const right = fillsBlank(answer[at], task.blanks[at], task.words);
        const given = (answer[at] ?? '').trim();
        const wrong = right
          ? []
          : given === ''
            ? [sign(SIGNS.missed), ' ']
            : [
                sign(SIGNS.wrong),
                ' ',
                el('span', { class: 'spoken' }, `${WORDS.yourAnswer}: `),
                el('s', { class: 'given' }, given),
                ' ',
              ];
        input.parentElement.replaceChildren(
          ...wrong,
          el(
            'span',
            { class: right ? 'filled is-right' : 'filled' },
            right ? [sign(SIGNS.right), ' '] : null,
            el('span', { class: 'spoken' }, `${right ? WORDS.right : WORDS.key}: `),
            right ? given : task.blanks[at][0],
          ),
        );
      });
    },
  };
}

export function numericForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const id = freshId('number');
  const input = el('input', {
    type: 'text',
    id,
    autocomplete: 'off',
    spellcheck: 'false',
    class: 'number',
    oninput: onchange,
  });
  const node = el(
    'div',
    { class: 'numeric' },
    el('label', { for: id }, task.unit ? WORDS.inUnit(task.unit) : WORDS.yourAnswer),
    input,
  );
  return {
    node,
    answer: () => input.value,
    restore: answer => {
      input.value = answer;
    },
    lack: () => (input.value.trim() === '' ? { words: WORDS.needText } : null),
    pick: () => {},
    reveal: answer => {
      const right = score(task, answer).points === 1,
        error = right ? null : knownError(task, answer);
      input.value = answer;
      input.readOnly = true;
      node.classList.add(right ? 'is-right' : 'is-wrong');
      node.append(
        el(
          'div',
          { class: 'verdict' },
          right ? tag(SIGNS.right, WORDS.yourRight, 'right') : tag(SIGNS.wrong, WORDS.yours, 'wrong'),
          right
            ? null
            : el('p', null, el('strong', null, `${WORDS.key}: `), task.answer, task.unit ? ` ${task.unit}` : ''),
          error ? reason(error.because, reference) : null,
        ),
      );
    },
  };
}

// Each sentence is a radio button that looks like the text it is.
export function findingForm(item, arrangement, { reference, onchange, source }) {
  const { task } = item;
  const name = freshId('sentence');
  const places = [];
  const paragraphs = task.search_in
    .flatMap(p => source.paragraphs.filter(({ n }) => n === p))
    .map(({ n, sentences }) =>
      el(
        'p',
        { class: 'paragraph', dir: 'auto' },
        el('span', { class: 'anchor' }, paragraphMark(`¶${n}`, n)),
        ' ',
        sentences.map((sentence, s) => {
          const input = el('input', { type: 'radio', name, class: 'spoken', onchange });
          const label = el(
            'label',
            { class: 'sentence', 'data-place': `${n}.${s}` },
            input,
            el('span', null, textNodes(sentence)),
          );
          places.push({ p: n, s, input, label });
          return [label, ' '];
        }),
      ),
    );
  const chosen = () => {
    const place = places.find(({ input }) => input.checked);
    return place ? { p: place.p, s: place.s } : null;
  };
  const at = (place, p, s) => place.p === p && place.s.includes(s);
  const fieldset = el('fieldset', { class: 'finding' }, el('legend', null, WORDS.tapSentence), paragraphs);
  return {
    node: fieldset,
    answer: chosen,
    restore: answer =>
      places.forEach(({ p, s, input }) => {
        input.checked = answer !== null && p === answer.p && s === answer.s;
      }),
    lack: () => (chosen() ? null : { words: WORDS.needAnswer }),
    pick: index => places[index]?.input.click(),
    // A tap on the sentence in the letter itself; sentences outside of the paragraphs in question are none.
    pickPlace: (p, s) => {
      const place = places.find(one => one.p === p && one.s === s);
      if (!place || place.input.disabled || fieldset.disabled) return false;
      place.input.click();
      place.label.scrollIntoView({ block: 'nearest' });
      return true;
    },
    reveal: answer => {
      fieldset.disabled = true;
      for (const { p, s, label } of places) {
        const mine = answer?.p === p && answer?.s === s,
          right = at(task.core, p, s);
        if (right) label.classList.add('is-right');
        else if (mine) label.classList.add('is-wrong');
        if (mine || right)
          label.prepend(
            tag(
              right ? SIGNS.right : SIGNS.wrong,
              mine ? (right ? WORDS.yourRight : WORDS.yours) : WORDS.key,
              right ? 'right' : 'wrong',
            ),
            ' ',
          );
      }
      const near = answer && task.partial.find(place => at(place, answer.p, answer.s));
      if (near && !at(task.core, answer.p, answer.s)) fieldset.after(reason(near.because, reference) ?? '');
    },
  };
}

// Not scored: the pupil writes or says it, then ticks the ideas that were there.
export function ideasForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const id = freshId('own');
  const area = el('textarea', { id, rows: '5', oninput: onchange });
  const inputs = task.ideas.map(() => el('input', { type: 'checkbox' }));
  const total = task.ideas.reduce((sum, { points }) => sum + points, 0);
  const list = el(
    'fieldset',
    { class: 'options ideas' },
    el('legend', null, WORDS.didYouSay),
    task.ideas.map(({ idea }, at) =>
      el(
        'div',
        { class: 'option' },
        el('label', null, inputs[at], el('span', { class: 'option-text' }, block('span', null, idea, paragraphMark))),
      ),
    ),
  );
  const further = el(
    'div',
    null,
    foldedReasons(
      WORDS.notCredited,
      task.not_credited.map(({ text, because }) => ({ text, why: [reason(because, reference)] })),
    ),
    task.samples.length > 0
      ? el(
          'details',
          { class: 'others' },
          el('summary', null, WORDS.samples),
          task.samples.map(({ score: points, text }) =>
            el(
              'div',
              { class: 'sample' },
              el('strong', null, WORDS.sampleScore(points, total)),
              block('p', null, text, reference),
            ),
          ),
        )
      : null,
  );
  const second = el('div', { class: 'second-step' });
  let compared = false;
  const compare = () => {
    compared = true;
    second.append(list, further);
    area.readOnly = true;
  };
  return {
    selfChecked: true,
    node: el('div', null, el('label', { for: id, class: 'small' }, WORDS.writeFirst), area, second),
    answer: () => inputs.flatMap((input, at) => (input.checked ? [at] : [])),
    restore: () => {},
    lack: () => null,
    pick: at => inputs[at]?.isConnected && inputs[at].click(),
    more: () => {
      if (compared) return null;
      compare();
      return inputs[0];
    },
    reveal: answer => {
      if (!compared) compare();
      inputs.forEach((input, at) => {
        input.checked = answer.includes(at);
      });
      list.disabled = true;
    },
  };
}

// Questions answered line by line: matching, who says it, putting in order. Nothing needs dragging.
import { WORDS } from './words.js';
import { announce, block, el, freshId, spokenText, textNodes } from './dom.js';
import { SIGNS, foldedReasons, reason, tag } from './reasons.js';

const LETTERS_OF_RESPONSES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

const emptyLack = count => (count === 0 ? null : { words: WORDS.stillEmpty(count), soft: true });

// Selects, one a row; what is chosen is written out below the narrow box too, where a long text would be cut.
export function matchingForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const letterOf = new Map(arrangement.responses.map((response, at) => [response, LETTERS_OF_RESPONSES[at]]));
  const rows = new Map(
    arrangement.premises.map(premise => {
      const id = freshId('premise');
      const select = el(
        'select',
        { 'aria-labelledby': id, onchange },
        el('option', { value: '' }, WORDS.pick),
        arrangement.responses.map(response =>
          el('option', { value: response }, `${letterOf.get(response)} · ${spokenText(task.responses[response].text)}`),
        ),
      );
      return [
        premise,
        {
          select,
          node: el(
            'li',
            { class: 'pair', 'data-index': premise },
            block('div', { id, class: 'pair-text' }, task.premises[premise].text),
            select,
          ),
        },
      ];
    }),
  );
  const chosen = () =>
    task.premises.map((_, premise) => {
      const { value } = rows.get(premise).select;
      return value === '' ? null : Number(value);
    });
  const pairs = el(
    'ul',
    { class: 'pairs' },
    [...rows.values()].map(({ node }) => node),
  );
  return {
    node: el(
      'div',
      { class: 'matching' },
      el(
        'div',
        { class: 'responses' },
        block('h2', { class: 'head' }, task.heads[1]),
        el(
          'ol',
          { class: 'lettered' },
          arrangement.responses.map(response =>
            el(
              'li',
              null,
              el('span', { class: 'option-letter' }, letterOf.get(response)),
              ' ',
              block('span', null, task.responses[response].text),
            ),
          ),
        ),
      ),
      block('h2', { class: 'head' }, task.heads[0]),
      pairs,
    ),
    answer: chosen,
    restore: answer =>
      answer.forEach((response, premise) => {
        rows.get(premise).select.value = response ?? '';
      }),
    lack: () => {
      const empty = chosen().filter(response => response === null).length;
      return empty === task.premises.length ? { words: WORDS.needAnswer } : emptyLack(empty);
    },
    pick: () => {},
    reveal: answer => {
      for (const [premise, { select, node }] of rows) {
        const { response, because } = task.premises[premise];
        const right = answer[premise] === response;
        const key = [letterOf.get(response), ' · ', ...textNodes(task.responses[response].text)];
        revealRow(node, select, { right, given: answer[premise] !== null, key, because }, reference);
      }
      const extra = task.responses.map(({ text, because }) => ({ text, why: [reason(because, reference)] }));
      pairs.after(foldedReasons(WORDS.others, extra) ?? '');
    },
  };
}

function revealRow(row, control, { right, given, key, because, p }, reference) {
  control.disabled = true;
  row.classList.add(right ? 'is-right' : 'is-wrong');
  row.append(
    el(
      'div',
      { class: 'verdict' },
      right
        ? tag(SIGNS.right, WORDS.right, 'right')
        : [
            given ? tag(SIGNS.wrong, WORDS.notYet, 'wrong') : tag(SIGNS.missed, WORDS.notYet, 'wrong'),
            el('p', null, el('strong', null, `${WORDS.key}: `), key),
          ],
      reason(because, reference, p),
    ),
  );
}

export function attributionForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  const rows = new Map(
    arrangement.statements.map(statement => {
      const name = freshId('speaker');
      const inputs = task.speakers.map((speaker, index) =>
        el('input', { type: 'radio', name, value: index, onchange }),
      );
      const fieldset = el(
        'fieldset',
        { class: 'segmented statement' },
        el('legend', null, block('span', null, task.statements[statement].text)),
        el(
          'div',
          { class: 'segments' },
          inputs.map((input, index) => el('label', null, input, block('span', null, task.speakers[index].text))),
        ),
      );
      return [statement, { inputs, fieldset, node: el('li', { class: 'pair', 'data-index': statement }, fieldset) }];
    }),
  );
  const chosen = () =>
    task.statements.map((_, statement) => {
      const at = rows.get(statement).inputs.findIndex(input => input.checked);
      return at < 0 ? null : at;
    });
  return {
    node: el(
      'ul',
      { class: 'pairs' },
      [...rows.values()].map(row => row.node),
    ),
    answer: chosen,
    restore: answer =>
      answer.forEach((speaker, statement) => {
        if (speaker !== null) rows.get(statement).inputs[speaker].checked = true;
      }),
    lack: () => {
      const empty = chosen().filter(speaker => speaker === null).length;
      return empty === task.statements.length ? { words: WORDS.needAnswer } : emptyLack(empty);
    },
    // A number key answers the line in which the focus is, or the first open one.
    pick: at => {
      const focused = [...rows.values()].find(row => row.node.contains(document.activeElement));
      const open = [...rows.values()].find(row => !row.inputs.some(input => input.checked));
      const row = focused ?? open;
      if (!row?.inputs[at]) return;
      row.inputs[at].focus();
      row.inputs[at].click();
    },
    reveal: answer => {
      for (const [statement, row] of rows) {
        const { speaker, because, p } = task.statements[statement];
        const key = textNodes(task.speakers[speaker].text);
        revealRow(
          row.node,
          row.fieldset,
          { right: answer[statement] === speaker, given: answer[statement] !== null, key, because, p },
          reference,
        );
      }
    },
  };
}

// Lines with buttons that move them up and down; the focus stays on the line that moves.
export function orderingForm(item, arrangement, { reference, onchange }) {
  const { task } = item;
  let order = [...arrangement.elements];
  const rows = new Map(
    order.map(element => {
      const heard = spokenText(task.elements[element].text);
      const up = el(
        'button',
        { type: 'button', class: 'mover', 'aria-label': WORDS.up(heard), onclick: () => move(element, -1) },
        el('span', { 'aria-hidden': 'true' }, '↑'),
      );
      const down = el(
        'button',
        { type: 'button', class: 'mover', 'aria-label': WORDS.down(heard), onclick: () => move(element, 1) },
        el('span', { 'aria-hidden': 'true' }, '↓'),
      );
      const text = el('div', { class: 'line-text' }, block('span', null, task.elements[element].text));
      return [
        element,
        {
          up,
          down,
          node: el('li', { class: 'line', 'data-index': element }, text, el('div', { class: 'movers' }, up, down)),
        },
      ];
    }),
  );
  const list = el('ol', { class: 'lines' });
  let touched = false;
  const draw = () => {
    // Moving the rows that changed place would take the focus from the button; the others move instead.
    const focused = document.activeElement?.closest?.('.line');
    order.forEach((element, at) => {
      const { up, down, node: row } = rows.get(element);
      up.setAttribute('aria-disabled', String(at === 0));
      down.setAttribute('aria-disabled', String(at === order.length - 1));
      if (row !== focused && list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
    });
    order.forEach((element, at) => {
      const row = rows.get(element).node;
      if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
    });
  };
  function move(element, step) {
    const from = order.indexOf(element),
      to = from + step;
    if (to < 0 || to >= order.length) return;
    const control = step < 0 ? rows.get(element).up : rows.get(element).down;
    order[from] = order[to];
    order[to] = element;
    touched = true;
    draw();
    control.focus();
    announce(WORDS.movedTo(to + 1, order.length));
    onchange();
  }
  draw();
  return {
    node: el('div', null, el('p', { class: 'small' }, task.by === 'time' ? WORDS.orderTime : WORDS.order), list),
    answer: () => order,
    restore: answer => {
      order = [...answer];
      touched = true;
      draw();
    },
    lack: () => (touched ? null : { words: WORDS.unmoved, soft: true }),
    pick: () => {},
    reveal: answer => {
      order = [...answer];
      draw();
      list.classList.add('revealed');
      answer.forEach((element, at) => {
        const row = rows.get(element);
        row.node.querySelector('.movers').remove();
        if (at === 0) return;
        const right = element === answer[at - 1] + 1;
        row.node.classList.add(right ? 'is-right' : 'is-wrong');
        row.node.prepend(
          tag(right ? SIGNS.right : SIGNS.wrong, right ? WORDS.rightStep : WORDS.wrongStep, right ? 'right' : 'wrong'),
        );
      });
      if (answer.every((element, at) => element === at)) return;
      list.after(
        el(
          'div',
          { class: 'right-order' },
          el('h2', { class: 'head' }, WORDS.rightOrder),
          el(
            'ol',
            null,
            task.elements.map(({ text, p }) =>
              el('li', null, block('span', null, text), p ? [' ', reference(`¶${p}`, p)] : null),
            ),
          ),
        ),
      );
    },
  };
}

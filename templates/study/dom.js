// Makes elements. What comes from the bank reaches the page here only, and only as text.
import { WORDS } from './words.js';

// An element: `on…` functions listen, true is an attribute without a value, false and null are none.
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes ?? {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

let lastId = 0;
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

// Seen and heard differ: the eye gets the sign, a screen reader the words.
export function spokenAs(seen, heard, kind = 'said') {
  return el(
    'span',
    { class: kind },
    el('span', { 'aria-hidden': 'true' }, seen),
    el('span', { class: 'spoken' }, heard),
  );
}

const REFERENCE = /¶\s?(\d+)(?:\s?[–-]\s?¶?(\d+))?|_{3,}/gu;

// Words with “¶7” to be heard as “paragraph 7”, and a line to be filled as “blank”.
function wordNodes(words, reference) {
  const nodes = [];
  let from = 0;
  for (const match of words.matchAll(REFERENCE)) {
    if (match.index > from) nodes.push(words.slice(from, match.index));
    nodes.push(match[1] ? reference(match[0], Number(match[1]), match[2] && Number(match[2])) : blankMark());
    from = match.index + match[0].length;
  }
  if (from < words.length) nodes.push(words.slice(from));
  return nodes;
}

const blankMark = () => spokenAs('\u00a0', 'blank', 'gap');

export function paragraphMark(seen, from, to) {
  return spokenAs(seen.replace(/\s/g, ''), to ? WORDS.paragraphs(from, to) : WORDS.paragraph(from), 'mark');
}

const STYLES = { em: ['em'], strong: ['strong'], 'em strong': ['strong', 'em'] };

// Nodes of a text: a string, or runs with a style and a language. `reference` makes the node of a paragraph's number.
export function textNodes(text, reference = paragraphMark) {
  const list = Array.isArray(text) ? text : [text ?? ''];
  return list.flatMap(run => {
    if (typeof run === 'string') return wordNodes(run, reference);
    if (run.style === 'blank') return [blankMark()];
    const inner = wordNodes(run.t, reference);
    const styled = (STYLES[run.style] ?? []).reduceRight((nodes, name) => [el(name, null, nodes)], inner);
    return run.lang ? [el('span', { lang: run.lang }, styled)] : styled;
  });
}

// The words alone.
export function plainText(text) {
  return (Array.isArray(text) ? text : [text ?? '']).map(run => (typeof run === 'string' ? run : run.t)).join('');
}

// A text as it is spoken: by a voice, or in a label.
export function spokenText(text) {
  return plainText(text).replace(REFERENCE, (whole, from, to) => {
    if (!from) return ' blank ';
    return to ? WORDS.paragraphs(from, to) : WORDS.paragraph(from);
  });
}

export function hasWords(text) {
  return plainText(text).trim() !== '';
}

// A block of the bank's text, in its own direction.
export function block(name, attributes, text, reference) {
  return el(name, { dir: 'auto', ...attributes }, textNodes(text, reference));
}

export function button(words, onclick, attributes) {
  return el('button', { type: 'button', onclick, ...attributes }, words);
}

// A choice of few, as a row of radio buttons.
export function segmented(legend, choices, chosen, onchoose) {
  const name = freshId('choice');
  return el(
    'fieldset',
    { class: 'segmented' },
    el('legend', null, legend),
    el(
      'div',
      { class: 'segments' },
      choices.map(([value, words]) =>
        el(
          'label',
          null,
          el('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => onchoose(value) }),
          el('span', null, words),
        ),
      ),
    ),
  );
}

export function selectOf(label, choices, chosen, onchoose) {
  const id = freshId('select');
  const select = el(
    'select',
    { id, onchange: event => onchoose(event.target.value) },
    choices.map(([value, words]) => el('option', { value, selected: value === chosen }, words)),
  );
  return el('p', { class: 'field' }, el('label', { for: id }, label), select);
}

// Says something to a screen reader without moving the focus.
export function announce(words) {
  const region = document.getElementById('status');
  region.textContent = '';
  // A region that is emptied and filled at once says nothing when the words are the same as before.
  setTimeout(() => {
    region.textContent = words;
  }, 30);
}

export function focusOn(node) {
  if (!node.hasAttribute('tabindex') && !node.matches('a[href], button, input, select, textarea'))
    node.setAttribute('tabindex', '-1');
  node.focus({ preventScroll: true });
}

// A modal dialog with a heading and a button that closes it; it leaves the page when closed, and the focus goes back.
export function openDialog(title, build, name) {
  const id = freshId('dialog');
  const before = document.activeElement;
  const dialog = el('dialog', { 'aria-labelledby': id, class: name });
  const region = document.getElementById('status'),
    home = region.parentNode;
  const close = () => dialog.close();
  dialog.append(
    el('header', { class: 'dialog-head' }, el('h2', { id }, title), button(WORDS.close, close, { class: 'quiet' })),
    el('div', { class: 'dialog-body' }, build(close)),
  );
  dialog.addEventListener('click', event => {
    if (event.target === dialog) close();
  });
  dialog.addEventListener('close', () => {
    home.append(region);
    dialog.remove();
    (before?.isConnected ? before : document.querySelector('main h1')).focus();
  });
  document.body.append(dialog);
  // What is outside of a modal dialog is not heard.
  dialog.append(region);
  dialog.showModal();
  return dialog;
}

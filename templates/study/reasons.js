// What is said of an answer in its place: a sign with its word, why it is right or wrong, and why the others are wrong.
import { block, el, hasWords, plainText, textNodes } from './dom.js';

export const SIGNS = { right: '✓', wrong: '✗', missed: '○' };

// A sign with its word, so that colour is never alone.
export function tag(sign, words, kind) {
  return el('span', { class: `tag ${kind}` }, el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ' ', words);
}

// A reason, with the paragraph that it is about unless it names it; null if there is none.
export function reason(because, reference, p) {
  if (!because || !hasWords(because)) return null;
  const place = p && !plainText(because).includes(`¶${p}`) ? [' ', reference(`¶${p}`, p)] : null;
  return el('p', { class: 'because', dir: 'auto' }, textNodes(because, reference), place);
}

// Texts with their reasons, folded away; null if there are none.
export function foldedReasons(summary, entries) {
  const told = entries.filter(({ why }) => why.some(Boolean));
  if (told.length === 0) return null;
  const items = told.map(({ text, why }) => el('li', null, block('span', { class: 'quoted-option' }, text), why));
  return el('details', { class: 'others' }, el('summary', null, summary), el('ul', null, items));
}

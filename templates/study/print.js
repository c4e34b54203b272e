// Prints the questions, or the questions with their answers. The list is the one that the file has for readers without
// script.
import { el } from './dom.js';

// The mark-up in <noscript> was written and escaped by pilcrow, and the page's policy runs no script but this one; it
// is parsed into a document of its own, and its elements are moved over.
export function listParts() {
  const mark = document.querySelector('noscript')?.textContent ?? '';
  return [...new DOMParser().parseFromString(mark, 'text/html').body.children];
}

export function printList(answers) {
  const parts = listParts();
  const sheet = el('div', { class: answers ? 'printed answers' : 'printed questions' }, parts);
  for (const details of sheet.querySelectorAll('details')) {
    if (answers) details.open = true;
    else details.remove();
  }
  document.body.append(sheet);
  document.documentElement.dataset.printing = '';
  const done = () => {
    sheet.remove();
    delete document.documentElement.dataset.printing;
  };
  // Some phones open their print view without waiting; the list stays until it is closed.
  addEventListener('afterprint', done, { once: true });
  globalThis.print();
}

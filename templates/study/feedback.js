// What is shown once an answer is given: right or not yet, what to take away, and the place in the text.
import { WORDS } from './words.js';
import { block, button, el, freshId, hasWords, paragraphMark, textNodes } from './dom.js';
import { SIGNS } from './reasons.js';

const HEADS = { right: [SIGNS.right, WORDS.right], partly: ['◐', WORDS.partly], missed: [SIGNS.wrong, WORDS.notYet] };

export function headOf({ points, outcome, of }) {
  if (outcome !== 'missed') return 'right';
  return points > 0 && points < of ? 'partly' : 'missed';
}

// A paragraph's number that opens the text there.
export function paragraphLink(app, source) {
  return (seen, from, to) =>
    app.letter.available
      ? button(paragraphMark(seen, from, to), () => app.letter.goTo(source, from), { class: 'reference' })
      : paragraphMark(seen, from, to);
}

function remarks({ outcome, hints }, { sure, again, comesAgain }) {
  const lines = [];
  if (outcome === 'missed' && sure) lines.push(WORDS.sureWrong);
  if (outcome === 'right' && !sure) lines.push(WORDS.unsureRight);
  if (outcome === 'hinted' && hints > 0) lines.push(WORDS.hinted);
  if (comesAgain && !again) lines.push(WORDS.comesAgain);
  return lines;
}

// Paragraphs that hold evidence, with the sentences in question, in the order of the evidence.
function placesOf(evidence) {
  const places = new Map();
  for (const { p, s } of evidence) {
    if (p === undefined || p === null) continue;
    places.set(
      p,
      [...new Set([...(places.get(p) ?? []), ...(s ?? [])])].sort((one, other) => one - other),
    );
  }
  return [...places].map(([p, s]) => ({ p, s }));
}

// The paragraph with its sentences marked: for a narrow screen, where the letter is not beside.
function excerpt(source, { p, s }, at) {
  const paragraph = source.paragraphs.find(({ n }) => n === p);
  if (!paragraph) return null;
  return el(
    'details',
    { class: 'excerpt', open: at === 0 },
    el('summary', null, paragraphMark(`¶${p}`, p)),
    el(
      'p',
      { dir: 'auto' },
      paragraph.sentences.map((sentence, index) => [
        s.includes(index) ? el('mark', null, textNodes(sentence)) : textNodes(sentence),
        ' ',
      ]),
    ),
  );
}

function quotation({ p, text, from, role }, reference) {
  const place = p ? reference(`¶${p}`, p) : from ? el('span', { class: 'small' }, from) : null;
  const what = WORDS.evidenceRoles[role];
  return el(
    'li',
    null,
    el('q', { dir: 'auto' }, textNodes(text)),
    ' ',
    place,
    what ? el('span', { class: 'small' }, ` (${what})`) : null,
  );
}

// The panel under the question; `focus` takes the focus, so that a screen reader goes on there.
export function feedbackPanel(app, item, result, given) {
  const source = app.quiz.sources[item.source];
  const reference = paragraphLink(app, item.source);
  const heading = headOf(result),
    [sign, words] = HEADS[heading];
  const places = placesOf(item.evidence.filter(({ role }) => role !== 'context' || item.evidence.length === 1));
  const id = freshId('feedback');
  const selfChecked = item.task.type === 'ideas';
  const focus = el(
    'h2',
    { id, tabindex: '-1', class: `result ${heading}` },
    selfChecked ? WORDS.states.checked : [el('span', { class: 'sign', 'aria-hidden': 'true' }, sign), ' ', words],
    result.of > 1 ? el('span', { class: 'points' }, ` ${WORDS.points(result.points, result.of)}`) : null,
  );
  const lines = selfChecked ? [] : remarks(result, given);
  const node = el(
    'section',
    { class: `feedback ${selfChecked ? 'checked' : heading}`, 'aria-labelledby': id },
    focus,
    lines.length > 0 ? el('p', { class: 'small' }, lines.join(' ')) : null,
    hasWords(item.explanation)
      ? el('div', null, el('h3', null, WORDS.explanation), block('p', null, item.explanation, reference))
      : null,
    item.evidence.length > 0
      ? el(
          'div',
          { class: 'evidence-part' },
          el('h3', null, WORDS.evidence),
          el(
            'ul',
            { class: app.quiz.letter ? 'quotes' : 'quotes alone' },
            item.evidence.map(entry => quotation(entry, reference)),
          ),
          app.quiz.letter
            ? el(
                'div',
                { class: 'excerpts' },
                places.map((place, at) => excerpt(source, place, at)),
                item.evidence
                  .filter(({ p }) => !p)
                  .map(entry =>
                    el(
                      'p',
                      null,
                      el('q', { dir: 'auto' }, textNodes(entry.text)),
                      ' ',
                      el('span', { class: 'small' }, entry.from ?? WORDS.editors),
                    ),
                  ),
              )
            : null,
        )
      : null,
  );
  return { node, focus, places, remarks: lines };
}

// What the button after the feedback says, which is what comes next.
export function nextWords(round) {
  const next = round.queue[round.at + 1];
  if (!next) return WORDS.toSummary;
  if (next.again && !round.queue[round.at].again) return WORDS.toAgain(round.queue.filter(({ again }) => again).length);
  return WORDS.next;
}

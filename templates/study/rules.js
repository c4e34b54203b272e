// What is right and how it is scored, how answers are shuffled under their locks, and when a question is due again. No
// DOM.

// Days until a question is due again, by box; box 1 is due at once.
export const INTERVALS = [0, 1, 3, 7, 16];
export const LAST_BOX = INTERVALS.length;

// ── Chance ──

// FNV-1a: a text as a seed.
export function hashOf(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

// Mulberry32: numbers from 0 up to 1, the same for the same seed, so that a reload shows the same order.
export function chanceOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled(list, chance) {
  const out = [...list];
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(chance() * (last + 1));
    [out[last], out[other]] = [out[other], out[last]];
  }
  return out;
}

const upTo = count => Array.from({ length: count }, (_, index) => index);

// Indices of the options as they are shown: pinned ones keep their end, and a list with an order of its own keeps that.
function shownOptions(options, order, chance) {
  const all = upTo(options.length);
  if (order && order !== 'shuffle') return all;
  const first = all.filter(index => options[index].pin === 'first');
  const last = all.filter(index => options[index].pin === 'last');
  const free = all.filter(index => !options[index].pin);
  return [...first, ...shuffled(free, chance), ...last];
}

function inversions(order) {
  let count = 0;
  order.forEach((value, at) =>
    order.slice(at + 1).forEach(later => {
      if (later < value) count += 1;
    }),
  );
  return count;
}

// Elements as they are shown: never right, never reversed, and 30 to 70 % of the pairs inverted if that can be.
function shownElements(count, chance) {
  const right = upTo(count);
  if (count < 2) return right;
  const pairs = (count * (count - 1)) / 2;
  let fair = null;
  for (let trial = 0; trial < 200; trial += 1) {
    const order = shuffled(right, chance);
    const inverted = inversions(order);
    if (inverted * 10 >= pairs * 3 && inverted * 10 <= pairs * 7) return order;
    if (inverted > 0 && (inverted < pairs || count < 3)) fair = order;
  }
  return fair ?? [...right.slice(1), 0];
}

// How a task is shown: lists of indices into its own lists.
export function arrange(task, chance) {
  switch (task.type) {
    case 'choice':
      return { options: shownOptions(task.options, task.order, chance) };
    case 'true_false':
      return { corrections: shuffled(upTo(task.corrections.length), chance) };
    case 'matching':
      return {
        premises: shuffled(upTo(task.premises.length), chance),
        responses: shownOptions(task.responses, task.order, chance),
      };
    case 'attribution':
      return { statements: shuffled(upTo(task.statements.length), chance) };
    case 'ordering':
      return { elements: shownElements(task.elements.length, chance) };
    case 'paired':
      return { answers: shownOptions(task.answers, 'shuffle', chance), quotations: upTo(task.quotations.length) };
    default:
      return {};
  }
}

// ── Words and numbers as pupils write them ──

// A written answer for comparison: case, kinds of quotes and dashes, spaces and a last full stop do not count.
export function folded(text) {
  return String(text ?? '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚`]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\s*\.$/, '');
}

// How many letters must be put in, left out or changed (Levenshtein).
export function editsBetween(one, other) {
  const from = [...one],
    to = [...other];
  let row = upTo(to.length + 1);
  from.forEach((letter, at) => {
    const next = [at + 1];
    to.forEach((wanted, column) => {
      next.push(Math.min(row[column] + (letter === wanted ? 0 : 1), row[column + 1] + 1, next[column] + 1));
    });
    row = next;
  });
  return row[to.length];
}

// One edit is forgiven in a word of five letters or more, unless another word of the bank is as near.
export function fillsBlank(given, accepted, bank) {
  const word = folded(given);
  if (word === '') return false;
  const right = accepted.map(folded);
  if (right.includes(word)) return true;
  const others = bank.map(folded).filter(other => !right.includes(other));
  return right.some(
    key =>
      [...key].length >= 5 && editsBetween(word, key) === 1 && others.every(other => editsBetween(word, other) > 1),
  );
}

function numberOf(text) {
  const plain = folded(text)
    .replace(/(\d),(?=\d{3}(\D|$))/g, '$1')
    .replace(/^\+/, '');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

// Without the unit, if the pupil wrote it too.
function bare(text, unit) {
  const word = folded(text),
    tail = folded(unit);
  return tail && word.endsWith(tail) ? word.slice(0, -tail.length).trim() : word;
}

export function isNumericRight(task, given) {
  const word = bare(given, task.unit);
  if (word === '') return false;
  if ([task.answer, ...(task.accept ?? [])].some(accepted => bare(accepted, task.unit) === word)) return true;
  const number = numberOf(word),
    wanted = numberOf(bare(task.answer, task.unit));
  return number !== null && wanted !== null && Math.abs(number - wanted) <= (task.tolerance ?? 0);
}

// The known mistake that this answer is, if it is one.
export function knownError(task, given) {
  const word = bare(given, task.unit);
  return (task.errors ?? []).find(({ text }) => bare(text, task.unit) === word);
}

// ── Points ──

const countOf = (list, test) => list.reduce((sum, entry, index) => sum + (test(entry, index) ? 1 : 0), 0);
const holds = (place, { p, s }) => place.p === p && place.s.includes(s);

function choicePoints(task, answer) {
  const chosen = [...new Set(Array.isArray(answer) ? answer : [])].filter(index => task.options[index]);
  const right = countOf(chosen, index => task.options[index].right);
  if (task.choose === 1) return chosen.length === 1 && right === 1 ? 1 : 0;
  return Math.max(0, right - (chosen.length - right));
}

function trueFalsePoints(task, answer) {
  if (answer?.judgement !== task.answer) return 0;
  return 1 + (task.answer === false && task.corrections[answer.correction]?.right ? 1 : 0);
}

// A point for each element that stands right after the one it follows.
function orderingPoints(task, answer) {
  const order = Array.isArray(answer) ? answer : [];
  if (new Set(order).size !== order.length || order.length > task.elements.length) return 0;
  return countOf(
    order,
    (element, at) =>
      at > 0 && Number.isInteger(order[at - 1]) && element === order[at - 1] + 1 && task.elements[element],
  );
}

function pairedPoints(task, answer) {
  if (!Number.isInteger(answer?.a) || !task.answers[answer.a]?.right) return 0;
  return Number.isInteger(answer.b) && task.quotations[answer.b]?.answer === answer.a ? 2 : 1;
}

function findingPoints(task, answer) {
  if (!answer) return 0;
  if (holds(task.core, answer)) return 2;
  return task.partial.some(place => holds(place, answer)) ? 1 : 0;
}

// The points of an answer, and how many there are.
export function score(task, answer) {
  const list = Array.isArray(answer) ? answer : [];
  switch (task.type) {
    case 'choice':
      return { points: choicePoints(task, list), of: task.choose };
    case 'true_false':
      return { points: trueFalsePoints(task, answer), of: task.answer || task.corrections.length === 0 ? 1 : 2 };
    case 'statement':
      return { points: answer === task.verdict ? 1 : 0, of: 1 };
    case 'matching':
      return {
        points: countOf(task.premises, (premise, at) => premise.response === list[at]),
        of: task.premises.length,
      };
    case 'attribution':
      return {
        points: countOf(task.statements, (statement, at) => statement.speaker === list[at]),
        of: task.statements.length,
      };
    case 'ordering':
      return { points: orderingPoints(task, list), of: task.elements.length - 1 };
    case 'cloze':
      return {
        points: countOf(task.blanks, (accepted, at) => fillsBlank(list[at], accepted, task.words)),
        of: task.blanks.length,
      };
    case 'numeric':
      return { points: isNumericRight(task, answer) ? 1 : 0, of: 1 };
    case 'paired':
      return { points: pairedPoints(task, answer), of: 2 };
    case 'finding':
      return { points: findingPoints(task, answer), of: 2 };
    default:
      return { points: 0, of: 0 };
  }
}

// ── Leitner boxes ──

// A card is { box: 1 to 5, day: the day of the last answer, first: answered surely and wrongly }; days are whole
// numbers.
export const dueDay = card => card.day + INTERVALS[card.box - 1];
export const isDue = (card, day) => Boolean(card) && dueDay(card) <= day;

// The card after an answer. 'right' promotes; 'hinted' is a success that leaves the card in its box; 'missed' goes to
// box 1. Surely wrong comes first next time: a success later in the same round does not undo that.
export function moved(card, outcome, sure, day, again = false) {
  const box = card?.box ?? 1;
  const next = outcome === 'missed' ? 1 : outcome === 'right' ? Math.min(box + 1, LAST_BOX) : box;
  const first = (outcome === 'missed' && sure) || (again && card?.first);
  return first ? { box: next, day, first: true } : { box: next, day };
}

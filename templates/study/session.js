// A round of questions: which are asked, what comes next, what is known at its end. No DOM; a round is plain JSON, so
// that it can be kept.
import { arrange, chanceOf, dueDay, hashOf, isDue, moved, score, shuffled } from './rules.js';

// ── Which questions ──

// The questions that fit: { source, section, skill, due } are all optional; a section '' is what belongs to no section.
export function fitting(items, cards, day, wish) {
  return items.filter(
    item =>
      (wish.section === undefined || item.section === wish.section) &&
      (wish.source === undefined || item.source === wish.source) &&
      (!wish.skill || item.skills.includes(wish.skill)) &&
      (!wish.due || isDue(cards[item.id], day)),
  );
}

// Surely-and-wrongly answered ones first, then what has been due longest, then new ones, then those not yet due,
// nearest first.
function rank(card, day) {
  if (!card) return 2;
  if (card.first) return 0;
  return isDue(card, day) ? 1 : 3;
}

// Ids for a round of `length` questions (null: all) out of those that fit. Chance says which new ones; they are asked
// in the order of the text.
export function choose(items, cards, day, length, seed) {
  const chance = chanceOf(seed);
  const mixed = shuffled(
    items.map((item, at) => ({ item, at, rank: rank(cards[item.id], day) })),
    chance,
  );
  const waited = ({ item }) => dueDay(cards[item.id]);
  mixed.sort((one, other) => one.rank - other.rank || (one.rank === 2 ? 0 : waited(one) - waited(other)));
  const chosen = mixed.slice(0, length ?? mixed.length);
  chosen.sort((one, other) => one.rank - other.rank || (one.rank === 2 ? one.at - other.at : 0));
  return together(chosen.map(({ item }) => item)).map(item => item.id);
}

// Questions on one stimulus follow one another, so that it is read once.
function together(items) {
  const key = item => (item.stimulus === undefined ? item.id : `${item.source}/${item.stimulus}`);
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()].flat();
}

// ── A round ──

export function begin(ids, seed, build) {
  return {
    build,
    seed,
    queue: ids.map(id => ({ id, again: false })),
    at: 0,
    hints: 0,
    struck: null,
    given: null,
    log: [],
  };
}

export const asked = round => round.queue[round.at];
export const isOver = round => round.at >= round.queue.length;
export const firstPass = round => round.queue.filter(entry => !entry.again).length;

const seedOf = (round, id, turn) => hashOf(`${round.seed}/${id}/${turn}`);

// Chance for what the question asked leaves to it, the same after a reload.
export const chanceAt = round => chanceOf(seedOf(round, asked(round).id, 'hint'));

// How the question asked is shown; when it comes again, in another order, if its locks leave one.
export function arrangementOf(round, task) {
  const { id, again } = asked(round);
  const first = arrange(task, chanceOf(seedOf(round, id, 0)));
  for (let turn = 1; again && turn < 20; turn += 1) {
    const other = arrange(task, chanceOf(seedOf(round, id, turn)));
    if (JSON.stringify(other) !== JSON.stringify(first)) return other;
  }
  return first;
}

// A further step of help; the last one strikes out an option, which is kept so that a reload strikes the same.
export function withHint(round, struck = round.struck) {
  return { ...round, hints: round.hints + 1, struck };
}

// Right needs every point. An unscored list counts as right when every idea is ticked.
export function outcomeOf(item, answer, hints) {
  const { points, of } = score(item.task, answer);
  const full = item.task.type === 'ideas' ? answer.length === item.task.ideas.length : points === of;
  if (!full) return { points, of, outcome: 'missed' };
  return { points, of, outcome: hints > 0 ? 'hinted' : 'right' };
}

// Takes the answer to the question asked: the round and the card after it. What was missed comes again at the end,
// once; a self-check list does not, as its answer has just been read.
export function answered(round, item, answer, sure, card, day) {
  const { id, again } = asked(round);
  const result = outcomeOf(item, answer, round.hints);
  const entry = { id, again, sure, hints: round.hints, ...result };
  const comesAgain = result.outcome === 'missed' && !again && item.task.type !== 'ideas';
  const queue = comesAgain ? [...round.queue, { id, again: true }] : round.queue;
  return {
    round: { ...round, queue, given: { answer, sure }, log: [...round.log, entry] },
    card: moved(card, result.outcome, sure, day, again),
    result,
  };
}

export function advanced(round) {
  return { ...round, at: round.at + 1, hints: 0, struck: null, given: null };
}

// A round that was kept, for this build of the quiz: questions that are no longer there are left out; and as another
// build may have its options in another order, what was answered or struck out in the question at hand is asked anew.
export function mended(round, known, build) {
  const isList = list => Array.isArray(list) && list.every(entry => typeof entry?.id === 'string');
  if (!round || !isList(round.queue) || !isList(round.log) || !Number.isInteger(round.at)) return null;
  const queue = round.queue.filter(({ id }) => known(id));
  if (queue.length === 0) return null;
  if (round.build === build && queue.length === round.queue.length) return round;
  const at = round.queue.slice(0, round.at).filter(({ id }) => known(id)).length;
  const whole = { ...round, build, queue, at, log: round.log.filter(({ id }) => known(id)) };
  const stays = known(round.queue[round.at]?.id);
  return round.given && stays ? advanced(whole) : { ...whole, hints: 0, struck: null, given: null };
}

// ── The summary ──

export const STATES = ['first', 'hint', 'retry', 'missed', 'checked'];

// How each question of the round went in the end, in the order of the round.
export function outcomes(round, itemOf) {
  const states = new Map();
  for (const { id, again, outcome } of round.log) {
    if (itemOf(id).task.type === 'ideas') states.set(id, 'checked');
    else if (!again) states.set(id, { right: 'first', hinted: 'hint', missed: 'missed' }[outcome]);
    else if (outcome !== 'missed') states.set(id, 'retry');
  }
  return [...states].map(([id, state]) => ({ id, state }));
}

// Counts by a key of the item (a section, a skill): rows in the order of `keys`, without empty ones.
export function tally(results, itemOf, keys, keysOf) {
  return keys
    .map(key => {
      const mine = results.filter(({ id }) => keysOf(itemOf(id)).includes(key));
      const row = Object.fromEntries(
        STATES.map(state => [state, mine.filter(result => result.state === state).length]),
      );
      return { key, total: mine.length, ...row };
    })
    .filter(row => row.total > 0);
}

// Paragraphs to read again, of each source: those that the missed, retried and hinted questions are about.
export function toReadAgain(results, itemOf) {
  const places = new Map();
  for (const { id, state } of results) {
    if (state === 'first' || state === 'checked') continue;
    const { source, cite } = itemOf(id);
    const known = places.get(source) ?? new Set();
    cite.forEach(p => known.add(p));
    places.set(source, known);
  }
  return [...places].map(([source, known]) => ({ source, paragraphs: [...known].sort((one, other) => one - other) }));
}

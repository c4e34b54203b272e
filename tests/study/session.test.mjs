// A round: which questions it has, what comes next after each answer, what its summary says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  advanced,
  answered,
  arrangementOf,
  asked,
  begin,
  choose,
  firstPass,
  fitting,
  isOver,
  mended,
  outcomes,
  tally,
  toReadAgain,
  withHint,
} from '../../templates/study/session.js';

const item = (id, more = {}) => ({
  id,
  source: 0,
  section: 'A',
  skills: ['close_reading'],
  cite: [1],
  task: { type: 'statement', verdict: 'supported', because: '' },
  ...more,
});
const items = [
  item('a'),
  item('b', { section: 'B', cite: [4, 5] }),
  item('c', { skills: ['argument', 'evidence'], cite: [2] }),
  item('d', { section: '', cite: [9] }),
  item('e', { stimulus: 0 }),
  item('f'),
  item('g', { stimulus: 0, section: 'B' }),
];
const itemOf = id => items.find(one => one.id === id);

// Answers what is asked; returns the round after 'next' and the card.
function play(round, right, { sure = true, card, day = 10 } = {}) {
  const taken = answered(round, itemOf(asked(round).id), right ? 'supported' : 'contradicted', sure, card, day);
  return { round: advanced(taken.round), card: taken.card, result: taken.result };
}

test('questions are chosen by section, skill, source and what is due', () => {
  const ids = (wish, cards = {}) =>
    fitting(items, cards, 10, wish)
      .map(({ id }) => id)
      .join('');
  assert.equal(ids({}), 'abcdefg');
  assert.equal(ids({ section: 'B' }), 'bg');
  assert.equal(ids({ section: '' }), 'd');
  assert.equal(ids({ skill: 'evidence' }), 'c');
  assert.equal(ids({ source: 1 }), '');
  assert.equal(ids({ due: true }, { a: { box: 2, day: 9 }, b: { box: 2, day: 10 }, c: { box: 1, day: 10 } }), 'ac');
});

test('a round begins with the surely wrong, then the longest due, then new ones, and takes early ones last', () => {
  const cards = {
    f: { box: 5, day: 9 },
    b: { box: 2, day: 1 },
    a: { box: 3, day: 1 },
    c: { box: 1, day: 10, first: true },
    d: { box: 4, day: 9 },
  };
  for (let seed = 0; seed < 20; seed += 1) {
    const ids = choose(items, cards, 10, null, seed);
    assert.equal(ids.slice(0, 3).join(''), 'cba');
    assert.equal(ids.slice(3, 5).join(''), 'eg', 'new ones in the order of the text');
    assert.equal(ids.slice(5).join(''), 'df');
    assert.equal(choose(items, cards, 10, 2, seed).join(''), 'cb');
  }
});

test('chance says which new questions are asked, and they are asked in the order of the text', () => {
  const seen = new Set();
  for (let seed = 0; seed < 200; seed += 1) {
    const ids = choose(items.slice(0, 4), {}, 10, 2, seed);
    assert.deepEqual(ids, [...ids].sort());
    seen.add(ids.join(''));
  }
  assert.equal(seen.size, 6, 'every pair of four comes up');
});

test('questions on one stimulus stay together', () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const ids = choose(items, {}, 10, null, seed);
    assert.equal(Math.abs(ids.indexOf('e') - ids.indexOf('g')), 1, ids.join(''));
  }
});

test('what is missed comes again at the end, once, in another order', () => {
  let round = begin(['a', 'b', 'c'], 5);
  const task = { type: 'choice', choose: 1, options: [{}, {}, {}], order: 'shuffle' };
  const shown = arrangementOf(round, task);
  assert.deepEqual(arrangementOf(JSON.parse(JSON.stringify(round)), task), shown, 'a reload shows the same order');
  ({ round } = play(round, false));
  ({ round } = play(round, true));
  ({ round } = play(round, false));
  assert.equal(firstPass(round), 3);
  assert.deepEqual(round.queue.slice(3), [
    { id: 'a', again: true },
    { id: 'c', again: true },
  ]);
  assert.notDeepEqual(arrangementOf(round, task), shown);
  const locked = { ...task, order: 'fixed' };
  assert.deepEqual(arrangementOf(round, locked), { options: [0, 1, 2] });
  ({ round } = play(round, true));
  assert.ok(!isOver(round));
  ({ round } = play(round, false));
  assert.ok(isOver(round), 'a question missed twice is left for another day');
  assert.deepEqual(outcomes(round, itemOf), [
    { id: 'a', state: 'retry' },
    { id: 'b', state: 'first' },
    { id: 'c', state: 'missed' },
  ]);
});

test('a success with a hint is one, but the card stays in its box', () => {
  const round = withHint(begin(['a'], 1));
  const { card, result, round: after } = play(round, true, { card: { box: 3, day: 1 } });
  assert.equal(result.outcome, 'hinted');
  assert.equal(card.box, 3);
  assert.equal(after.hints, 0, 'the next question begins without hints');
  assert.deepEqual(outcomes(after, itemOf), [{ id: 'a', state: 'hint' }]);
});

test('sure and wrong is remembered until the question is right', () => {
  const { card } = play(begin(['a'], 1), false, { sure: true });
  assert.equal(card.first, true);
  assert.equal(play(begin(['a'], 1), false, { sure: false }).card.first, undefined);
  assert.equal(play(begin(['a'], 1), true, { card }).card.first, undefined);
  const { round } = play(begin(['a'], 1), false, { sure: true });
  assert.deepEqual(
    play(round, true, { card }).card,
    { box: 2, day: 10, first: true },
    'a success in the same round does not undo it',
  );
});

test('partial credit is not a success', () => {
  const ordering = item('o', { task: { type: 'ordering', elements: [{}, {}, {}] } });
  const taken = answered(begin(['o'], 1), ordering, [1, 2, 0], true, { box: 4, day: 1 }, 10);
  assert.deepEqual([taken.result.points, taken.result.of, taken.result.outcome, taken.card.box], [1, 2, 'missed', 1]);
});

test('a self-check list is no score and does not come again in the round', () => {
  const ideas = item('i', { task: { type: 'ideas', ideas: [{}, {}] } });
  const none = answered(begin(['i'], 1), ideas, [0], true, undefined, 10);
  assert.deepEqual([none.result.of, none.card.box, none.round.queue.length], [0, 1, 1]);
  assert.equal(answered(begin(['i'], 1), ideas, [0, 1], true, undefined, 10).card.box, 2);
});

test('the summary counts by section and skill and names what to read again', () => {
  let round = begin(['a', 'b', 'c', 'd'], 1);
  for (const right of [true, false, false, true, true, false]) ({ round } = play(round, right));
  const results = outcomes(round, itemOf);
  const rows = tally(results, itemOf, ['A', 'B', ''], ({ section }) => [section]);
  assert.deepEqual(
    rows.map(({ key, total, first, retry, missed }) => [key, total, first, retry, missed]),
    [
      ['A', 2, 1, 0, 1],
      ['B', 1, 0, 1, 0],
      ['', 1, 1, 0, 0],
    ],
  );
  assert.deepEqual(
    tally(results, itemOf, ['close_reading', 'evidence', 'sourcing'], ({ skills }) => skills).map(({ key, total }) => [
      key,
      total,
    ]),
    [
      ['close_reading', 3],
      ['evidence', 1],
    ],
  );
  assert.deepEqual(toReadAgain(results, itemOf), [{ source: 0, paragraphs: [2, 4, 5] }]);
});

test('a round survives being kept as JSON, and a newer build that lacks some of its questions', () => {
  let round = begin(['a', 'b', 'c', 'd'], 1, 7);
  ({ round } = play(round, false));
  ({ round } = play(round, true));
  const kept = JSON.parse(JSON.stringify(withHint(round, 2)));
  assert.deepEqual(
    mended(kept, () => true, 7),
    withHint(round, 2),
  );
  const later = mended(kept, id => id !== 'a', 8);
  assert.equal(asked(later).id, 'c');
  assert.deepEqual([later.queue.length, later.log.length, later.hints, later.struck, later.build], [3, 1, 0, null, 8]);
  assert.equal(asked(mended(kept, id => id !== 'c', 8)).id, 'd');
  const { round: given } = answered(round, itemOf('c'), 'supported', true, undefined, 10);
  assert.equal(asked(mended(given, () => true, 7)).id, 'c', 'the feedback of this build stays');
  assert.equal(asked(mended(given, () => true, 8)).id, 'd', 'an answer to another build is done with');
  assert.equal(
    asked(mended(given, id => id !== 'c', 8)).id,
    'd',
    'the next one is not skipped where the answered one is gone',
  );
  for (const broken of [null, undefined, 7, {}, { queue: 1 }, { queue: [], log: [], at: 0 }, { queue: [null], log: [], at: 0 }, { queue: [{ id: 'a' }], log: [] }])
    assert.equal(
      mended(broken, () => true, 7),
      null,
    );
});

// Shared with Rust, whose terminal keeps the same rules.
const shared = new URL('sessions.json', import.meta.url);
const sessions = JSON.parse(readFileSync(shared, 'utf8'));
assert.ok(sessions.length >= 20);

for (const session of sessions) {
  test(`as in the terminal: ${session.name}`, () => {
    const ideas = { type: 'ideas', ideas: [{ idea: 'x', points: 1 }], not_credited: [], samples: [] };
    const all = session.items.map(one =>
      item(one.id, { stimulus: one.stimulus, ...(one.ideas ? { task: ideas } : {}) }),
    );
    const of = id => all.find(one => one.id === id);
    const cards = { ...session.cards };
    assert.deepEqual(
      fitting(all, cards, session.day, { due: true }).map(({ id }) => id),
      session.due,
    );
    let round = begin(choose(all, cards, session.day, session.length, 1), 1);
    for (const [at, step] of session.steps.entries()) {
      assert.deepEqual(asked(round), { id: step.id, again: step.again }, `step ${at}`);
      for (let hint = 0; hint < step.hints; hint += 1) round = withHint(round);
      const answer = of(step.id).task === ideas ? (step.right ? [0] : []) : step.right ? 'supported' : 'contradicted';
      const taken = answered(round, of(step.id), answer, step.sure, cards[step.id], session.day);
      assert.deepEqual(taken.card, step.card, `step ${at}: the card of ${step.id}`);
      cards[step.id] = taken.card;
      round = advanced(taken.round);
    }
    assert.ok(isOver(round));
    const byId = list => [...list].sort((one, other) => (one.id < other.id ? -1 : 1));
    assert.deepEqual(byId(outcomes(round, of)), byId(session.states));
  });
}

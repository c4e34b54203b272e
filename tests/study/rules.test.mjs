// The rules of the quiz: points by the vectors that Rust shares, shuffling under locks, Leitner's boxes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  arrange,
  chanceOf,
  dueDay,
  fillsBlank,
  folded,
  isDue,
  knownError,
  moved,
  score,
  shuffled,
} from '../../templates/study/rules.js';

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));

test('answers get the points that Rust gives them', () => {
  assert.ok(vectors.length >= 60, `${vectors.length} vectors`);
  for (const { name, task, answer, points, of } of vectors) assert.deepEqual(score(task, answer), { points, of }, name);
});

test('every type has vectors that are right, wrong, and in part right where that can be', () => {
  const types = [
    'choice',
    'true_false',
    'statement',
    'matching',
    'attribution',
    'ordering',
    'cloze',
    'numeric',
    'paired',
    'finding',
  ];
  for (const type of types) {
    const mine = vectors.filter(({ task }) => task.type === type);
    assert.ok(
      mine.some(({ points, of }) => points === of),
      `${type}: right`,
    );
    assert.ok(
      mine.some(({ points, of }) => points < of),
      `${type}: wrong`,
    );
    if (mine.some(({ of }) => of > 1))
      assert.ok(
        mine.some(({ points, of }) => points > 0 && points < of),
        `${type}: in part`,
      );
  }
});

test('no answer, however odd, breaks the scoring', () => {
  const odd = [
    null,
    undefined,
    0,
    -1,
    1e9,
    'x',
    '',
    [],
    [null],
    [99, -1],
    {},
    { a: 9, b: 9 },
    { p: 'x', s: {} },
    { judgement: 'yes' },
    [[1]],
    '\u2028',
    Number.NaN,
  ];
  for (const { task, of } of vectors) {
    for (const answer of odd) {
      const result = score(task, answer);
      assert.equal(result.of, of);
      assert.ok(
        result.points >= 0 && result.points <= of,
        `${task.type} ${JSON.stringify(answer)} gives ${result.points}`,
      );
    }
  }
});

test('a blank forgives one edit in a long word, and not where another word is as near', () => {
  assert.ok(fillsBlank('Polmics', ['polemics'], ['polemics', 'politics']));
  assert.ok(!fillsBlank('polics', ['polemics'], ['polemics', 'politics']));
  assert.ok(!fillsBlank('dim', ['din'], ['din', 'noise']));
  assert.ok(!fillsBlank('stationd', ['stations'], ['stations', 'stationed']));
  assert.ok(!fillsBlank('   ', ['a'], ['a']));
});

test('what was written is compared without case, kinds of quotes and dashes, or spaces', () => {
  assert.equal(folded('  July\u00a025th '), 'july 25th');
  assert.equal(folded('aide‑mémoire'), folded('aide-me\u0301moire'));
  const task = {
    type: 'numeric',
    answer: '1,500',
    unit: 'miles',
    tolerance: 10,
    accept: ['fifteen hundred'],
    errors: [{ text: '15', because: 'x' }],
  };
  for (const right of ['1500', '1,500', '1 509 miles'.replace(' ', ''), 'Fifteen hundred', '1490.0', '1500 Miles.'])
    assert.equal(score(task, right).points, 1, right);
  for (const wrong of ['1511', '15', '1,50,0', '', 'miles', '0x5DC', '1e3', 'Infinity'])
    assert.equal(score(task, wrong).points, 0, wrong);
  assert.equal(knownError(task, ' 15 miles ').because, 'x');
});

const options = [{ text: 'a' }, { text: 'b' }, { text: 'c', pin: 'last' }, { text: 'd' }, { text: 'e', pin: 'first' }];

test('options are shuffled, but for those that are locked', () => {
  const seen = new Set();
  for (let seed = 0; seed < 200; seed += 1) {
    const order = arrange({ type: 'choice', choose: 1, options, order: 'shuffle' }, chanceOf(seed)).options;
    assert.equal(order[0], 4);
    assert.equal(order.at(-1), 2);
    assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4]);
    seen.add(order.join());
  }
  assert.equal(seen.size, 6, 'all orders of three free options come up');
  assert.deepEqual(
    arrange({ type: 'choice', choose: 1, options, order: 'fixed' }, chanceOf(3)).options,
    [0, 1, 2, 3, 4],
  );
});

test('an order to be found is never shown right or reversed, and is as mixed as on paper', () => {
  for (let count = 2; count <= 6; count += 1) {
    const elements = Array.from({ length: count }, () => ({ text: 'x' }));
    for (let seed = 0; seed < 300; seed += 1) {
      const shown = arrange({ type: 'ordering', elements }, chanceOf(seed)).elements;
      assert.ok(score({ type: 'ordering', elements }, shown).points < count - 1, `${count}: ${shown}`);
      if (count < 3) continue;
      const pairs = (count * (count - 1)) / 2;
      let inverted = 0;
      shown.forEach((value, at) =>
        shown.slice(at + 1).forEach(later => {
          inverted += later < value ? 1 : 0;
        }),
      );
      assert.ok(inverted < pairs, `${count}: reversed`);
      assert.ok(inverted * 10 >= pairs * 3 && inverted * 10 <= pairs * 7, `${count}: ${inverted} of ${pairs}`);
    }
  }
});

test('the same seed shuffles the same way, and every order is as likely', () => {
  assert.deepEqual(shuffled([1, 2, 3, 4, 5, 6], chanceOf(7)), shuffled([1, 2, 3, 4, 5, 6], chanceOf(7)));
  const counts = new Map();
  for (let seed = 0; seed < 6000; seed += 1) {
    const order = shuffled(['a', 'b', 'c'], chanceOf(seed)).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  for (const [order, count] of counts) assert.ok(count > 850 && count < 1150, `${order}: ${count} of 6000`);
});

test('a card climbs by right answers, stays with a hint, and falls to box 1 when missed', () => {
  let card = moved(undefined, 'right', true, 100);
  assert.deepEqual(card, { box: 2, day: 100 });
  assert.deepEqual([isDue(card, 100), isDue(card, 101)], [false, true]);
  for (const [box, wait] of [
    [3, 3],
    [4, 7],
    [5, 16],
    [5, 16],
  ]) {
    const day = dueDay(card);
    card = moved(card, 'right', false, day);
    assert.deepEqual(card, { box, day });
    assert.equal(dueDay(card) - day, wait);
  }
  assert.deepEqual(moved(card, 'hinted', true, 200), { box: 5, day: 200 });
  assert.deepEqual(moved(card, 'missed', false, 200), { box: 1, day: 200 });
  assert.deepEqual(moved(card, 'missed', true, 200), { box: 1, day: 200, first: true });
  assert.ok(isDue({ box: 1, day: 200 }, 200), 'box 1 is due at once');
  assert.ok(!isDue(undefined, 200), 'a new question is not due');
});

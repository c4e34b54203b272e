// The progress code, and the progress that a device keeps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeProgress, encodeProgress, merged } from '../../templates/study/code.js';
import { Progress, today } from '../../templates/study/progress.js';

const ids = Array.from({ length: 311 }, (_, index) => `item-${index}`);
const cardsOf = (list, day) =>
  Object.fromEntries(
    list.map((id, at) => [id, { box: 1 + (at % 5), day: day - (at % 31), ...(at % 35 === 0 ? { first: true } : {}) }]),
  );

test('a code carries every card', () => {
  for (const count of [0, 1, 2, 10, 60, 311]) {
    const cards = cardsOf(ids.slice(0, count), 20000);
    const code = encodeProgress('quiz', cards, 20000);
    assert.deepEqual(decodeProgress('quiz', ids, code), { cards });
    // Ten questions take a line, and the whole bank what a message holds.
    if (count === 10) assert.ok(code.length < 100, `${code.length} characters`);
    assert.ok(code.length <= 1700, `${code.length} characters`);
  }
});

test('a code survives lower case, line breaks, missing spaces and look-alike letters', () => {
  const cards = cardsOf(ids.slice(0, 25), 20000);
  const code = encodeProgress('quiz', cards, 20000);
  for (const changed of [
    code.toLowerCase(),
    code.replaceAll(' ', ''),
    code.replaceAll(' ', '\n'),
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
    `  ${code} `,
    code.replaceAll(' ', '-'),
  ]) {
    assert.deepEqual(decodeProgress('quiz', ids, changed), { cards });
  }
});

test('a damaged code, or that of another quiz, is refused', () => {
  const code = encodeProgress('quiz', cardsOf(ids.slice(0, 12), 20000), 20000).replaceAll(' ', '');
  for (let at = 0; at < code.length; at += 1) {
    const other = code[at] === 'Q' ? 'R' : 'Q';
    assert.equal(
      decodeProgress('quiz', ids, code.slice(0, at) + other + code.slice(at + 1)).fault,
      'damaged',
      `changed at ${at}`,
    );
    assert.equal(decodeProgress('quiz', ids, code.slice(0, at) + code.slice(at + 1)).fault, 'damaged', `cut at ${at}`);
  }
  assert.equal(decodeProgress('another', ids, code).fault, 'other');
  for (const wrong of ['', 'hello', '<script>', '🙂'.repeat(20), '0'.repeat(10000)])
    assert.ok(decodeProgress('quiz', ids, wrong).fault, wrong.slice(0, 20));
});

test('a code keeps by id: a build with other questions in another order takes what it knows', () => {
  const cards = cardsOf(ids.slice(0, 30), 20000);
  const code = encodeProgress('quiz', cards, 20000);
  const newer = [...ids.slice(10).reverse(), 'new-one'];
  assert.deepEqual(Object.keys(decodeProgress('quiz', newer, code).cards).sort(), ids.slice(10, 30).sort());
});

test('two devices together: the later answer counts, and on one day the lower box', () => {
  assert.deepEqual(
    merged(
      { a: { box: 3, day: 5 }, b: { box: 3, day: 5 }, c: { box: 2, day: 9 } },
      { a: { box: 2, day: 6 }, b: { box: 1, day: 5 }, c: { box: 5, day: 8 }, d: { box: 1, day: 1 } },
    ),
    { a: { box: 2, day: 6 }, b: { box: 1, day: 5 }, c: { box: 2, day: 9 }, d: { box: 1, day: 1 } },
  );
});

const memory = (content = {}) => ({
  content,
  getItem: key => content[key] ?? null,
  setItem: (key, text) => {
    content[key] = text;
  },
});

test('progress is kept and read again', () => {
  const store = memory();
  const one = new Progress('quiz', () => store);
  one.keepCard('a', { box: 2, day: 5 });
  one.keepRound({ at: 1 });
  const two = new Progress('quiz', () => store);
  assert.deepEqual([two.cards, two.round, two.lasting], [{ a: { box: 2, day: 5 } }, { at: 1 }, true]);
  two.keepSettings({ theme: 'dark' });
  two.clear();
  const three = new Progress('quiz', () => store);
  assert.deepEqual([three.cards, three.round, three.settings], [{}, null, { theme: 'dark' }]);
  assert.deepEqual(new Progress('other', () => store).cards, {}, 'each quiz keeps its own');
});

test('a store that is blocked, full or damaged costs nothing but memory', () => {
  const blocked = new Progress('quiz', () => {
    throw new Error('SecurityError');
  });
  blocked.keepCard('a', { box: 2, day: 5 });
  blocked.keepRound({ at: 0 });
  assert.deepEqual([blocked.cards.a.box, blocked.lasting], [2, false]);
  const full = new Progress('quiz', () => ({
    getItem: () => null,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  }));
  full.keepRound({ at: 0 });
  assert.equal(full.lasting, false);
  for (const text of [
    '{',
    'null',
    '7',
    '[]',
    '{"version":99}',
    '{"version":1,"cards":{"a":7,"b":{"box":9,"day":1},"c":{"box":1,"day":3}},"settings":4}',
  ]) {
    const { cards, lasting } = new Progress('quiz', () => memory({ 'pilcrow-study:quiz': text }));
    assert.ok(lasting);
    assert.ok(
      Object.keys(cards).every(id => id === 'c'),
      text,
    );
  }
});

test('days end at midnight on the device', () => {
  assert.equal(today(new Date(2026, 10, 28, 23, 59)) + 1, today(new Date(2026, 10, 29, 0, 1)));
  assert.equal(today(new Date(1970, 0, 1, 12)), 0);
});

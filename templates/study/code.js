// Progress as a short code to copy to another device: which questions, in which boxes, answered when. No DOM.
//
// Bits, most significant first: version 3 · quiz 16 · day 16 · count 13 · for each card, in the order of its id's hash:
// the step from the hash before it (Rice code) · box 3 · days since the answer 5 · surely wrong 1. Then 20 bits of
// check sum. Written in Crockford's base 32, which has no I, L, O or U and does not mind case: a code survives being
// typed or dictated.
import { hashOf } from './rules.js';

const CODE_VERSION = 1;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
// 20 bits keep the ids of a bank apart; of 5,000 a dozen pairs would share their progress, which is harmless.
const ID_BITS = 20;
const MOST_DAYS = 31;

const idHash = id => hashOf(id) >>> (32 - ID_BITS);
const quizHash = id => hashOf(`quiz ${id}`) >>> 16;
const riceBits = count => Math.max(0, Math.floor(Math.log2(2 ** ID_BITS / (count + 1))));

class BitWriter {
  bits = [];
  put(value, width) {
    for (let at = width - 1; at >= 0; at -= 1) this.bits.push((value >>> at) & 1);
  }
  rice(value, width) {
    for (let ones = value >>> width; ones > 0; ones -= 1) this.bits.push(1);
    this.bits.push(0);
    this.put(value, width);
  }
}

class BitReader {
  at = 0;
  constructor(bits) {
    this.bits = bits;
  }
  take(width) {
    let value = 0;
    for (let left = width; left > 0; left -= 1) {
      if (this.at >= this.bits.length) throw new RangeError('the code ends too early');
      value = value * 2 + this.bits[this.at];
      this.at += 1;
    }
    return value;
  }
  rice(width) {
    let high = 0;
    while (this.take(1) === 1) high += 1;
    return high * 2 ** width + this.take(width);
  }
}

// CRC-20 (polynomial of CRC-32, cut): every change of a character is noticed, but for one in a million.
function checkSum(symbols) {
  let crc = 0xffffffff;
  for (const symbol of symbols) {
    crc ^= symbol;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 12;
}

const symbolsOf = bits => {
  const symbols = [];
  for (let at = 0; at < bits.length; at += 5) {
    symbols.push([0, 1, 2, 3, 4].reduce((value, bit) => value * 2 + (bits[at + bit] ?? 0), 0));
  }
  return symbols;
};

// The code, in groups of five characters.
export function encodeProgress(quizId, cards, day) {
  const seen = Object.entries(cards)
    .map(([id, card]) => ({ hash: idHash(id), card }))
    .sort((one, other) => one.hash - other.hash)
    .filter(({ hash }, at, all) => at === 0 || all[at - 1].hash !== hash)
    .slice(0, 2 ** 13 - 1);
  const out = new BitWriter();
  out.put(CODE_VERSION, 3);
  out.put(quizHash(quizId), 16);
  out.put(day, 16);
  out.put(seen.length, 13);
  const width = riceBits(seen.length);
  let before = 0;
  for (const { hash, card } of seen) {
    out.rice(hash - before, width);
    out.put(card.box, 3);
    out.put(Math.min(MOST_DAYS, Math.max(0, day - card.day)), 5);
    out.put(card.first ? 1 : 0, 1);
    before = hash;
  }
  const symbols = symbolsOf(out.bits);
  const sum = checkSum(symbols);
  const text = [...symbols, ...[15, 10, 5, 0].map(shift => (sum >>> shift) & 31)]
    .map(symbol => ALPHABET[symbol])
    .join('');
  return text.replace(/.{5}(?=.)/g, '$& ');
}

// The cards of a code for these ids, or why it cannot be read: { cards } or { fault: 'damaged' | 'other' | 'newer' }.
export function decodeProgress(quizId, ids, text) {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const symbols = [...plain].map(letter => ALPHABET.indexOf(letter));
  if (symbols.length < 12 || symbols.includes(-1)) return { fault: 'damaged' };
  const sum = symbols.splice(-4).reduce((value, symbol) => value * 32 + symbol, 0);
  if (sum !== checkSum(symbols)) return { fault: 'damaged' };
  const from = new BitReader(symbols.flatMap(symbol => [16, 8, 4, 2, 1].map(bit => (symbol & bit ? 1 : 0))));
  try {
    if (from.take(3) !== CODE_VERSION) return { fault: 'newer' };
    if (from.take(16) !== quizHash(quizId)) return { fault: 'other' };
    return { cards: readCards(from, ids) };
  } catch (error) {
    if (error instanceof RangeError) return { fault: 'damaged' };
    throw error;
  }
}

function readCards(from, ids) {
  const byHash = new Map();
  for (const id of ids) byHash.set(idHash(id), [...(byHash.get(idHash(id)) ?? []), id]);
  const day = from.take(16),
    count = from.take(13),
    width = riceBits(count);
  const cards = {};
  let hash = 0;
  for (let left = count; left > 0; left -= 1) {
    hash += from.rice(width);
    const box = Math.min(5, Math.max(1, from.take(3)));
    const card = { box, day: day - from.take(5) };
    if (from.take(1) === 1) card.first = true;
    for (const id of byHash.get(hash) ?? []) cards[id] = { ...card };
  }
  return cards;
}

// Both devices' progress: of two cards the one answered later, and of two of one day the lower box.
export function merged(mine, theirs) {
  const out = { ...mine };
  for (const [id, card] of Object.entries(theirs)) {
    const own = out[id];
    if (!own || card.day > own.day || (card.day === own.day && card.box < own.box)) out[id] = card;
  }
  return out;
}

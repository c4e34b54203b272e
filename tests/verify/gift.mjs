// Parses a GIFT file with gift-pegjs; with a bank (from `export --to json`) compares the keys. usage: gift.mjs FILE [BANK.json]
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

const require = createRequire(path.resolve('target/verify/npm/package.json'));
const { parse } = require('gift-pegjs');
const [file, bankFile] = process.argv.slice(2);
const faults = [];
let questions;
try {
  questions = parse(fs.readFileSync(file, 'utf8'));
} catch (error) {
  console.error(`${file}: ${error.message.slice(0, 200)} at ${JSON.stringify(error.location?.start ?? '')}`);
  process.exit(1);
}
const entities = { lt: '<', gt: '>', amp: '&', quot: '"' };
const plain = text => text.replace(/<[^>]*>/g, '').replace(/&(\w+);/g, (all, name) => entities[name] ?? all)
  .replace(/\\\*/g, '\u0001').replace(/\*/g, '').replace(/\u0001/g, '*').replace(/\]\{[a-z-]+\}/g, '').replace(/[[\]\s"“”'‘’]+/g, '').toLowerCase();
const words = entry => typeof entry === 'object' ? entry.text : String(entry);

// The right answers of an item, as words; nothing for what a person marks.
function keys(item) {
  switch (item.kind) {
    case 'single-choice': case 'vocabulary': case 'paired-evidence': return [words(item.key)];
    case 'multiple-select': return item.keys.map(words);
    case 'true-false': return [String(item.answer)];
    case 'matching': return item.pairs.map(pair => `${words(pair.premise)}→${words(pair.response)}`);
    case 'attribution': return item.statements.map(s => `${words(s)}→${item.speakers.find(p => p.id === s.speaker).text}`);
    case 'ordering': return item.elements.map((element, at) => `${words(element)}→${at + 1}`);
    case 'cloze': return [...item.passage.matchAll(/\{\{(.*?)\}\}/g)].map(gap => gap[1].split('|')[0]);
    case 'numeric': return [String(item.answer)];
    default: return null;
  }
}

// gift-pegjs 1.0.2 leaves its own marks for escaped signs in the responses of a matching, and there alone.
const marks = { '&&092;': '\\', '&&058;': ':', '&&035;': '#', '&&061;': '=', '&&123;': '{', '&&125;': '}', '&&126;': '~' };
const unmarked = text => text.replace(/&&\d{3};/g, mark => marks[mark] ?? mark);

function found(question) {
  switch (question.type) {
    case 'MC': return question.choices.filter(c => c.isCorrect || c.weight > 0).map(c => c.text.text);
    case 'Short': return question.choices.filter(c => c.weight === 100 || c.weight === null).map(c => c.text.text).slice(0, 1);
    case 'Numerical': return question.choices.filter(c => c.weight === 100).map(c => String(c.text.number));
    case 'TF': return [String(question.isTrue)];
    case 'Matching': return question.matchPairs.filter(p => p.subquestion.text).map(p => `${p.subquestion.text}→${unmarked(p.subanswer)}`);
    default: return [];
  }
}

const byId = new Map();
const types = {};
for (const question of questions.filter(q => q.type !== 'Category')) {
  types[question.type] = (types[question.type] ?? 0) + 1;
  if (!question.id || byId.has(question.id)) faults.push(`${question.title}: its id ${question.id} is missing or there twice`);
  byId.set(question.id, question);
  if (!['Essay', 'Description'].includes(question.type) && found(question).length === 0) faults.push(`${question.id}: no key`);
  if (question.type === 'MC') {
    const weights = question.choices.map(c => c.isCorrect ? 100 : c.weight ?? 0);
    const right = weights.filter(w => w > 0).reduce((sum, w) => sum + w, 0);
    const single = question.choices.some(c => c.isCorrect);
    if (!single && (Math.abs(right - 100) > 0.1 || weights.reduce((sum, w) => sum + w, 0) > 0.1)) faults.push(`${question.id}: weights ${weights}`);
  }
}
if (bankFile) {
  const { items } = JSON.parse(fs.readFileSync(bankFile, 'utf8'));
  for (const item of items) {
    const parts = item.kind === 'cloze' ? [...byId.keys()].filter(id => new RegExp(`^${item.id}--\\d+$`).test(id)) : [item.id];
    const questionsOf = parts.map(id => byId.get(id));
    if (!questionsOf.length || questionsOf.some(q => !q)) { faults.push(`${item.id} is missing`); continue; }
    const right = keys(item);
    if (!right) continue;
    const got = questionsOf.flatMap(found).map(plain).sort();
    const wanted = right.map(plain).sort();
    if (JSON.stringify(got) !== JSON.stringify(wanted)) faults.push(`${item.id}: the key is ${got}, and the bank's ${wanted}`);
  }
}
console.log(`${file}: ${byId.size} questions, ${JSON.stringify(types)}`);
faults.slice(0, 20).forEach(line => console.error(line));
process.exit(faults.length ? 1 : 0);

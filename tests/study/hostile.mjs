// A quiz with mark-up, quotes, separators, emoji and right-to-left text in every field, and a huge one.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

// The quiz that a file holds.
export function quizOf(file) {
  const [, base64] = readFileSync(file, 'utf8').match(
    /<script type="application\/octet-stream" id="quiz">([^<]*)<\/script>/,
  );
  return JSON.parse(inflateRawSync(Buffer.from(base64, 'base64')));
}

const POISON =
  '<script>globalThis.hurt = 1</script><img src=x onerror="globalThis.hurt = 1">"\'`${1}&lt;&amp;]]>--><!-- \u2028\u2029 🙂👩‍👩‍👧 שלום עולם مرحبا \\u003c {{ title }} {% raw %} ';

// Fields that the page compares or looks up; poison in these would make another quiz, not a hostile text.
const KEPT = new Set([
  'type',
  'kind',
  'id',
  'order',
  'verdict',
  'lang',
  'role',
  'by',
  'pin',
  'src',
  'section',
  'style',
]);

function poisoned(value, key, at) {
  if (typeof value === 'string')
    return KEPT.has(key) || value === '' ? value : `${POISON}${(at.n += 1)} ${value.slice(0, 60)}`;
  if (Array.isArray(value))
    return value.map(entry => poisoned(entry, key === 'skills' || key === 'search_in' ? 'id' : key, at));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, poisoned(entry, name, at)]));
  return value;
}

// One item of every kind, with poison in every text; ids have some too, as far as a bank's ids may.
export function hostileQuiz(quiz) {
  const kinds = new Set();
  const items = quiz.items.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind));
  const source = { ...quiz.sources[0], paragraphs: quiz.sources[0].paragraphs };
  const made = poisoned({ ...quiz, sources: [source, ...quiz.sources.slice(1)], items }, '', { n: 0 });
  // In the letter and its glossary the words must still be found in each other.
  made.sources[0].glossary.forEach((gloss, at) => {
    gloss.words = [quiz.sources[0].glossary[at].words?.[0] ?? quiz.sources[0].glossary[at].term];
  });
  // The words of a bank are those of its blanks.
  made.items.forEach(({ task }, at) => {
    if (task.type !== 'cloze') return;
    const { words } = items[at].task;
    task.blanks = items[at].task.blanks.map(([answer]) => [
      task.words[words.findIndex(word => word.toLowerCase() === answer.toLowerCase())],
    ]);
  });
  return { ...made, id: `${quiz.id}-"hostile"` };
}

export function hugeQuiz(quiz, count) {
  const items = Array.from({ length: count }, (_, at) => ({
    ...quiz.items[at % quiz.items.length],
    id: `${quiz.items[at % quiz.items.length].id}-${at}`,
  }));
  return { ...quiz, id: `${quiz.id}-huge`, items };
}

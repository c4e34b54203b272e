// What answers to an item of the bank must earn, by the bank alone: each answer is told by words, never by identifiers of QTI.
// A case: { name, points, say: { choice|pairs|order|gaps|typed|sentences… } }. Nothing here reads what the export wrote.
export const plain = text => text.replace(/\[([^\]]*)\]\{[a-z-]+\}/gi, '$1').replace(/\\?\*+/g, '').replace(/["'“”‘’]/g, '').replace(/\s+/g, ' ').trim();

export function cases(item) {
  const out = [], add = (name, points, say) => out.push({ name, points, say });
  switch (item.kind) {
    case 'single-choice':
    case 'vocabulary':
      add('key', 1, { choice: [item.key.text] });
      for (const wrong of item.distractors) add('distractor', 0, { choice: [wrong.text] });
      break;
    case 'multiple-select': {
      const keys = item.keys.map(k => k.text), n = keys.length;
      add('all keys', n, { choice: keys });
      add('one key', 1, { choice: keys.slice(0, 1) });
      add('all but one key', n - 1, { choice: keys.slice(1) });
      add('a key and a distractor', 0, { choice: [keys[0], item.distractors[0].text] });
      add('a distractor', 0, { choice: [item.distractors[0].text] });
      break;
    }
    case 'true-false':
      add('key', 1, { nth: [item.answer === 'true' ? 0 : 1] });
      add('other', 0, { nth: [item.answer === 'true' ? 1 : 0] });
      break;
    case 'statement-check': {
      const at = ['supported', 'contradicted', 'not-stated'].indexOf(item.verdict);
      for (const n of [0, 1, 2]) add(`verdict ${n}`, n === at ? 1 : 0, { nth: [n] });
      break;
    }
    case 'matching':
    case 'attribution': {
      const pairs = item.kind === 'matching' ? item.pairs.map(p => [p.premise, p.response])
        : item.statements.map(s => [s.text, item.speakers.find(one => one.id === s.speaker).text]);
      const answers = item.kind === 'matching' ? pairs.map(p => p[1]) : item.speakers.map(s => s.text);
      const wrong = pairs.map(([premise, right]) => [premise, answers[(answers.indexOf(right) + 1) % answers.length]]);
      add('all pairs', pairs.length, { pairs });
      add('one pair', 1, { pairs: pairs.slice(0, 1) });
      add('one wrong', pairs.length - 1, { pairs: [wrong[0], ...pairs.slice(1)] });
      add('all wrong', 0, { pairs: wrong });
      break;
    }
    case 'ordering': {
      const right = item.elements.map(e => e.text), n = right.length;
      add('in order', n - 1, { order: right });
      add('reversed', 0, { order: [...right].reverse() });
      add('first at the end', n - 2, { order: [...right.slice(1), right[0]] });
      break;
    }
    case 'cloze': {
      const gaps = [...item.passage.matchAll(/\{\{(.*?)\}\}/g)].map(gap => gap[1].split('|'));
      const first = gaps.map(gap => gap[0]);
      // A wrong word of the list: the answer of another gap.
      const wrong = gaps.map((gap, at) => first.find((word, other) => other !== at && !gap.includes(word)));
      add('all gaps', gaps.length, { gaps: first });
      add('one gap', 1, { gaps: first.map((word, at) => (at === 0 ? word : null)) });
      add('one wrong', gaps.length - 1, { gaps: [wrong[0], ...first.slice(1)] });
      add('all wrong', 0, { gaps: wrong });
      break;
    }
    case 'numeric':
      for (const right of [item.answer, ...(item.accept ?? [])]) add('right', 1, { typed: String(right) });
      add('capitals', 1, { typed: String(item.answer).toUpperCase() });
      for (const error of item.known_errors ?? []) add('known error', 0, { typed: error.text, told: error.because });
      add('nonsense', 0, { typed: 'xyzzy' });
      break;
    case 'evidence-finding':
      add('core', 2, { sentences: [item.core.quote] });
      for (const near of item.partial ?? []) add('near', 1, { sentences: [near.quote], unless: item.core.quote });
      add('none of them', 0, { other: [item.core.quote, ...(item.partial ?? []).map(p => p.quote)] });
      break;
    case 'paired-evidence': {
      const wrong = item.distractors[0];
      add('both', 2, { paired: [item.key.text, item.key.quote] });
      add('part A alone', 1, { paired: [item.key.text, wrong.quote] });
      add('part B alone', 0, { paired: [wrong.text, item.key.quote] });
      add('neither', 0, { paired: [wrong.text, wrong.quote] });
      break;
    }
  }
  if (out.length) out.push({ name: 'nothing', points: 0, say: {} });
  return out;
}

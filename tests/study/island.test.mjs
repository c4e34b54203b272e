// The quiz comes out of the page as it went in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { readQuiz } from '../../templates/study/island.js';

test('a quiz is read, whatever its texts are', async () => {
  const quiz = {
    title: 'U+2028 \u2028 </script> 🙂 שלום "quotes" \u0000',
    items: Array.from({ length: 5000 }, (_, at) => ({ id: `${at}` })),
  };
  const base64 = deflateRawSync(JSON.stringify(quiz)).toString('base64');
  assert.deepEqual(await readQuiz(`\n${base64}\n`), quiz);
  await assert.rejects(readQuiz(base64.slice(0, base64.length / 2 - ((base64.length / 2) % 4))));
});

// Joins the page of a quiz from templates/study as `pilcrow study` does, for quizzes that no bank makes: hostile ones,
// huge ones. Usage: join.mjs QUIZ.json OUT.html
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const FOLDER = fileURLToPath(new URL('../../templates/study/', import.meta.url));
const read = name => readFileSync(path.join(FOLDER, name), 'utf8');

// Every script that `name` imports, each once and before what uses it, without import lines and the word `export`.
export function joinedScript(name = 'main.js', seen = new Set()) {
  if (seen.has(name)) return '';
  seen.add(name);
  const text = read(name);
  const before = [...text.matchAll(/^import \{[^}]*\} from '\.\/([\w-]+\.js)';$/gm)]
    .map(([, other]) => joinedScript(other, seen))
    .join('');
  return before + text.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
}

const escaped = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export function joinPage(quiz) {
  const css = read('style.css'),
    script = joinedScript().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const island = deflateRawSync(JSON.stringify(quiz)).toString('base64');
  const list = quiz.items
    .map(
      (item, at) =>
        `<article class="plain"><h2>Question ${at + 1}</h2><p>${escaped(
          [item.stem]
            .flat()
            .map(run => run.t ?? run)
            .join(''),
        )}</p><details><summary>Answer</summary><p>${escaped(
          [item.explanation]
            .flat()
            .map(run => run.t ?? run)
            .join(''),
        )}</p></details></article>`,
    )
    .join('\n');
  const values = {
    title: escaped(quiz.title),
    lang: escaped(quiz.lang),
    dir: 'ltr',
    css,
    script,
    quiz: island,
    list,
    csp: escaped(
      `default-src 'none'; script-src ${hash(script)}; style-src ${hash(css)}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`,
    ),
  };
  return read('page.html')
    .replace(/\{#[\s\S]*?#\}/g, '')
    .replace(/\{\{ (\w+)(?: \| safe)? \}\}/g, (_, name) => values[name])
    .trimStart();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  writeFileSync(to, joinPage(JSON.parse(readFileSync(from, 'utf8'))));
}

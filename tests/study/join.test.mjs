// The modules as one script: joined by dropping lines, so their names must be unique and their words and imports in
// form.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import vm from 'node:vm';
import { joinedScript } from './join.mjs';

const folder = new URL('../../templates/study/', import.meta.url);
const modules = readdirSync(folder).filter(name => name.endsWith('.js'));
const textOf = name => readFileSync(new URL(name, folder), 'utf8');

test('the joined script has every module, and no name twice', () => {
  const seen = new Set();
  const script = joinedScript('main.js', seen);
  assert.deepEqual([...seen].sort(), modules.sort());
  assert.doesNotMatch(script, /^(import|export) /m);
  // A name that two modules have is a syntax error here.
  new vm.Script(`(async () => { 'use strict';\n${script}\n});`);
});

test('nothing from the bank is made into mark-up, and nothing is fetched', () => {
  for (const name of modules) {
    assert.doesNotMatch(
      textOf(name),
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest|sendBeacon|WebSocket|import\(/,
      name,
    );
  }
});

test('each module is short and says its purpose first', () => {
  for (const name of [...modules, 'style.css']) {
    const lines = textOf(name).split('\n');
    if (name.endsWith('.js')) assert.ok(lines.length <= 400, `${name}: ${lines.length} lines`);
    assert.match(lines[0], /^(\/\/|\/\*) [A-Z].{20,}/, name);
  }
});

test('every word that is used is there, and every word that is there is used', async () => {
  const { WORDS } = await import('../../templates/study/words.js');
  const used = new Set(
    modules
      .filter(name => name !== 'words.js')
      .flatMap(name => [...textOf(name).matchAll(/WORDS\.(\w+)/g)].map(([, word]) => word)),
  );
  assert.deepEqual(
    [...used].filter(word => !(word in WORDS)),
    [],
  );
  assert.deepEqual(
    Object.keys(WORDS).filter(word => !used.has(word)),
    [],
  );
});

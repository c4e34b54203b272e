// Drives the quiz in Chromium as pupils do. Usage: browser.mjs QUIZ.html [FOLDER for screenshots and prints]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Course } from './course.mjs';
import { rounds } from './rounds.mjs';
import { screens } from './screens.mjs';
import { World } from './world.mjs';

const [file, shots] = process.argv.slice(2);
const folder = shots ?? mkdtempSync(path.join(tmpdir(), 'pilcrow-study-'));
const world = await World.open(shots);
const course = new Course(world, file, folder);
const tests = { ...rounds(course), ...screens(course) };

// Three at a time; what is measured runs alone, at the end.
const names = Object.keys(tests).filter(name => !process.env.ONLY || name.includes(process.env.ONLY));
const alone = names.filter(name => name.startsWith('quick'));
const waiting = names.filter(name => !alone.includes(name));
const run = async name => {
  const began = Date.now();
  try {
    await tests[name]();
  } catch (error) {
    world.fail(
      `${name}: ${String(error.stack ?? error)
        .split('\n')
        .slice(0, 6)
        .join(' | ')
        .slice(0, 600)}`,
    );
  }
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
};
await Promise.all(
  [1, 2, 3].map(async () => {
    for (let name; (name = waiting.shift());) await run(name);
  }),
);
for (const name of alone) await run(name);
await world.close();
if (!shots) rmSync(folder, { recursive: true });
console.log(
  world.failures.length === 0 ? `all of ${names.length} tests of the quiz passed` : `${world.failures.length} failures`,
);
process.exit(world.failures.length === 0 ? 0 : 1);

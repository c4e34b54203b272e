// Drives the quiz in Chromium as pupils do. Usage: browser.mjs QUIZ.html [FOLDER for screenshots and prints]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { score } from '../../templates/study/rules.js';
import { joinPage } from './join.mjs';
import { hostileQuiz, hugeQuiz, quizOf } from './hostile.mjs';
import { KeyboardPupil, PointerPupil, partialAnswer, rightAnswer, wrongAnswer } from './pupil.mjs';
import { World, beginWith, keptOf } from './world.mjs';

const [file, shots] = process.argv.slice(2);
const quiz = quizOf(file);
const folder = shots ?? mkdtempSync(path.join(tmpdir(), 'pilcrow-study-'));
const itemOf = id => quiz.items.find(item => item.id === id);
const sourceOf = item => quiz.sources[item.source];
const kinds = [...new Set(quiz.items.map(({ kind }) => kind))];
// The nth item of a kind, going round.
const nth = (kind, at) => { const mine = quiz.items.filter(item => item.kind === kind); return mine[at % mine.length]; };
const world = await World.open(folder);

const RESULTS = { right: 'Right', partly: 'Partly right', missed: 'Not yet' };

// What the feedback says must be what the key gives.
async function checkResult(page, item, answer, name) {
  if (item.task.type === 'ideas') return;
  const { points, of } = score(item.task, answer);
  const kind = points === of ? 'right' : points > 0 ? 'partly' : 'missed';
  const words = (await page.textContent('.result')).replace(/\s+/g, ' ').trim();
  world.expect(words.includes(RESULTS[kind]), `${name}: “${words}” for ${points} of ${of} (${item.id})`);
  if (of > 1) world.expect(words.endsWith(`${points} of ${of} points`), `${name}: “${words}” for ${points} of ${of} (${item.id})`);
  world.expect(await page.evaluate(() => document.activeElement.classList.contains('result')), `${name}: the focus is not on the result (${item.id})`);
  world.expect((await page.textContent('.feedback')).length > 40, `${name}: feedback without a reason (${item.id})`);
}

// Answers a whole round, each question as `answerOf` says, and what comes again rightly; ends at the summary.
async function playRound(page, pupil, ids, answerOf, name) {
  let missed = 0;
  for (const id of ids) {
    const item = itemOf(id), answer = answerOf(item);
    await pupil.give(item.task, answer);
    await checkResult(page, item, answer, name);
    const { points, of } = score(item.task, answer);
    if (item.task.type !== 'ideas' && points < of) missed += 1;
    await pupil.next();
  }
  for (let left = missed; left > 0; left -= 1) {
    const { round } = await keptOf(page, quiz);
    const { id, again } = round.queue[round.at];
    world.expect(again, `${name}: ${id} does not come again`);
    await pupil.give(itemOf(id).task, rightAnswer(itemOf(id).task));
    await checkResult(page, itemOf(id), rightAnswer(itemOf(id).task), `${name}, once more`);
    await pupil.next();
  }
  world.equal(await page.textContent('h1'), 'How it went', `${name}: the end`);
  return missed;
}

const tests = {
  async 'by mouse, right, in part and wrong'() {
    const page = await world.visit(file, 'mouse');
    const plan = new Map();
    for (const kind of kinds) {
      plan.set(nth(kind, 0).id, rightAnswer(nth(kind, 0).task));
      const partly = quiz.items.find(item => item.kind === kind && !plan.has(item.id) && partialAnswer(item.task) !== null);
      if (partly) plan.set(partly.id, partialAnswer(partly.task));
      const wrong = quiz.items.find(item => item.kind === kind && !plan.has(item.id));
      if (wrong) plan.set(wrong.id, wrongAnswer(wrong.task, sourceOf(wrong)));
    }
    const ids = [...plan.keys()];
    await beginWith(page, quiz, ids);
    const missed = await playRound(page, new PointerPupil(page), ids, item => plan.get(item.id), 'mouse');
    world.expect(missed >= kinds.length - 1, `mouse: only ${missed} were missed`);
    const { cards, round } = await keptOf(page, quiz);
    for (const id of ids) {
      const { points, of } = score(itemOf(id).task, plan.get(id));
      if (of === 0) continue;
      world.equal(cards[id].box, 2, `mouse: the box of ${id}`);
      world.equal(Boolean(cards[id].first), points < of, `mouse: ${id} comes first next time`);
    }
    world.equal(round.log.length, ids.length + missed, 'mouse: the log');
    const numbers = await page.$$eval('.breakdown >> nth=0 >> tbody td:last-child', cells => cells.map(cell => Number(cell.textContent))).catch(() => []);
    const table = await page.$$eval('.breakdown', all => [...all[0].querySelectorAll('tbody td:last-child')].map(cell => Number(cell.textContent)));
    world.equal((numbers.length ? numbers : table).reduce((sum, count) => sum + count, 0), ids.length, 'mouse: the table by section');
    world.expect(/¶\d/.test(await page.textContent('.read-again')), 'mouse: nothing to read again');
    await world.inspect(page, 'summary');
    await world.shoot(page, 'summary-1280', true);
    await page.pdf({ path: path.join(folder, 'summary.pdf'), tagged: true });
    const text = execFileSync('pdftotext', ['-layout', path.join(folder, 'summary.pdf'), '-'], { encoding: 'utf8' });
    world.expect(/How it went/.test(text) && /By skill/.test(text) && !/Another round/.test(text), 'mouse: the printed summary');
    // Next time the surely wrong ones come first.
    await page.click('.actions .primary');
    world.expect((await keptOf(page, quiz)).cards[(await keptOf(page, quiz)).round.queue[0].id]?.first, 'mouse: a surely wrong one is not first');
    await page.context().close();
  },

  async 'by keyboard alone'() {
    const page = await world.visit(file, 'keyboard');
    const ids = kinds.map(kind => nth(kind, 1).id);
    await beginWith(page, quiz, ids);
    await playRound(page, new KeyboardPupil(page), ids, item => (['cloze', 'ordering'].includes(item.kind) ? partialAnswer(item.task) ?? rightAnswer(item.task) : rightAnswer(item.task)), 'keyboard');
    await page.context().close();
  },

  async 'with a finger on a phone'() {
    const page = await world.visit(file, 'phone', { width: 390, height: 844, touch: true, deviceScaleFactor: 2 });
    const ids = kinds.map(kind => nth(kind, 2).id);
    await beginWith(page, quiz, ids);
    await playRound(page, new PointerPupil(page, true), ids, item => wrongAnswer(item.task, sourceOf(item)), 'phone');
    await world.shoot(page, 'summary-390', true);
    await page.context().close();
  },

  async 'shortcuts'() {
    const page = await world.visit(file, 'shortcuts');
    const choice = nth('single_choice', 0), other = nth('single_choice', 1);
    await beginWith(page, quiz, [choice.id, other.id]);
    await page.keyboard.press('?');
    await world.inspect(page, 'help');
    await world.shoot(page, 'help-1280');
    await page.keyboard.press('Escape');
    world.expect(await page.evaluate(() => document.activeElement.matches('h1')), 'shortcuts: the focus does not come back from the help');
    const right = String(choice.task.options.findIndex(option => option.right));
    const order = await page.$$eval('.option input', inputs => inputs.map(input => input.value));
    await page.keyboard.press(String(order.indexOf(right) + 1));
    await page.keyboard.press('h');
    world.equal(await page.locator('.hints li').count(), 1, 'shortcuts: H gives a hint');
    await page.keyboard.press('n');
    await checkResult(page, choice, [Number(right)], 'shortcuts');
    world.equal((await keptOf(page, quiz)).cards[choice.id].box, 1, 'shortcuts: a hinted success does not promote');
    await page.keyboard.press('Enter');
    await page.keyboard.press('b');
    await page.keyboard.press('l');
    world.expect(await page.locator('#letter').isHidden(), 'shortcuts: L puts the letter away');
    await page.keyboard.press('l');
    await page.keyboard.press('s');
    world.expect(await page.locator('.result').isVisible(), 'shortcuts: S checks');
    await page.click('text=Settings');
    await page.click('.settings .segments label:has-text("Off")');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    world.equal(await page.locator('dialog').count(), 0, 'shortcuts: they can be switched off');
    await page.context().close();
  },

  async 'hints, and nothing chosen'() {
    const page = await world.visit(file, 'hints', { width: 390, height: 844 });
    const item = quiz.items.find(one => one.kind === 'single_choice' && one.hints.length === 2);
    await beginWith(page, quiz, [item.id]);
    await page.click('button.sure');
    world.equal(await page.textContent('.warning'), 'Choose an answer first.', 'hints: a warning');
    for (let step = 1; step <= 3; step += 1) {
      world.equal(await page.textContent('button.hint'), `Hint ${step} of 3`, 'hints: their steps');
      await page.click('button.hint');
    }
    world.equal(await page.locator('.struck').count(), 1, 'hints: one is struck out');
    world.expect(!item.task.options[await page.$eval('.struck input', input => Number(input.value))].right, 'hints: the key is struck out');
    await world.shoot(page, 'hints-390', true);
    const struck = await page.$eval('.struck input', input => input.value);
    await page.reload();
    await page.click('.entrance.primary');
    world.equal([await page.locator('.hints li').count(), await page.$eval('.struck input', input => input.value)], [3, struck], 'hints: after a reload');
    await page.context().close();
  },

  async 'first visit, choosing, reload in the middle'() {
    const page = await world.visit(file, 'start', { width: 390, height: 844 });
    world.expect(/never for a grade/.test(await page.textContent('main')), 'start: it does not say that it is for study');
    world.expect(await page.locator('.entrance.primary').isVisible(), 'start: no way in');
    const box = await page.locator('.entrance.primary').boundingBox();
    world.expect(box.y + box.height < 844, 'start: the way in is below the fold');
    await world.inspect(page, 'start at 390', { focus: false });
    await page.selectOption('.field:has-text("Section") select', { index: 2 });
    await page.selectOption('.field:has-text("Skill") select', { index: 1 });
    await page.click('.segments label:has-text("5")');
    world.expect(await page.evaluate(() => document.activeElement.value === '5'), 'start: the focus leaves the choice');
    await page.click('.chooser .primary');
    let { round } = await keptOf(page, quiz);
    const chosen = round.queue.map(({ id }) => itemOf(id));
    const section = sourceOf(chosen[0]).sections[quiz.sources.length > 1 ? 0 : 1].id, skill = quiz.skills[0].id;
    world.expect(chosen.length > 0 && chosen.length <= 5, `start: ${chosen.length} questions`);
    if (quiz.sources.length === 1) world.expect(chosen.every(item => item.section === section && item.skills.includes(skill)), 'start: other sections or skills');
    // Reload while a question is asked, and after its feedback.
    await page.reload();
    world.equal(await page.textContent('.entrance.primary .entrance-words'), 'Go on', 'reload: a way back');
    await page.click('.entrance.primary');
    const item = chosen[0];
    const orderBefore = await page.$$eval('.option input, .pair, .line', all => all.map(node => node.value ?? node.dataset.index));
    await page.reload();
    await page.click('.entrance.primary');
    world.equal(await page.$$eval('.option input, .pair, .line', all => all.map(node => node.value ?? node.dataset.index)), orderBefore, 'reload: the order of the options');
    await new PointerPupil(page).give(item.task, wrongAnswer(item.task, sourceOf(item)), false);
    const said = item.task.type === 'ideas' ? null : await page.textContent('.result');
    await page.reload();
    await page.click('.entrance.primary');
    if (said) world.equal(await page.textContent('.result'), said, 'reload: the feedback');
    await page.click('button.next');
    ({ round } = await keptOf(page, quiz));
    world.equal(round.at, 1, 'reload: goes on');
    await page.click('text=Home');
    await page.click('.entrance:has-text("Surprise me")');
    world.equal((await keptOf(page, quiz)).round.queue.length, 5, 'start: surprise me');
    await page.context().close();
  },

  async 'boxes, as the days go by'() {
    const start = new Date(2026, 10, 28, 20, 0);
    const page = await world.visit(file, 'clock', { clock: start });
    const item = nth('statement_check', 0);
    const dayAfter = async days => {
      await page.clock.setFixedTime(new Date(2026, 10, 28 + days, 7, 0));
      await page.reload();
    };
    const due = async () => (await page.locator('.entrance:has-text("Review")').count()) > 0;
    await beginWith(page, quiz, [item.id]);
    const pupil = new PointerPupil(page);
    await pupil.give(item.task, rightAnswer(item.task));
    let day = 0;
    for (const wait of [1, 3, 7, 16, 16]) {
      if (wait > 1) await dayAfter(day + wait - 1);
      else await page.click('text=Home');
      world.expect(!await due(), `clock: due ${wait > 1 ? 'a day early' : 'on the same day'} (${wait})`);
      await dayAfter(day + wait);
      world.expect(await due(), `clock: not due after ${wait} days`);
      day += wait;
      await page.click('.entrance:has-text("Review")');
      world.equal((await keptOf(page, quiz)).round.queue.map(({ id }) => id), [item.id], 'clock: only what is due');
      await pupil.give(item.task, rightAnswer(item.task));
    }
    await pupil.next();
    await page.click('.summary .quiet >> text=Home');
    await dayAfter(day + 16);
    await page.click('.entrance:has-text("Review")');
    await pupil.give(item.task, wrongAnswer(item.task), true);
    world.equal((await keptOf(page, quiz)).cards[item.id].box, 1, 'clock: a miss falls to box 1');
    await page.click('text=Home');
    world.expect(await due(), 'clock: box 1 is due at once');
    await page.context().close();
  },

  async 'storage blocked, and the code carried over'() {
    const blocked = await world.visit(file, 'blocked', { before: () => Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } }) });
    await blocked.click('.entrance.primary');
    const first = await blocked.textContent('.stem');
    const item = quiz.items.find(({ stem }) => [stem].flat().map(run => run.t ?? run).join('') === first.replace(/paragraphs? \d+( to \d+)?|blank/g, '')) ?? null;
    if (item && item.task.type !== 'ideas') {
      await new PointerPupil(blocked).give(item.task, rightAnswer(item.task));
      world.expect(/Right/.test(await blocked.textContent('.result')), 'blocked: a question is answered');
    }
    await blocked.click('text=Home');
    world.expect(/does not let the page keep/.test(await blocked.textContent('main')), 'blocked: it is not said');
    await blocked.context().close();

    const one = await world.visit(file, 'code');
    const ids = kinds.slice(0, 4).map(kind => nth(kind, 0).id);
    await beginWith(one, quiz, ids);
    await playRound(one, new PointerPupil(one), ids, item => rightAnswer(item.task), 'code');
    await one.click('.summary .quiet >> text=Home');
    await one.click('text=Progress on another device');
    const code = await one.inputValue('textarea[readonly]');
    await world.inspect(one, 'code dialog');
    await world.shoot(one, 'code-1280');
    const two = await world.visit(file, 'code on another device', { width: 390, height: 844 });
    await two.click('text=Progress on another device');
    await two.fill('.other-code textarea', code.replace(/.$/, sign => (sign === 'A' ? 'B' : 'A')));
    await two.click('text=Use this code');
    world.expect(/not a whole code/.test(await two.textContent('.other-code .warning')), 'code: a damaged one is taken');
    await two.fill('.other-code textarea', code.toLowerCase().replaceAll(' ', '\n'));
    await two.click('text=Use this code');
    const sorted = ({ cards }) => Object.entries(cards).sort();
    world.equal(sorted(await keptOf(two, quiz)), sorted(await keptOf(one, quiz)), 'code: the cards');
    await two.keyboard.press('Escape');
    await two.click('text=Settings');
    await two.click('text=Clear all progress');
    await world.inspect(two, 'clearing');
    await two.click('text=Yes, clear it');
    world.equal((await keptOf(two, quiz)).cards, {}, 'code: cleared');
    await one.context().close();
    await two.context().close();
  },

  async 'without JavaScript, and on paper'() {
    const plain = await world.visit(file, 'no script', { script: false });
    world.equal(await plain.locator('noscript details, main details').count(), quiz.items.length, 'no script: answers in details');
    await world.shoot(plain, 'noscript-1280');
    await plain.context().close();
    const page = await world.visit(file, 'print');
    for (const [button, answers] of [['Print questions', false], ['Print answers', true]]) {
      await page.click(`text=${button}`);
      world.equal(await page.evaluate(() => globalThis.printed), answers ? 2 : 1, `${button}: it does not print`);
      const to = path.join(folder, answers ? 'answers.pdf' : 'questions.pdf');
      await page.pdf({ path: to, tagged: true });
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      const text = execFileSync('pdftotext', [to, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(/\s+/g, ' ');
      const because = first(nth('single_choice', 0).task.options.find(option => option.right).because).replace(/\s+/g, ' ').slice(0, 30);
      world.expect(text.includes(first(quiz.items[0].stem).replace(/\s+/g, ' ').slice(0, 25)), `${button}: no question`);
      world.equal(text.includes(because), answers, `${button}: the answers`);
      world.equal(await page.locator('.printed').count(), 0, `${button}: the list stays on the page`);
    }
    await page.context().close();
  },

  async 'the letter'() {
    if (!quiz.letter) return;
    const page = await world.visit(file, 'letter', { width: 390, height: 844 });
    const choice = quiz.items.find(item => item.kind === 'single_choice' && item.source === 0 && item.evidence.some(({ p, s }) => p && s?.length));
    const hidden = quiz.items.find(item => item.hide);
    await beginWith(page, quiz, hidden ? [choice.id, hidden.id] : [choice.id]);
    world.expect(await page.locator('#letter').isHidden(), 'letter: open on a phone');
    await page.click('.letter-toggle');
    world.expect(await page.evaluate(() => document.querySelector('main').inert), 'letter: what is under it can be reached');
    const gloss = page.locator('.gloss').first();
    if (await gloss.count()) {
      await gloss.click();
      world.expect(/ – /.test(await page.textContent('.gloss-note')), 'letter: no meaning');
    }
    await world.inspect(page, 'letter on a phone');
    await world.shoot(page, 'letter-390');
    await page.keyboard.press('Escape');
    world.expect(await page.evaluate(() => document.activeElement.matches('.letter-toggle')), 'letter: the focus does not come back');
    const pupil = new PointerPupil(page);
    await pupil.give(choice.task, wrongAnswer(choice.task));
    world.expect(await page.locator('.excerpt mark').first().isVisible(), 'letter: no sentence is highlighted on a phone');
    await page.setViewportSize({ width: 1280, height: 900 });
    world.expect(await page.locator('#letter .evidence').count() > 0, 'letter: no sentence is highlighted beside');
    world.expect(await page.locator('#letter').isVisible(), 'letter: not beside on a wide screen');
    await page.click('.quotes .reference >> nth=0');
    world.expect(await page.evaluate(() => document.activeElement.matches('.paragraph')), 'letter: ¶ does not lead there');
    await pupil.next();
    if (hidden) {
      world.expect(await page.locator('.letter-text').isHidden() && await page.locator('.concealment').isVisible(), 'letter: not hidden for a cloze');
      await pupil.give(hidden.task, rightAnswer(hidden.task));
      world.expect(await page.locator('.letter-text').isVisible(), 'letter: hidden after the feedback');
    }
    await page.context().close();
  },

  async 'reading aloud with local voices only'() {
    const voices = local => `
      const voice = { name: 'v', lang: 'en-US', localService: ${local}, default: true, voiceURI: 'v' };
      globalThis.spoken = [];
      globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
      Object.defineProperty(globalThis, 'speechSynthesis', { value: { getVoices: () => [voice], cancel() {}, addEventListener() {}, speak(one) { globalThis.spoken.push([one.text, one.voice?.localService]); } } });`;
    for (const local of [true, false]) {
      const page = await world.visit(file, 'voices', { before: { content: voices(local) } });
      const item = nth('single_choice', 3);
      await beginWith(page, quiz, [item.id]);
      world.equal(await page.locator('.question .listen').isVisible(), local, `voices: the button, local ${local}`);
      if (local) {
        await page.click('.question .listen');
        const spoken = await page.evaluate(() => globalThis.spoken);
        world.equal(spoken.length, 1 + item.task.options.length, 'voices: the question and its options');
        world.expect(spoken.every(([, own]) => own === true) && !spoken.some(([text]) => text.includes('¶')), 'voices: what is said');
      }
      await page.context().close();
    }
  },

  async 'every question in every theme'() {
    const page = await world.visit(file, 'themes');
    const ids = kinds.map(kind => nth(kind, 0).id);
    await beginWith(page, quiz, ids);
    for (const id of ids) {
      await world.everyWay(page, `asked ${itemOf(id).kind}`);
      await new PointerPupil(page).give(itemOf(id).task, rightAnswer(itemOf(id).task));
      await page.click('button.next');
    }
    await page.context().close();
  },

  async 'every answer in every theme'() {
    const page = await world.visit(file, 'answers in themes');
    const ids = kinds.map(kind => nth(kind, 1).id);
    await beginWith(page, quiz, ids);
    for (const id of ids) {
      const { task, kind } = itemOf(id);
      await new PointerPupil(page).give(task, partialAnswer(task) ?? wrongAnswer(task, sourceOf(itemOf(id))));
      await world.everyWay(page, `answered ${kind}`);
      await page.click('button.next');
    }
    await page.context().close();
  },

  async 'every other screen in every theme'() {
    const page = await world.visit(file, 'screens in themes');
    const withPicture = quiz.items.find(item => item.figure || sourceOf(item).stimuli[item.stimulus]?.passages.some(({ figure }) => figure));
    const withPassage = quiz.items.find(item => sourceOf(item).stimuli[item.stimulus]?.passages.some(({ text }) => text));
    const ids = [withPicture, withPassage].filter(Boolean).map(({ id }) => id);
    if (ids.length > 0) {
      await beginWith(page, quiz, ids);
      await world.everyWay(page, 'a stimulus');
      await page.click('text=Home');
    }
    await world.everyWay(page, 'start', { focus: false });
    await page.click('text=Settings');
    await world.everyWay(page, 'settings');
    for (const words of ['Very large', 'Wide', 'Easy to tell apart']) await page.click(`.settings .segments label:has-text("${words}")`);
    await world.everyWay(page, 'settings very large');
    await page.keyboard.press('Escape');
    world.expect(await page.evaluate(() => document.activeElement.textContent === 'Settings'), 'settings: the focus does not come back');
    await page.click('.entrance.primary');
    await world.everyWay(page, 'very large');
    await page.reload();
    world.equal(await page.evaluate(() => ({ ...document.documentElement.dataset }.size)), 'larger', 'settings: they are not kept');
    await page.emulateMedia({ forcedColors: 'active' });
    await page.click('.entrance.primary');
    await world.shoot(page, 'forced-colors-1280');
    await page.context().close();
  },

  async 'a hostile bank shows text'() {
    const hostile = hostileQuiz(quiz), to = path.join(folder, 'hostile.html');
    writeFileSync(to, joinPage(hostile));
    const page = await world.visit(to, 'hostile', { width: 390, height: 844 });
    world.expect((await page.textContent('h1')).startsWith('<script>'), 'hostile: the title');
    await world.inspect(page, 'hostile start', { focus: false, axeRules: null });
    await page.click('text=/^Read the/');
    world.expect((await page.textContent('#letter')).includes('<script>globalThis.hurt'), 'hostile: the letter');
    await world.shoot(page, 'hostile-letter-390');
    await page.keyboard.press('Escape');
    await beginWith(page, hostile, hostile.items.map(({ id }) => id));
    const pupil = new PointerPupil(page);
    for (const item of hostile.items) {
      const name = `hostile ${item.kind}`;
      world.expect((await page.textContent('.stem')).includes('<img src=x onerror="globalThis.hurt = 1">'), `${name}: the stem`);
      while (await page.locator('button.hint:not([aria-disabled="true"]):visible').count()) await page.click('button.hint');
      await pupil.give(item.task, rightAnswer(item.task));
      if (item.task.type !== 'ideas') world.expect(/Right/.test(await page.textContent('.result')), `${name}: the right answer is not right`);
      await world.inspect(page, name, { axeRules: null });
      await world.shoot(page, name.replaceAll(' ', '-'), true);
      await pupil.next();
    }
    await world.inspect(page, 'hostile summary', { axeRules: null });
    world.expect(await page.evaluate(() => globalThis.hurt === undefined && document.querySelectorAll('#app script, #app img[src="x"]').length === 0), 'hostile: something ran');
    await page.click('.summary .quiet >> text=Home');
    await page.click('text=Print answers');
    world.expect(await page.evaluate(() => globalThis.hurt === undefined && document.querySelectorAll('.printed script, .printed img[src="x"]').length === 0), 'hostile: something ran in print');
    await page.context().close();
  },

  // The main thread's own time, which other work on the machine does not lengthen, at a quarter of the speed; what an empty
  // page takes is the browser's.
  async 'quick to the first question, also in a bank of 5,000'() {
    const huge = path.join(folder, 'huge.html'), empty = path.join(folder, 'empty.html');
    writeFileSync(huge, joinPage(hugeQuiz(quiz, 5000)));
    writeFileSync(empty, '<!DOCTYPE html><main><button class="entrance primary">Start</button></main>');
    const own = await world.timeToFirstQuestion(empty);
    for (const [one, name, limit] of [[file, 'first question', 300], [huge, 'first question of 5,000', 2000]]) {
      const time = Math.round(4 * Math.max(0, await world.timeToFirstQuestion(one) - own));
      console.log(`${name}: ${time} ms at a quarter of the speed`);
      world.expect(time < limit, `${name}: ${time} ms, more than ${limit}`);
    }
  },
};

const first = text => [text].flat().map(run => run.t ?? run).join('').split(/[¶_]/)[0];

// Three at a time; what is measured runs alone, at the end.
const names = Object.keys(tests).filter(name => !process.env.ONLY || name.includes(process.env.ONLY));
const alone = names.filter(name => name.startsWith('quick'));
const waiting = names.filter(name => !alone.includes(name));
const run = async name => {
  const began = Date.now();
  try {
    await tests[name]();
  } catch (error) {
    world.fail(`${name}: ${String(error.stack ?? error).split('\n').slice(0, 6).join(' | ').slice(0, 600)}`);
  }
  console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
};
await Promise.all([1, 2, 3].map(async () => { for (let name; (name = waiting.shift());) await run(name); }));
for (const name of alone) await run(name);
await world.close();
console.log(world.failures.length === 0 ? `all of ${names.length} tests of the quiz passed` : `${world.failures.length} failures`);
process.exit(world.failures.length === 0 ? 0 : 1);

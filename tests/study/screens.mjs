// The screens of the quiz: the letter, reading aloud, paper, no script, every theme and width, hostile and huge banks.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { firstWords } from './course.mjs';
import { hostileQuiz, hugeQuiz } from './hostile.mjs';
import { joinPage } from './join.mjs';
import { PointerPupil, partialAnswer, rightAnswer, wrongAnswer } from './pupil.mjs';
import { appears, beginWith, reopen } from './world.mjs';

export function screens(course) {
  const { world, file, folder, quiz, kinds, itemOf, sourceOf } = course,
    nth = (kind, at) => course.nth(kind, at);
  return {
    async 'without JavaScript, and on paper'() {
      const plain = await world.visit(file, 'no script', { script: false });
      world.equal(
        await plain.locator('noscript details, .list details').count(),
        quiz.items.length,
        'no script: answers in details',
      );
      await world.shoot(plain, 'noscript-1280');
      await plain.context().close();
      const page = await world.visit(file, 'print');
      for (const [button, answers] of [
        ['Print questions', false],
        ['Print answers', true],
      ]) {
        await page.click(`text=${button}`);
        world.equal(await page.evaluate(() => globalThis.printed), answers ? 2 : 1, `${button}: it does not print`);
        const to = path.join(folder, answers ? 'answers.pdf' : 'questions.pdf');
        await page.pdf({ path: to, tagged: true });
        await page.evaluate(() => dispatchEvent(new Event('afterprint')));
        const text = execFileSync('pdftotext', [to, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).replace(
          /\s+/g,
          ' ',
        );
        const because = firstWords(nth('single_choice', 0).task.options.find(option => option.right).because).slice(
          0,
          30,
        );
        world.expect(text.includes(firstWords(quiz.items[0].stem).slice(0, 25)), `${button}: no question`);
        world.equal(text.includes(because), answers, `${button}: the answers`);
        world.equal(await page.locator('.printed').count(), 0, `${button}: the list stays on the page`);
      }
      await page.context().close();
    },

    async 'the letter'() {
      if (!quiz.letter) return;
      const page = await world.visit(file, 'letter', { width: 390, height: 844 });
      const choice = quiz.items.find(
        item => item.kind === 'single_choice' && item.source === 0 && item.evidence.some(({ p, s }) => p && s?.length),
      );
      const hidden = quiz.items.find(item => item.hide);
      await beginWith(page, quiz, hidden ? [choice.id, hidden.id] : [choice.id]);
      world.expect(await page.locator('#letter').isHidden(), 'letter: open on a phone');
      await page.click('.letter-toggle');
      world.expect(
        await page.evaluate(() => document.querySelector('main').inert),
        'letter: what is under it can be reached',
      );
      const gloss = page.locator('.gloss').first();
      if (await gloss.count()) {
        await gloss.click();
        world.expect(/ – /.test(await page.textContent('.gloss-note')), 'letter: no meaning');
      }
      await world.inspect(page, 'letter on a phone');
      await world.shoot(page, 'letter-390');
      await page.keyboard.press('Escape');
      world.expect(
        await page.evaluate(() => document.activeElement.matches('.letter-toggle')),
        'letter: the focus does not come back',
      );
      const pupil = new PointerPupil(page);
      await pupil.give(choice.task, wrongAnswer(choice.task));
      world.expect(
        await page.locator('.excerpt mark').first().isVisible(),
        'letter: no sentence is highlighted on a phone',
      );
      await page.setViewportSize({ width: 1280, height: 900 });
      world.expect(await appears(page, '#letter .evidence'), 'letter: no sentence is highlighted beside');
      world.expect(await page.locator('#letter').isVisible(), 'letter: not beside on a wide screen');
      await page.click('.quotes .reference >> nth=0');
      world.expect(
        await page.evaluate(() => document.activeElement.matches('.paragraph')),
        'letter: ¶ does not lead there',
      );
      await pupil.next();
      if (hidden) {
        world.expect(
          (await page.locator('.letter-text').isHidden()) && (await page.locator('.concealment').isVisible()),
          'letter: not hidden for a cloze',
        );
        await pupil.give(hidden.task, rightAnswer(hidden.task));
        world.expect(await page.locator('.letter-text').isVisible(), 'letter: hidden after the feedback');
      }
      const finding = quiz.items.find(({ kind }) => kind === 'evidence_finding');
      if (finding) {
        await beginWith(page, quiz, [finding.id]);
        const { p, s } = rightAnswer(finding.task);
        const place = await page.locator(`#letter [data-sentence="${p}.${s}"]`).evaluate(node => {
          node.scrollIntoView({ block: 'center' });
          const { x, y } = node.getClientRects()[0];
          return { x: x + 4, y: y + 4 };
        });
        await page.mouse.click(place.x, place.y);
        world.expect(
          await page.isChecked(`.sentence[data-place="${p}.${s}"] input`),
          'letter: a tap on a sentence does not choose it',
        );
        await page.click('button.sure');
        world.expect(/Right/.test(await page.textContent('.result')), 'letter: the sentence that was tapped');
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
          world.expect(
            spoken.every(([, own]) => own === true) && !spoken.some(([text]) => text.includes('¶')),
            'voices: what is said',
          );
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
      const withPicture = quiz.items.find(
        item => item.figure || sourceOf(item).stimuli[item.stimulus]?.passages.some(({ figure }) => figure),
      );
      const withPassage = quiz.items.find(item =>
        sourceOf(item).stimuli[item.stimulus]?.passages.some(({ text }) => text),
      );
      const ids = [withPicture, withPassage].filter(Boolean).map(({ id }) => id);
      if (ids.length > 0) {
        await beginWith(page, quiz, ids);
        await world.everyWay(page, 'a stimulus');
        await page.click('text=Home');
      }
      await world.everyWay(page, 'start', { focus: false });
      await page.evaluate(() => {
        document.documentElement.dataset.theme = 'auto';
      });
      await page.emulateMedia({ colorScheme: 'dark' });
      await world.inspect(page, 'start on a dark device', { axeRules: ['color-contrast'], focus: false });
      const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      world.equal(dark, 'rgb(16, 18, 21)', 'start: dark as the device');
      await page.emulateMedia({ colorScheme: 'light' });
      await page.keyboard.press('?');
      await world.everyWay(page, 'help');
      await page.keyboard.press('Escape');
      await page.click('text=Progress on another device');
      await world.everyWay(page, 'code');
      await page.keyboard.press('Escape');
      if (quiz.letter) {
        await page.click('text=/^Read the/ >> nth=0');
        await world.everyWay(page, 'the letter');
        world.expect(await page.locator('.letter-text').isVisible(), 'letter: gone after the width changed');
        await page.click('#letter >> text=Close');
        world.expect(await page.locator('#letter').isHidden(), 'letter: it cannot be closed on the first screen');
        world.expect(await page.evaluate(() => document.activeElement.matches('h1')), 'letter: the focus is lost');
      }
      await page.click('text=Settings');
      await world.everyWay(page, 'settings');
      for (const words of ['Very large', 'Wide', 'Easy to tell apart'])
        await page.click(`.settings .segments label:has-text("${words}")`);
      await world.everyWay(page, 'settings very large');
      await page.keyboard.press('Escape');
      world.expect(
        await page.evaluate(() => document.activeElement.textContent === 'Settings'),
        'settings: the focus does not come back',
      );
      await page.click('.entrance.primary');
      await world.everyWay(page, 'very large');
      await reopen(page);
      world.equal(
        await page.evaluate(() => ({ ...document.documentElement.dataset }).size),
        'larger',
        'settings: they are not kept',
      );
      await page.emulateMedia({ forcedColors: 'active' });
      await page.click('.entrance.primary');
      await world.shoot(page, 'forced-colors-1280');
      await page.context().close();
    },

    // WCAG 1.4.12: a reader's own spacing of letters, words, lines and paragraphs.
    async 'a reader’s own spacing'() {
      const page = await world.visit(file, 'spacing', { width: 320, height: 640, bypassCSP: true });
      const spaced = async name => {
        await page.addStyleTag({
          content:
            '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } ' +
            'p { margin-block-end: 2em !important }',
        });
        await world.inspect(page, `${name}, spaced`, { axeRules: null, focus: false });
      };
      await spaced('start');
      for (const kind of kinds) {
        const item = nth(kind, 0);
        await beginWith(page, quiz, [item.id]);
        await spaced(`asked ${kind}`);
        await new PointerPupil(page).give(
          item.task,
          partialAnswer(item.task) ?? wrongAnswer(item.task, sourceOf(item)),
        );
        await spaced(`answered ${kind}`);
      }
      await page.context().close();
    },

    async 'a hostile bank shows text'() {
      const hostile = hostileQuiz(quiz),
        to = path.join(folder, 'hostile.html');
      writeFileSync(to, joinPage(hostile));
      const page = await world.visit(to, 'hostile', { width: 390, height: 844 });
      world.expect((await page.textContent('h1')).startsWith('<script>'), 'hostile: the title');
      await world.inspect(page, 'hostile start', { focus: false, axeRules: null });
      if (quiz.letter) {
        await page.click('text=/^Read the/ >> nth=0');
        world.expect((await page.textContent('#letter')).includes('<script>globalThis.hurt'), 'hostile: the letter');
        await world.shoot(page, 'hostile-letter-390');
        await page.keyboard.press('Escape');
      }
      await beginWith(
        page,
        hostile,
        hostile.items.map(({ id }) => id),
      );
      const pupil = new PointerPupil(page);
      for (const item of hostile.items) {
        const name = `hostile ${item.kind}`;
        world.expect(
          (await page.textContent('.stem')).includes('<img src=x onerror="globalThis.hurt = 1">'),
          `${name}: the stem`,
        );
        while (await page.locator('button.hint:not([aria-disabled="true"]):visible').count())
          await page.click('button.hint');
        await pupil.give(item.task, rightAnswer(item.task));
        if (item.task.type !== 'ideas')
          world.expect(/Right/.test(await page.textContent('.result')), `${name}: the right answer is not right`);
        await world.inspect(page, name, { axeRules: null });
        await world.shoot(page, name.replaceAll(' ', '-'), true);
        await pupil.next();
      }
      await world.inspect(page, 'hostile summary', { axeRules: null });
      world.expect(
        await page.evaluate(
          () =>
            globalThis.hurt === undefined && document.querySelectorAll('#app script, #app img[src="x"]').length === 0,
        ),
        'hostile: something ran',
      );
      await page.click('.summary .quiet >> text=Home');
      await page.click('text=Print answers');
      world.expect(
        await page.evaluate(
          () =>
            globalThis.hurt === undefined &&
            document.querySelectorAll('.printed script, .printed img[src="x"]').length === 0,
        ),
        'hostile: something ran in print',
      );
      await page.context().close();
    },

    // The main thread's own time at a quarter of the speed, without what an empty page takes. The figures are told; what
    // must hold on any machine is that a large bank costs less than its number of questions.
    async 'quick to the first question, also in a bank of 5,000'() {
      const huge = path.join(folder, 'huge.html'),
        empty = path.join(folder, 'empty.html'),
        count = 5000;
      writeFileSync(huge, joinPage(hugeQuiz(quiz, count)));
      writeFileSync(empty, '<!DOCTYPE html><main><button class="entrance primary">Start</button></main>');
      const own = await world.timeToFirstQuestion(empty),
        time = async one => Math.max(1, Math.round(4 * ((await world.timeToFirstQuestion(one)) - own))),
        few = await time(file),
        many = await time(huge);
      console.log(`first question: ${few} ms at a quarter of the speed; of ${count} questions: ${many} ms`);
      world.expect(many / few < count / quiz.items.length, `first question: ${many} ms of ${count}, ${few} of this bank`);
    },
  };
}

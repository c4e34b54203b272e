// Whole rounds of the quiz: by mouse, by keyboard, by finger; hints, reloads, days that go by, storage, the progress
// code.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { score } from '../../templates/study/rules.js';
import { KeyboardPupil, PointerPupil, partialAnswer, rightAnswer, wrongAnswer } from './pupil.mjs';
import { beginWith, keptOf, reopen } from './world.mjs';

export function rounds(course) {
  const { world, file, folder, quiz, kinds, itemOf, sourceOf } = course,
    nth = (kind, at) => course.nth(kind, at);
  return {
    async 'by mouse, right, in part and wrong'() {
      const page = await world.visit(file, 'mouse');
      const plan = new Map();
      for (const kind of kinds) {
        plan.set(nth(kind, 0).id, rightAnswer(nth(kind, 0).task));
        const partly = quiz.items.find(
          item => item.kind === kind && !plan.has(item.id) && partialAnswer(item.task) !== null,
        );
        if (partly) plan.set(partly.id, partialAnswer(partly.task));
        const wrong = quiz.items.find(item => item.kind === kind && !plan.has(item.id));
        if (wrong) plan.set(wrong.id, wrongAnswer(wrong.task, sourceOf(wrong)));
      }
      const ids = [...plan.keys()];
      await beginWith(page, quiz, ids);
      const missed = await course.playRound(page, new PointerPupil(page), ids, item => plan.get(item.id), 'mouse');
      world.expect(missed > 0, 'mouse: nothing was missed, so nothing came again');
      const { cards, round } = await keptOf(page, quiz);
      for (const id of ids) {
        const { points, of } = score(itemOf(id).task, plan.get(id));
        if (of === 0) {
          world.equal(Boolean(cards[id]?.first), false, `mouse: nobody was asked whether he is sure of ${id}`);
          continue;
        }
        world.equal(cards[id].box, 2, `mouse: the box of ${id}`);
        world.equal(Boolean(cards[id].first), points < of, `mouse: ${id} comes first next time`);
      }
      world.equal(round.log.length, ids.length + missed, 'mouse: the log');
      const table = await page.$$eval('.breakdown', all =>
        [...all[0].querySelectorAll('tbody td:last-child')].map(cell => Number(cell.textContent)),
      );
      world.equal(
        table.reduce((sum, count) => sum + count, 0),
        ids.length,
        'mouse: the table by section',
      );
      world.expect(/¶\d/.test(await page.textContent('.read-again')), 'mouse: nothing to read again');
      await world.everyWay(page, 'summary');
      await page.click('text=Print this page');
      world.equal(await page.evaluate(() => globalThis.printed), 1, 'mouse: the summary is not printed');
      await page.pdf({ path: path.join(folder, 'summary.pdf'), tagged: true });
      const text = execFileSync('pdftotext', ['-layout', path.join(folder, 'summary.pdf'), '-'], { encoding: 'utf8' });
      world.expect(
        /How it went/.test(text) && /By skill/.test(text) && !/Another round/.test(text),
        'mouse: the printed summary',
      );
      // Next time the surely wrong ones come first.
      await page.click('.actions .primary');
      world.expect(
        (await keptOf(page, quiz)).cards[(await keptOf(page, quiz)).round.queue[0].id]?.first,
        'mouse: a surely wrong one is not first',
      );
      await page.context().close();
    },

    async 'by keyboard alone'() {
      const page = await world.visit(file, 'keyboard');
      const ids = kinds.map(kind => nth(kind, 1).id);
      await beginWith(page, quiz, ids);
      await course.playRound(
        page,
        new KeyboardPupil(page),
        ids,
        item =>
          ['cloze', 'ordering'].includes(item.kind)
            ? (partialAnswer(item.task) ?? rightAnswer(item.task))
            : rightAnswer(item.task),
        'keyboard',
      );
      await page.context().close();
    },

    async 'with a finger on a phone'() {
      const page = await world.visit(file, 'phone', { width: 390, height: 844, touch: true, deviceScaleFactor: 2 });
      const ids = kinds.map(kind => nth(kind, 2).id);
      await beginWith(page, quiz, ids);
      await course.playRound(
        page,
        new PointerPupil(page, true),
        ids,
        item => wrongAnswer(item.task, sourceOf(item)),
        'phone',
      );
      await world.shoot(page, 'summary-390', true);
      await page.context().close();
    },

    async shortcuts() {
      const page = await world.visit(file, 'shortcuts');
      const choice = nth('single_choice', 0),
        other = nth('single_choice', 1);
      await beginWith(page, quiz, [choice.id, other.id]);
      await page.keyboard.press('?');
      await world.inspect(page, 'help');
      await world.shoot(page, 'help-1280');
      await page.keyboard.press('Escape');
      world.expect(
        await page.evaluate(() => document.activeElement.matches('h1')),
        'shortcuts: the focus does not come back from the help',
      );
      const right = String(choice.task.options.findIndex(option => option.right));
      const order = await page.$$eval('.option input', inputs => inputs.map(input => input.value));
      await page.keyboard.press(String(order.indexOf(right) + 1));
      await page.keyboard.press('h');
      world.equal(await page.locator('.hints li').count(), 1, 'shortcuts: H gives a hint');
      await page.keyboard.press('n');
      await course.checkResult(page, choice, [Number(right)], 'shortcuts');
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
      world.equal(await page.locator('dialog[open]').count(), 0, 'shortcuts: they can be switched off');
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
      world.expect(
        !item.task.options[await page.$eval('.struck input', input => Number(input.value))].right,
        'hints: the key is struck out',
      );
      await world.shoot(page, 'hints-390', true);
      const struck = await page.$eval('.struck input', input => input.value);
      await reopen(page);
      await page.click('.entrance.primary');
      world.equal(
        [await page.locator('.hints li').count(), await page.$eval('.struck input', input => input.value)],
        [3, struck],
        'hints: after a reload',
      );
      await page.context().close();
    },

    async 'first visit, choosing, reload in the middle'() {
      const page = await world.visit(file, 'start', { width: 390, height: 844 });
      world.expect(
        /never for a grade/.test(await page.textContent('main')),
        'start: it does not say that it is for study',
      );
      world.expect(await page.locator('.entrance.primary').isVisible(), 'start: no way in');
      const box = await page.locator('.entrance.primary').boundingBox();
      world.expect(box.y + box.height < 844, 'start: the way in is below the fold');
      await world.inspect(page, 'start at 390', { focus: false });
      if (quiz.sources.length > 1) await page.selectOption('.field:has-text("Text") select', { index: 1 });
      await page.selectOption('.field:has-text("Section") select', { index: 2 });
      await page.selectOption('.field:has-text("Skill") select', { index: 1 });
      await page.click('.segments label:has-text("5")');
      world.expect(
        await page.evaluate(() => document.activeElement.value === '5'),
        'start: the focus leaves the choice',
      );
      await page.click('.chooser .primary');
      let { round } = await keptOf(page, quiz);
      const chosen = round.queue.map(({ id }) => itemOf(id));
      const section = quiz.sources[0].sections[1].id,
        skill = quiz.skills[0].id;
      world.expect(chosen.length > 0 && chosen.length <= 5, `start: ${chosen.length} questions`);
      world.expect(
        chosen.every(item => item.source === 0 && item.section === section && item.skills.includes(skill)),
        'start: other texts, sections or skills',
      );
      // Reload while a question is asked, and after its feedback.
      await reopen(page);
      world.equal(await page.textContent('.entrance.primary .entrance-words'), 'Go on', 'reload: a way back');
      await page.click('.entrance.primary');
      const item = chosen[0];
      const orderBefore = await page.$$eval('.option input, .pair, .line', all =>
        all.map(node => node.value ?? node.dataset.index),
      );
      await reopen(page);
      await page.click('.entrance.primary');
      world.equal(
        await page.$$eval('.option input, .pair, .line', all => all.map(node => node.value ?? node.dataset.index)),
        orderBefore,
        'reload: the order of the options',
      );
      await new PointerPupil(page).give(item.task, wrongAnswer(item.task, sourceOf(item)), false);
      const said = item.task.type === 'ideas' ? null : await page.textContent('.result');
      await reopen(page);
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
        await reopen(page);
      };
      const due = async () => (await page.locator('.entrance:has-text("Review")').count()) > 0;
      await beginWith(page, quiz, [item.id]);
      const pupil = new PointerPupil(page);
      await pupil.give(item.task, rightAnswer(item.task));
      let day = 0;
      for (const wait of [1, 3, 7, 16, 16]) {
        if (wait > 1) await dayAfter(day + wait - 1);
        else await page.click('text=Home');
        world.expect(!(await due()), `clock: due ${wait > 1 ? 'a day early' : 'on the same day'} (${wait})`);
        await dayAfter(day + wait);
        world.expect(await due(), `clock: not due after ${wait} days`);
        day += wait;
        await page.click('.entrance:has-text("Review")');
        world.equal(
          (await keptOf(page, quiz)).round.queue.map(({ id }) => id),
          [item.id],
          'clock: only what is due',
        );
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
      const blocked = await world.visit(file, 'blocked', {
        before: () =>
          Object.defineProperty(globalThis, 'localStorage', {
            get() {
              throw new DOMException('no', 'SecurityError');
            },
          }),
      });
      await blocked.click('.entrance.primary');
      const first = await blocked.textContent('.stem');
      const item =
        quiz.items.find(
          ({ stem }) =>
            [stem]
              .flat()
              .map(run => run.t ?? run)
              .join('') === first.replace(/paragraphs? \d+( to \d+)?|blank/g, ''),
        ) ?? null;
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
      await course.playRound(one, new PointerPupil(one), ids, item => rightAnswer(item.task), 'code');
      await one.click('.summary .quiet >> text=Home');
      await one.click('text=Progress on another device');
      const code = await one.inputValue('textarea[readonly]');
      await world.inspect(one, 'code dialog');
      await world.shoot(one, 'code-1280');
      const two = await world.visit(file, 'code on another device', { width: 390, height: 844 });
      await two.click('text=Progress on another device');
      await two.fill(
        '.other-code textarea',
        code.replace(/.$/, sign => (sign === 'A' ? 'B' : 'A')),
      );
      await two.click('text=Use this code');
      world.expect(
        /not a whole code/.test(await two.textContent('.other-code .warning')),
        'code: a damaged one is taken',
      );
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
  };
}

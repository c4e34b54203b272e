// What the tests of the quiz share: the quiz of a file, its items, and a whole round played.
import { score } from '../../templates/study/rules.js';
import { quizOf } from './hostile.mjs';
import { rightAnswer } from './pupil.mjs';
import { keptOf } from './world.mjs';

const RESULTS = { right: 'Right', partly: 'Partly right', missed: 'Not yet' };

// The words of a text up to its first paragraph's number or blank, which pages write in their own way.
export const firstWords = text =>
  [text]
    .flat()
    .map(run => run.t ?? run)
    .join('')
    .split(/[¶_]/)[0]
    .replace(/\s+/g, ' ');

export class Course {
  constructor(world, file, folder) {
    Object.assign(this, { world, file, folder, quiz: quizOf(file) });
    this.kinds = [...new Set(this.quiz.items.map(({ kind }) => kind))];
    this.itemOf = id => this.quiz.items.find(item => item.id === id);
    this.sourceOf = item => this.quiz.sources[item.source];
  }

  // The nth item of a kind, going round.
  nth(kind, at) {
    const mine = this.quiz.items.filter(item => item.kind === kind);
    return mine[at % mine.length];
  }

  // What the feedback says must be what the key gives.
  async checkResult(page, item, answer, name) {
    if (item.task.type === 'ideas') return;
    const { world } = this,
      { points, of } = score(item.task, answer);
    const kind = points === of ? 'right' : points > 0 ? 'partly' : 'missed';
    const words = (await page.textContent('.result')).replace(/\s+/g, ' ').trim();
    world.expect(words.includes(RESULTS[kind]), `${name}: “${words}” for ${points} of ${of} (${item.id})`);
    if (of > 1)
      world.expect(
        words.endsWith(`${points} of ${of} points`),
        `${name}: “${words}” for ${points} of ${of} (${item.id})`,
      );
    world.expect(
      await page.evaluate(() => document.activeElement.classList.contains('result')),
      `${name}: the focus is not on the result (${item.id})`,
    );
    world.expect((await page.textContent('.feedback')).length > 40, `${name}: feedback without a reason (${item.id})`);
  }

  // Answers a whole round, each question as `answerOf` says, and what comes again rightly; ends at the summary. Gives
  // how many were missed.
  async playRound(page, pupil, ids, answerOf, name) {
    const { world, quiz, itemOf } = this;
    let missed = 0;
    for (const id of ids) {
      const item = itemOf(id),
        answer = answerOf(item);
      await pupil.give(item.task, answer);
      await this.checkResult(page, item, answer, name);
      const { points, of } = score(item.task, answer);
      if (item.task.type !== 'ideas' && points < of) missed += 1;
      await pupil.next();
    }
    for (let left = missed; left > 0; left -= 1) {
      const { round } = await keptOf(page, quiz);
      const { id, again } = round.queue[round.at];
      world.expect(again, `${name}: ${id} does not come again`);
      await pupil.give(itemOf(id).task, rightAnswer(itemOf(id).task));
      await this.checkResult(page, itemOf(id), rightAnswer(itemOf(id).task), `${name}, once more`);
      await pupil.next();
    }
    world.equal(await page.textContent('h1'), 'How it went', `${name}: the end`);
    return missed;
  }
}

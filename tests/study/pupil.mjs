// A pupil at the page: answers any question rightly, wrongly or in part, by mouse, by keyboard alone, or with a finger.
import { isNumericRight, score } from '../../templates/study/rules.js';

const upTo = count => Array.from({ length: count }, (_, index) => index);
const first = list => list[0];

// An answer that earns every point.
export function rightAnswer(task) {
  switch (task.type) {
    case 'choice':
      return upTo(task.options.length).filter(index => task.options[index].right);
    case 'true_false':
      return {
        judgement: task.answer,
        correction:
          task.answer || task.corrections.length === 0 ? null : task.corrections.findIndex(({ right }) => right),
      };
    case 'statement':
      return task.verdict;
    case 'matching':
      return task.premises.map(({ response }) => response);
    case 'attribution':
      return task.statements.map(({ speaker }) => speaker);
    case 'ordering':
      return upTo(task.elements.length);
    case 'cloze':
      return task.blanks.map(first);
    case 'numeric':
      return task.answer;
    case 'paired': {
      const a = task.answers.findIndex(({ right }) => right);
      return { a, b: task.quotations.findIndex(({ answer }) => answer === a) };
    }
    case 'finding':
      return { p: task.core.p, s: task.core.s[0] };
    default:
      return upTo(task.ideas.length);
  }
}

// An answer that earns none.
export function wrongAnswer(task, source) {
  switch (task.type) {
    case 'choice':
      return upTo(task.options.length)
        .filter(index => !task.options[index].right)
        .concat(rightAnswer(task))
        .slice(0, task.choose);
    case 'true_false':
      return { judgement: !task.answer, correction: null };
    case 'statement':
      return ['supported', 'contradicted', 'not_stated'].find(verdict => verdict !== task.verdict);
    case 'matching':
      return task.premises.map(({ response }) => (response + 1) % task.responses.length);
    case 'attribution':
      return task.statements.map(({ speaker }) => (speaker + 1) % task.speakers.length);
    case 'ordering':
      return upTo(task.elements.length).reverse();
    case 'cloze':
      return task.blanks.map(accepted =>
        task.words.find(word => !accepted.some(right => right.toLowerCase() === word.toLowerCase())),
      );
    case 'numeric':
      return task.errors.find(({ text }) => !isNumericRight(task, text))?.text ?? '99999';
    case 'paired':
      return { a: task.answers.findIndex(({ right }) => !right), b: 0 };
    case 'finding': {
      const places = source.paragraphs
        .filter(({ n }) => task.search_in.includes(n))
        .flatMap(({ n, sentences }) => sentences.map((_, s) => ({ p: n, s })));
      return places.find(place => score(task, place).points === 0);
    }
    default:
      return [];
  }
}

// An answer that earns a part, or null where there is none.
export function partialAnswer(task) {
  const right = rightAnswer(task),
    others = index => upTo(task.options.length).find(other => other !== index && !task.options[other].right);
  switch (task.type) {
    case 'choice':
      return task.choose > 2 ? [...right.slice(1), others(-1)] : null;
    case 'true_false':
      return task.corrections.length > 0
        ? { judgement: false, correction: task.corrections.findIndex(entry => !entry.right) }
        : null;
    case 'matching':
    case 'attribution': {
      const count = (task.responses ?? task.speakers).length;
      return right.length > 1 ? [(right[0] + 1) % count, ...right.slice(1)] : null;
    }
    case 'ordering':
      return [...right.slice(1), 0];
    case 'cloze':
      return right.length > 1 ? [wrongAnswer(task)[0], ...right.slice(1)] : null;
    case 'paired':
      return { a: right.a, b: task.quotations.findIndex(({ answer }) => answer !== right.a) };
    case 'finding':
      return task.partial.length > 0 && task.partial[0].s.length > 0
        ? { p: task.partial[0].p, s: task.partial[0].s[0] }
        : null;
    default:
      return null;
  }
}

const VERDICTS = ['supported', 'contradicted', 'not_stated'];
const fieldset = at => `.question fieldset.options >> nth=${at}`;

// By mouse, or with a finger where `touch` is true.
export class PointerPupil {
  constructor(page, touch = false) {
    this.page = page;
    this.touch = touch;
  }

  press(where) {
    return this.touch ? this.page.locator(where).tap() : this.page.locator(where).click();
  }
  check(sure = true) {
    return this.press(sure ? 'button.sure' : 'button.unsure');
  }
  next() {
    return this.press('button.next');
  }
  option(at, index) {
    return this.press(`${fieldset(at)} >> .option:has(input[value="${index}"]) label`);
  }

  async give(task, answer, sure = true) {
    switch (task.type) {
      case 'choice':
        for (const index of answer) await this.option(0, index);
        break;
      case 'statement':
        await this.option(0, VERDICTS.indexOf(answer));
        break;
      case 'true_false':
        await this.option(0, answer.judgement ? 0 : 1);
        if (answer.judgement === false && task.answer === false && task.corrections.length > 0) {
          await this.check(sure);
          await this.option(1, answer.correction);
        }
        break;
      case 'matching':
        for (const [premise, response] of answer.entries())
          await this.page.locator(`.pair[data-index="${premise}"] select`).selectOption(String(response));
        break;
      case 'attribution':
        for (const [statement, speaker] of answer.entries())
          await this.press(`.pair[data-index="${statement}"] label >> nth=${speaker}`);
        break;
      case 'ordering':
        await this.arrange(answer);
        break;
      case 'cloze':
        for (const word of answer)
          await this.press(`.chip >> nth=${task.words.findIndex(one => one.toLowerCase() === word.toLowerCase())}`);
        break;
      case 'numeric':
        await this.page.locator('input.number').fill(answer);
        break;
      case 'paired':
        await this.option(0, answer.a);
        await this.option(1, answer.b);
        break;
      case 'finding':
        await this.press(`.sentence[data-place="${answer.p}.${answer.s}"]`);
        break;
      default:
        await this.press('.check button.primary');
        for (const at of answer) await this.press(`.ideas .option >> nth=${at} >> label`);
        await this.press('.check button.primary');
        return;
    }
    await this.check(sure);
  }

  async arrange(answer) {
    for (const [place, element] of answer.entries()) {
      for (;;) {
        const order = await shownOrder(this.page);
        if (order.indexOf(element) === place) break;
        await this.press(`.line[data-index="${element}"] .mover >> nth=0`);
      }
    }
  }
}

const shownOrder = page => page.$$eval('.line', lines => lines.map(line => Number(line.dataset.index)));

// By keyboard alone: Tab until the focus is where it must be, then Space, Enter, arrows and letters.
export class KeyboardPupil {
  constructor(page) {
    this.page = page;
  }

  async tabTo(selector) {
    for (let step = 0; step < 200; step += 1) {
      if (await this.page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not come to ${selector}`);
  }

  async check(sure = true) {
    await this.tabTo(sure ? 'button.sure' : 'button.unsure');
    await this.page.keyboard.press('Enter');
  }

  // The focus is on the result: Enter goes on.
  next() {
    return this.page.keyboard.press('Enter');
  }

  // Radio buttons of a group are one stop of Tab, and arrows go on inside it.
  async radio(group, value) {
    await this.tabTo(`${group} input`);
    for (let step = 0; step < 40; step += 1) {
      const at = await this.page.evaluate(() => ({
        value: document.activeElement.value,
        checked: document.activeElement.checked,
      }));
      if (at.value === String(value)) {
        if (!at.checked) await this.page.keyboard.press('Space');
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`arrows do not come to ${value} in ${group}`);
  }

  async give(task, answer, sure = true) {
    const { keyboard } = this.page;
    switch (task.type) {
      case 'choice':
        if (task.choose === 1) await this.radio('fieldset.options', answer[0]);
        else {
          for (const value of await this.page.$$eval('fieldset.options input', all =>
            all.map(input => Number(input.value)),
          )) {
            if (!answer.includes(value)) continue;
            await this.tabTo(`fieldset.options input[value="${value}"]`);
            await keyboard.press('Space');
          }
        }
        break;
      case 'statement':
        await this.radio('fieldset.options', VERDICTS.indexOf(answer));
        break;
      case 'true_false':
        await this.radio('fieldset.options', answer.judgement ? 0 : 1);
        if (answer.judgement === false && task.answer === false && task.corrections.length > 0) {
          await this.check(sure);
          await this.radio('.second-step fieldset.options', answer.correction);
        }
        break;
      case 'matching':
        for (const premise of await this.page.$$eval('.pair', rows => rows.map(row => Number(row.dataset.index)))) {
          await this.tabTo(`.pair[data-index="${premise}"] select`);
          const letter = await this.page.$eval(
            `.pair[data-index="${premise}"] option[value="${answer[premise]}"]`,
            option => option.textContent[0],
          );
          await keyboard.press(letter);
        }
        break;
      case 'attribution':
        for (const statement of await this.page.$$eval('.pair', rows => rows.map(row => Number(row.dataset.index))))
          await this.radio(`.pair[data-index="${statement}"]`, answer[statement]);
        break;
      case 'ordering':
        for (const [place, element] of answer.entries()) {
          for (
            let order = await shownOrder(this.page);
            order.indexOf(element) !== place;
            order = await shownOrder(this.page)
          ) {
            await this.tabTo(`.line[data-index="${element}"] .mover`);
            await keyboard.press('Enter');
          }
        }
        break;
      case 'cloze':
        for (const [at, word] of answer.entries()) {
          await this.tabTo(`.blank:nth-of-type(${at + 1}) input, .blank-input[aria-label^="blank ${at + 1} of"]`);
          await keyboard.type(word);
        }
        break;
      case 'numeric':
        await this.tabTo('input.number');
        await keyboard.type(answer);
        break;
      case 'paired':
        await this.radio('fieldset.options:nth-of-type(1)', answer.a);
        await this.radio('fieldset.options:nth-of-type(2)', answer.b);
        break;
      case 'finding': {
        await this.tabTo('.sentence input');
        for (let step = 0; step < 60; step += 1) {
          const place = await this.page.evaluate(() => document.activeElement.closest('.sentence')?.dataset.place);
          if (place === `${answer.p}.${answer.s}`) break;
          await keyboard.press('ArrowDown');
        }
        if (!(await this.page.evaluate(() => document.activeElement.checked))) await keyboard.press('Space');
        break;
      }
      default:
        await this.tabTo('.check button.primary');
        await keyboard.press('Enter');
        for (const at of answer) {
          await this.tabTo(`.ideas .option:nth-of-type(${at + 1}) input`);
          await keyboard.press('Space');
        }
        await this.tabTo('.check button.primary');
        await keyboard.press('Enter');
        return;
    }
    await this.check(sure);
  }
}

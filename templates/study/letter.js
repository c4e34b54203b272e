// The text that the questions are about: beside them on a wide screen, one tap away on a narrow one.
import { WORDS } from './words.js';
import { block, button, el, focusOn, hasWords, paragraphMark, plainText, spokenText, textNodes } from './dom.js';
import { listenButton, stopSpeaking } from './speech.js';

const WIDE = '(min-width: 62rem)';

// Forms of glossary words in a sentence, longest first, whole words only.
function glossPattern(glossary) {
  const forms = glossary.flatMap(gloss => gloss.words ?? [gloss.term]).filter(form => form.trim() !== '');
  if (forms.length === 0) return null;
  const escaped = forms
    .sort((one, other) => other.length - one.length)
    .map(form => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // The letter before is taken too: older browsers cannot look behind.
  return new RegExp(`(^|[^\\p{L}\\p{N}])(${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

export class LetterPane {
  // A text is drawn when it is first seen: a phone that never opens it, and a round on another text, do not pay for it.
  constructor(quiz) {
    this.quiz = quiz;
    this.shown = 0;
    this.drawn = null;
    this.places = [];
    this.open = true;
    this.away = true;
    this.wide = matchMedia(WIDE);
    this.node = el('div', {
      id: 'letter',
      class: 'letter',
      role: 'complementary',
      'aria-labelledby': 'letter-title',
      hidden: true,
    });
    this.toggles = new Set();
    this.wide.addEventListener('change', () => this.settle());
  }

  get available() {
    return this.quiz.letter && this.quiz.sources.some(source => source.paragraphs.length > 0);
  }

  // Shows a source beside what is asked; `without` is the word that is asked for, which must not be explained.
  // `pick` takes the sentences that are tapped, as paragraph and index, and says whether it wanted them.
  show(sourceIndex, { hide = false, without = null, pick = null } = {}) {
    this.without = without;
    this.pick = pick;
    this.node.classList.toggle('pickable', pick !== null);
    this.away = false;
    this.node.classList.remove('alone-open');
    this.shown = sourceIndex;
    this.places = [];
    this.node.classList.toggle('concealed', hide);
    this.settle();
  }

  // A window made narrower must not take the focus away with the text.
  conceal() {
    const focused = this.node.contains(document.activeElement);
    this.node.hidden = true;
    if (focused) focusOn(document.querySelector('main h1'));
  }

  reveal() {
    this.node.hidden = false;
    if (this.drawn !== this.shown) {
      this.drawn = this.shown;
      this.draw(this.quiz.sources[this.shown]);
    }
    this.mark();
  }

  // On a screen without a question.
  leave() {
    this.closeSheet();
    this.away = true;
    this.node.hidden = true;
    this.node.classList.add('alone-open');
    document.body.classList.remove('beside');
  }

  close() {
    if (this.isSheet) {
      this.closeSheet();
      return;
    }
    this.leave();
    focusOn(document.querySelector('main h1'));
  }

  // A wide screen has it open unless it was put away; a narrow one has it closed until it is asked for.
  settle() {
    if (!this.available || this.away) return;
    if (this.wide.matches && this.isSheet) this.closeSheet();
    if (this.wide.matches ? this.open : this.isSheet) this.reveal();
    else this.conceal();
    document.body.classList.toggle('beside', this.wide.matches && this.open);
    this.renameToggles();
  }

  toggleButton() {
    const toggle = button('', () => this.toggle(), { class: 'quiet letter-toggle', 'aria-controls': 'letter' });
    this.toggles.add(toggle);
    this.renameToggles();
    return toggle;
  }

  renameToggles() {
    const { genre } = this.quiz.sources[this.shown];
    const isOpen = !this.node.hidden;
    for (const toggle of this.toggles) {
      toggle.textContent = this.wide.matches && isOpen ? WORDS.hideLetter(genre) : WORDS.letter(genre);
      toggle.setAttribute('aria-expanded', String(isOpen));
    }
  }

  toggle() {
    if (!this.available || this.away) return;
    if (this.wide.matches) {
      this.open = !this.open;
      this.settle();
      if (this.open) focusOn(this.heading);
    } else if (this.isSheet) {
      this.closeSheet();
    } else {
      this.openSheet();
    }
  }

  openSheet() {
    this.before = document.activeElement;
    this.node.classList.add('sheet');
    this.node.setAttribute('role', 'dialog');
    this.node.setAttribute('aria-modal', 'true');
    this.reveal();
    document.body.classList.add('under-sheet');
    for (const other of document.querySelectorAll('[data-under-sheet]')) other.inert = true;
    focusOn(this.heading);
    this.renameToggles();
  }

  closeSheet() {
    if (!this.isSheet) return;
    stopSpeaking();
    this.node.classList.remove('sheet');
    this.node.setAttribute('role', 'complementary');
    this.node.removeAttribute('aria-modal');
    document.body.classList.remove('under-sheet');
    for (const other of document.querySelectorAll('[data-under-sheet]')) other.inert = false;
    if (!this.wide.matches) this.node.hidden = true;
    if (this.before?.isConnected) this.before.focus();
    this.renameToggles();
  }

  get isSheet() {
    return this.node.classList.contains('sheet');
  }

  // Highlights sentences and brings the first into view, without taking the focus; at once if the text is in view, or
  // else when it is opened.
  highlight(places) {
    this.places = places;
    this.node.classList.remove('concealed');
    if (!this.node.hidden) this.mark();
  }

  mark() {
    this.node.querySelectorAll('.evidence').forEach(node => node.classList.remove('evidence'));
    this.closeGloss();
    const found = this.places.flatMap(({ p, s }) => (s ?? []).map(index => this.sentence(p, index))).filter(Boolean);
    found.forEach(node => node.classList.add('evidence'));
    const first = found[0] ?? this.paragraph(this.places[0]?.p);
    if (first) this.bringIntoView(first);
  }

  paragraph(p) {
    return p === undefined ? null : this.node.querySelector(`#p${this.shown}-${p}`);
  }
  sentence(p, index) {
    return this.node.querySelector(`[data-sentence="${p}.${index}"]`);
  }

  bringIntoView(node) {
    const scroller = this.scroller;
    scroller.scrollTop +=
      node.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 4;
  }

  // Opens it at a paragraph, with the focus there.
  goTo(sourceIndex, p) {
    if (!this.available) return;
    const alone = this.away;
    if (alone || this.shown !== sourceIndex) this.show(sourceIndex);
    this.node.classList.toggle('alone-open', alone);
    if (this.wide.matches) {
      this.open = true;
      this.settle();
    } else if (!this.isSheet) {
      this.openSheet();
    }
    const paragraph = this.paragraph(p);
    if (!paragraph) return;
    focusOn(paragraph);
    this.bringIntoView(paragraph);
  }

  // ── Drawing ──

  draw(source) {
    this.pattern = glossPattern(source.glossary);
    this.heading = el('h2', { class: 'letter-title', id: 'letter-title' }, textNodes(source.title));
    this.scroller = el(
      'div',
      {
        class: 'letter-text',
        lang: this.quiz.lang,
        onclick: event => this.tapped(event),
        tabindex: '0',
        role: 'region',
        'aria-labelledby': 'letter-title',
      },
      this.parts(source),
    );
    this.note = el('div', { class: 'gloss-note', role: 'status' });
    this.node.replaceChildren(
      el(
        'div',
        { class: 'letter-head' },
        el('div', null, this.heading, block('p', { class: 'small' }, source.about)),
        el(
          'div',
          { class: 'letter-tools' },
          listenButton(this.quiz.lang, () =>
            this.fromHere(source).flatMap(paragraph => [
              `${WORDS.paragraph(paragraph.n)}.`,
              ...paragraph.sentences.map(spokenText),
            ]),
          ),
          button(WORDS.close, () => this.close(), { class: 'quiet sheet-only' }),
        ),
      ),
      el('p', { class: 'concealment' }, WORDS.hidden(source.genre)),
      this.scroller,
      this.note,
    );
  }

  tapped({ target }) {
    const sentence = target.closest('[data-sentence]');
    if (!sentence || !this.pick || target.closest('button')) return;
    if (this.pick(...sentence.dataset.sentence.split('.').map(Number))) this.closeSheet();
  }

  // Paragraphs from the first that is in view: reading aloud begins where one reads.
  fromHere(source) {
    const { top } = this.scroller.getBoundingClientRect();
    const at = source.paragraphs.findIndex(({ n }) => this.paragraph(n).getBoundingClientRect().bottom > top + 10);
    return source.paragraphs.slice(Math.max(0, at));
  }

  parts(source) {
    const jumps =
      source.sections.length > 1
        ? el(
            'nav',
            { class: 'jumps', 'aria-label': WORDS.goTo },
            source.sections.map(section =>
              el(
                'a',
                {
                  href: `#p${this.shown}-${section.first}`,
                  onclick: event => {
                    event.preventDefault();
                    this.goTo(this.shown, section.first);
                  },
                },
                section.id,
                el('span', { class: 'spoken' }, ` ${section.title}`),
              ),
            ),
          )
        : null;
    return [
      jumps,
      hasWords(source.headnote)
        ? el(
            'details',
            { class: 'headnote' },
            el('summary', null, WORDS.introduction),
            block('p', null, source.headnote),
          )
        : null,
      this.pattern ? el('p', { class: 'small' }, WORDS.glossaryHint) : null,
      source.heading.map(line => block('p', { class: 'letter-line' }, line)),
      source.paragraphs.flatMap(paragraph => this.paragraphParts(source, paragraph)),
      (source.footnotes ?? []).map(note => block('p', { class: 'small' }, note)),
      hasWords(source.edition)
        ? el('details', { class: 'headnote' }, el('summary', null, WORDS.edition), block('p', null, source.edition))
        : null,
    ];
  }

  paragraphParts(source, { n, sentences }) {
    const section = source.sections.find(({ first }) => first === n);
    const notes = (source.editorial ?? []).filter(({ after }) => after === n);
    return [
      section
        ? el(
            'h3',
            { class: 'letter-section' },
            el('span', { class: 'section-id', 'aria-hidden': 'true' }, section.id),
            ' ',
            textNodes(section.title),
          )
        : null,
      el(
        'p',
        { id: `p${this.shown}-${n}`, class: 'paragraph', dir: 'auto' },
        el('a', { class: 'anchor', href: `#p${this.shown}-${n}` }, paragraphMark(`¶${n}`, n)),
        ' ',
        sentences.map((sentence, index) =>
          el('span', { 'data-sentence': `${n}.${index}` }, this.glossed(source, sentence), ' '),
        ),
      ),
      notes.map(({ text }) => block('p', { class: 'editorial' }, text)),
    ];
  }

  // A sentence with its glossary words as buttons.
  glossed(source, sentence) {
    const runs = Array.isArray(sentence) ? sentence : [sentence];
    if (!this.pattern) return textNodes(sentence);
    return runs.flatMap(run => {
      if (typeof run !== 'string') return textNodes([run]);
      const nodes = [];
      let from = 0;
      for (const match of run.matchAll(this.pattern)) {
        nodes.push(...textNodes(run.slice(from, match.index + match[1].length)), this.glossButton(source, match[2]));
        from = match.index + match[0].length;
      }
      nodes.push(...textNodes(run.slice(from)));
      return nodes;
    });
  }

  glossButton(source, form) {
    const gloss = source.glossary.find(({ term, words }) =>
      [term, ...(words ?? [])].some(word => word.toLowerCase() === form.toLowerCase()),
    );
    if (!gloss) return form;
    const control = button(
      form,
      () => {
        const wasOpen = control.getAttribute('aria-expanded') === 'true';
        this.closeGloss();
        if (wasOpen) return;
        control.setAttribute('aria-expanded', 'true');
        if (this.isAskedFor(gloss)) this.note.append(WORDS.glossAsked);
        else this.note.append(el('strong', null, gloss.term), ' – ', ...textNodes(gloss.meaning));
      },
      { class: 'gloss', 'aria-expanded': 'false' },
    );
    return control;
  }

  // A word that is being asked for is not explained until the answer is given.
  isAskedFor(gloss) {
    const asked = plainText(this.without ?? '').toLowerCase();
    return (
      asked !== '' &&
      [gloss.term, ...(gloss.words ?? [])].some(
        word => asked.includes(word.toLowerCase()) || word.toLowerCase().includes(asked),
      )
    );
  }

  closeGloss() {
    if (!this.note) return;
    this.note.replaceChildren();
    this.node
      .querySelectorAll('.gloss[aria-expanded="true"]')
      .forEach(node => node.setAttribute('aria-expanded', 'false'));
  }
}

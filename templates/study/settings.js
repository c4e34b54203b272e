// Dialogs: how the page looks, progress carried to another device, keys and help.
import { WORDS } from './words.js';
import { decodeProgress, encodeProgress, merged } from './code.js';
import { announce, button, el, freshId, openDialog, segmented } from './dom.js';

const CHOICES = [
  ['size', WORDS.textSize, WORDS.sizes, 'normal'],
  ['spacing', WORDS.spacing, WORDS.spacings, 'normal'],
  ['face', WORDS.face, WORDS.faces, 'standard'],
  ['theme', WORDS.theme, WORDS.themes, 'auto'],
  ['motion', WORDS.motion, WORDS.motions, 'auto'],
  ['keys', WORDS.shortcuts, WORDS.shortcutChoices, 'on'],
];

// The style sheet looks at these attributes of the root.
export function applySettings(settings) {
  for (const [key, , names, usual] of CHOICES) {
    document.documentElement.dataset[key] = Object.hasOwn(names, settings[key] ?? '') ? settings[key] : usual;
  }
}

export function openSettings(app) {
  const chosen = key => document.documentElement.dataset[key];
  openDialog(
    WORDS.settings,
    () => [
      CHOICES.map(([key, legend, names]) =>
        segmented(legend, Object.entries(names), chosen(key), value => {
          app.progress.keepSettings({ ...app.progress.settings, [key]: value });
          applySettings(app.progress.settings);
        }),
      ),
      clearPart(app),
    ],
    'settings',
  );
}

// Asks once more, in place, before all is lost.
function clearPart(app) {
  const part = el('div', { class: 'clear-part' });
  const offer = () => {
    const clear = button(
      WORDS.clear,
      () => {
        const no = button(WORDS.clearNo, () => offer().focus());
        part.replaceChildren(
          el('p', null, WORDS.clearSure),
          el(
            'p',
            { class: 'actions' },
            no,
            button(
              WORDS.clearYes,
              () => {
                app.progress.clear();
                announce(WORDS.cleared);
                part.replaceChildren(el('p', { tabindex: '-1' }, WORDS.cleared));
                part.firstChild.focus();
                app.cleared();
              },
              { class: 'danger' },
            ),
          ),
        );
        no.focus();
      },
      { class: 'danger' },
    );
    part.replaceChildren(el('p', { class: 'small' }, WORDS.stays), clear);
    return clear;
  };
  offer();
  return part;
}

export function openCode(app) {
  openDialog(WORDS.codeTitle, () => [ownCode(app), otherCode(app)], 'code');
}

function ownCode(app) {
  if (Object.keys(app.progress.cards).length === 0) return el('p', null, WORDS.codeEmpty);
  const id = freshId('code');
  const area = el(
    'textarea',
    { id, readonly: true, rows: '4', class: 'code', spellcheck: 'false' },
    encodeProgress(app.quiz.id, app.progress.cards, app.today()),
  );
  const said = el('p', { class: 'small' });
  const copy = async () => {
    area.focus();
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = WORDS.copied;
    } catch {
      // A local file may not use the clipboard; the older way still does, in most browsers.
      said.textContent = document.execCommand?.('copy') ? WORDS.copied : WORDS.copyByHand;
    }
    announce(said.textContent);
  };
  return el(
    'div',
    null,
    el('p', null, WORDS.codeNote),
    el('label', { for: id }, WORDS.codeLabel),
    area,
    el('p', { class: 'actions' }, button(WORDS.copy, copy, { class: 'primary' })),
    said,
  );
}

function otherCode(app) {
  const id = freshId('code');
  const area = el('textarea', {
    id,
    rows: '4',
    class: 'code',
    spellcheck: 'false',
    autocapitalize: 'characters',
    autocomplete: 'off',
  });
  const said = el('p', { class: 'warning' });
  const use = () => {
    const { cards, fault } = decodeProgress(
      app.quiz.id,
      app.quiz.items.map(item => item.id),
      area.value,
    );
    said.textContent = fault ? WORDS.codeFaults[fault] : WORDS.codeTaken(Object.keys(cards).length);
    announce(said.textContent);
    if (fault) {
      area.setAttribute('aria-invalid', 'true');
      area.focus();
      return;
    }
    area.removeAttribute('aria-invalid');
    app.progress.keepCards(merged(app.progress.cards, cards));
    app.redrawStart();
  };
  return el(
    'div',
    { class: 'other-code' },
    el('label', { for: id }, WORDS.pasteLabel),
    area,
    said,
    el('p', { class: 'actions' }, button(WORDS.useCode, use)),
  );
}

export function openHelp() {
  openDialog(
    WORDS.helpTitle,
    () => [
      el('h3', null, WORDS.howTitle),
      el(
        'ul',
        null,
        WORDS.how.map(line => el('li', null, line)),
      ),
      el('p', null, WORDS.keysNote),
      el(
        'dl',
        { class: 'keys' },
        WORDS.keys.map(([key, what]) => el('div', null, el('dt', null, el('kbd', null, key)), el('dd', null, what))),
      ),
      el('p', { class: 'small' }, WORDS.orderNote),
    ],
    'help',
  );
}

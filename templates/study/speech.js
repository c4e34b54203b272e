// Reading aloud, with voices of this device only: any other voice would send the text to a server.
import { WORDS } from './words.js';
import { button } from './dom.js';

const synthesis = () => globalThis.speechSynthesis;

// A voice on the device for the language, the same region first.
export function localVoice(lang) {
  const [language] = lang.toLowerCase().split('-');
  const voices = (synthesis()?.getVoices() ?? []).filter(voice => voice.localService);
  const of = voice => voice.lang.toLowerCase().replace('_', '-');
  return (
    voices.find(voice => of(voice) === lang.toLowerCase()) ??
    voices.find(voice => of(voice).split('-')[0] === language) ??
    null
  );
}

let speaking = null;

export function stopSpeaking() {
  if (!speaking) return;
  const { control } = speaking;
  speaking = null;
  synthesis().cancel();
  control.textContent = WORDS.listen;
  control.setAttribute('aria-pressed', 'false');
}

// Sentences go one by one: some engines fall silent in a long utterance.
function speak(texts, lang, control) {
  stopSpeaking();
  const mine = { control };
  speaking = mine;
  control.textContent = WORDS.stopListening;
  control.setAttribute('aria-pressed', 'true');
  const voice = localVoice(lang);
  texts.forEach((text, at) => {
    const utterance = new SpeechSynthesisUtterance(text.replace(/—/g, ' — '));
    utterance.voice = voice;
    utterance.lang = voice.lang;
    const ended = () => {
      if (speaking === mine && at === texts.length - 1) stopSpeaking();
    };
    utterance.addEventListener('end', ended);
    utterance.addEventListener('error', ended);
    synthesis().speak(utterance);
  });
}

// A button that reads what `texts` gives; hidden as long as there is no voice on the device.
export function listenButton(lang, texts) {
  const control = button(
    WORDS.listen,
    () => {
      if (speaking?.control === control) stopSpeaking();
      else
        speak(
          texts().filter(text => text.trim() !== ''),
          lang,
          control,
        );
    },
    { class: 'quiet listen', 'aria-pressed': 'false', hidden: true },
  );
  const show = () => {
    control.hidden = !localVoice(lang);
  };
  if (synthesis()) {
    show();
    // Voices arrive late, and the page may have gone on by then.
    if (control.hidden) synthesis().addEventListener?.('voiceschanged', show, { once: true });
  }
  return control;
}

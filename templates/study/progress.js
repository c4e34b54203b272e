// What stays on the device: cards, the round begun, settings. A store that is blocked, full or damaged costs nothing
// but memory.

const STORE_VERSION = 1;
const emptyKept = () => ({ version: STORE_VERSION, cards: {}, round: null, settings: {} });

// Days since 1970 by the calendar of the device, so that a day ends at its midnight.
export function today(now = new Date()) {
  return Math.floor(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86400000);
}

const isCard = card => Number.isInteger(card?.box) && card.box >= 1 && card.box <= 5 && Number.isInteger(card.day);

// What was read, with all that is not as this version writes it left out.
function sound(kept) {
  if (kept?.version !== STORE_VERSION) return emptyKept();
  const cards = Object.entries(kept.cards ?? {}).filter(([, card]) => isCard(card));
  return {
    version: STORE_VERSION,
    cards: Object.fromEntries(cards),
    round: kept.round ?? null,
    settings: typeof kept.settings === 'object' && kept.settings !== null ? kept.settings : {},
  };
}

// `storageOf` gives the browser's localStorage; it may throw, as it does in some private windows and for some local
// files.
export class Progress {
  constructor(quizId, storageOf) {
    this.key = `pilcrow-study:${quizId}`;
    this.storageOf = storageOf;
    this.lasting = true;
    this.kept = this.read();
  }

  read() {
    try {
      const text = this.storageOf().getItem(this.key);
      return text ? sound(JSON.parse(text)) : emptyKept();
    } catch (error) {
      this.lasting = !(error instanceof SyntaxError) ? false : this.lasting;
      return emptyKept();
    }
  }

  write() {
    try {
      this.storageOf().setItem(this.key, JSON.stringify(this.kept));
      this.lasting = true;
    } catch {
      this.lasting = false;
    }
  }

  get cards() {
    return this.kept.cards;
  }
  get round() {
    return this.kept.round;
  }
  get settings() {
    return this.kept.settings;
  }

  keepCard(id, card) {
    this.kept.cards = { ...this.kept.cards, [id]: card };
  }
  keepCards(cards) {
    this.kept.cards = cards;
    this.write();
  }
  keepRound(round) {
    this.kept.round = round;
    this.write();
  }
  keepSettings(settings) {
    this.kept.settings = settings;
    this.write();
  }

  // Settings are how somebody reads, not what he has done: they stay.
  clear() {
    this.kept = { ...emptyKept(), settings: this.kept.settings };
    this.write();
  }
}

// Owns the pictures held here: asks for those of what is seen, a hundred at a time, and keeps a bounded
// number as blob addresses. A picture that is not there is asked for once.

const MOST_ASKED = 100;
const UNDER_WAY = 2;
const GIVE_UP_MS = 20_000;
const HELD = { wall: 400, detail: 12 };
const PICTURES = /^image\/(jpeg|png|webp|gif|avif)$/;

export class Posters {
  #wire;
  // Called when pictures came.
  #arrived;
  // Size -> Map of id -> blob address, or null when there is none; the last used is last.
  #held = { wall: new Map(), detail: new Map() };
  // Size -> ids seen now.
  #wanted = { wall: [], detail: [] };
  // Question number -> { ids, size, timer }.
  #asked = new Map();

  constructor(wire, arrived) {
    this.#wire = wire;
    this.#arrived = arrived;
    wire.hear("posters", (message, buffers) => this.#take(message, buffers));
    wire.hear("error", (message) => this.#giveUp(message.seq));
  }

  /** The address of a picture; null when there is none, undefined when that is not known yet. */
  get(id, size) {
    const held = this.#held[size];
    const url = held.get(id);
    if (url) {
      held.delete(id);
      held.set(id, url);
    }
    return url;
  }

  /** These are seen now; what was wanted before and not sent is dropped. */
  want(ids, size) {
    this.#wanted[size] = ids;
    this.#pump();
  }

  /** The list changed: pictures that were missing may have come. */
  recheck() {
    for (const held of Object.values(this.#held)) {
      for (const [id, url] of held) if (url === null) held.delete(id);
    }
  }

  dispose() {
    for (const question of this.#asked.values()) clearTimeout(question.timer);
    this.#asked.clear();
    for (const held of Object.values(this.#held)) {
      for (const url of held.values()) if (url) URL.revokeObjectURL(url);
      held.clear();
    }
  }

  #pump() {
    for (const size of ["detail", "wall"]) {
      const underWay = new Set([...this.#asked.values()].filter((one) => one.size === size).flatMap((one) => one.ids));
      const lacking = this.#wanted[size].filter((id) => !this.#held[size].has(id) && !underWay.has(id));
      if (!lacking.length || this.#asked.size >= UNDER_WAY) continue;
      const ids = lacking.slice(0, MOST_ASKED);
      const seq = this.#wire.ask({ type: "posters", ids, size });
      this.#asked.set(seq, { ids, size, timer: setTimeout(() => this.#giveUp(seq), GIVE_UP_MS) });
    }
  }

  #take(message, buffers) {
    const question = this.#asked.get(message.seq);
    if (!question) return;
    clearTimeout(question.timer);
    this.#asked.delete(message.seq);
    const held = this.#held[question.size];
    message.found.forEach(({ id, mime }, k) => {
      if (!PICTURES.test(mime) || !buffers[k]) return;
      const old = held.get(id);
      if (old) URL.revokeObjectURL(old);
      held.set(id, URL.createObjectURL(new Blob([buffers[k]], { type: mime })));
    });
    for (const id of question.ids) if (!held.has(id)) held.set(id, null);
    this.#forget(question.size);
    this.#arrived();
    this.#pump();
  }

  #giveUp(seq) {
    const question = this.#asked.get(seq);
    if (!question) return;
    clearTimeout(question.timer);
    this.#asked.delete(seq);
    for (const id of question.ids) this.#held[question.size].set(id, null);
  }

  /** What was used longest ago goes first, what is seen stays. */
  #forget(size) {
    const held = this.#held[size];
    const seen = new Set(this.#wanted[size]);
    for (const [id, url] of held) {
      if (held.size <= HELD[size]) return;
      if (seen.has(id)) continue;
      if (url) URL.revokeObjectURL(url);
      held.delete(id);
    }
  }
}

// Owns the rows held here: a bounded cache of pages, and which pages are asked for next.
// At most two questions are under way; what is seen now goes before what was seen, and both before what may
// be seen soon. A row is painted only at the place its page was asked for, under the revision it was asked in.

const PAGES_HELD = 40;
const PAGES_ASKED = 4;
const UNDER_WAY = 2;
const AHEAD_PAGES = 8;
// A late answer is still taken: this only frees the place of one that never comes.
const GIVE_UP_MS = 8_000;
const RETRY_MS = 1_500;

export class Rows {
  #wire;
  // Called when rows came, or when the length became better known.
  #arrived;
  #size;
  #revision;
  // Page number -> { at, rows: [...] }.
  #held = new Map();
  // Pages from before an edit, painted until they are answered anew.
  #before = new Map();
  // Question number -> { pages, ahead, timer }.
  #asked = new Map();
  // Page number -> when it may be asked for again.
  #failed = new Map();
  // What is seen: { first, stop, speed }; null while flinging.
  #wanted = null;
  // The page in the middle of what was last seen.
  #middle = 0;
  // [start, stop) that Python's policy recommends to fetch ahead.
  #ahead = null;
  #total = null;
  // One past the last row seen, and the end if a page came back short.
  #seen = 0;
  #end = null;
  #retry = 0;

  constructor(wire, arrived) {
    this.#wire = wire;
    this.#arrived = arrived;
    this.#size = wire.get("page_size") || 100;
    this.#revision = wire.get("revision");
    this.#total = wire.get("total") ?? null;
    const first = wire.get("first_rows");
    if (first?.revision === this.#revision) this.#hold(first);
    wire.hear("rows", (message) => this.#take(message));
    wire.hear("error", (message) => this.#fail(message.seq));
  }

  /** How many rows there are, or as many as are sure while that is not known. */
  get length() {
    return this.#total ?? this.#end ?? this.#seen + this.#size;
  }

  /** Whether anything that is seen is still on its way. */
  get waiting() {
    return this.#missing().length > 0;
  }

  setTotal(total) {
    this.#total = total ?? null;
  }

  /** All rows are void; with `keep` the old ones are painted until the new ones come. */
  reset(revision, keep) {
    this.#before = new Map(keep ? [...this.#before, ...this.#held].slice(-PAGES_HELD) : []);
    this.#held = new Map();
    this.#failed.clear();
    for (const question of this.#asked.values()) clearTimeout(question.timer);
    this.#asked.clear();
    this.#revision = revision;
    this.#size = this.#wire.get("page_size") || this.#size;
    this.#total = this.#wire.get("total") ?? null;
    this.#wanted = null;
    this.#ahead = null;
    this.#end = null;
    if (!keep) this.#seen = 0;
  }

  /** The row at an index, or undefined while it is not here. */
  row(index) {
    const page = Math.floor(index / this.#size);
    const found = this.#held.get(page) ?? this.#before.get(page);
    return found?.rows[index - page * this.#size];
  }

  /** The label of the page an index is on, such as "M · 1987". */
  at(index) {
    return this.#held.get(Math.floor(index / this.#size))?.at ?? null;
  }

  /** Rows [first, stop) are seen, moving at `speed` rows a frame: asks for the pages they lack. */
  want(first, stop, speed) {
    this.#wanted = stop > first ? { first, stop, speed } : null;
    this.#middle = Math.floor((first + stop) / 2 / this.#size);
    this.#pump();
  }

  /** Nothing is wanted until movement slows down. */
  hold() {
    this.#wanted = null;
  }

  dispose() {
    for (const question of this.#asked.values()) clearTimeout(question.timer);
    clearTimeout(this.#retry);
    this.#asked.clear();
    this.#held.clear();
    this.#before.clear();
  }

  #pump() {
    if (!this.#wanted) return;
    const missing = this.#missing().filter((page) => !this.#underWay(page));
    if (missing.length) {
      const ready = missing.filter((page) => !(this.#failed.get(page) > Date.now()));
      if (ready.length) this.#askRun(ready, false);
      else this.#again();
    } else if (this.#ahead && ![...this.#asked.values()].some((question) => question.ahead)) {
      this.#askRun(this.#aheadPages(), true);
    }
  }

  /** Asks for the first unbroken run of these pages, then for the rest. */
  #askRun(pages, ahead) {
    if (!pages.length || this.#asked.size >= UNDER_WAY) return;
    let length = 1;
    while (length < PAGES_ASKED && pages[length] === pages[0] + length) length += 1;
    const run = pages.slice(0, length);
    const stop = (run[length - 1] + 1) * this.#size;
    const seq = this.#wire.ask({
      type: "rows",
      revision: this.#revision,
      start: run[0] * this.#size,
      stop: this.#total === null ? stop : Math.min(stop, this.#total),
      ahead,
      speed: this.#wanted?.speed ?? 0,
    });
    this.#asked.set(seq, { pages: run, ahead, timer: setTimeout(() => this.#fail(seq), GIVE_UP_MS) });
    if (!ahead) this.#pump();
  }

  #missing() {
    if (!this.#wanted) return [];
    const last = Math.min(this.#wanted.stop, this.length) - 1;
    const pages = [];
    for (let page = Math.floor(this.#wanted.first / this.#size); page * this.#size <= last; page += 1) {
      if (!this.#held.has(page)) pages.push(page);
    }
    return pages;
  }

  #aheadPages() {
    const [start, stop] = this.#ahead;
    const pages = [];
    const end = Math.min(stop, this.length);
    for (let page = Math.floor(start / this.#size); page * this.#size < end; page += 1) {
      const near = Math.abs(page - this.#middle) <= AHEAD_PAGES;
      if (near && !this.#held.has(page) && !this.#underWay(page)) pages.push(page);
    }
    return pages;
  }

  #underWay(page) {
    return [...this.#asked.values()].some((question) => question.pages.includes(page));
  }

  #take(message) {
    if (message.revision !== this.#revision) return;
    const question = this.#asked.get(message.seq);
    clearTimeout(question?.timer);
    this.#asked.delete(message.seq);
    const length = this.#hold(message);
    // A question of several pages that came back short has met the end.
    if (question && length < question.pages.length * this.#size) this.#end = message.start + length;
    if (message.ahead) this.#ahead = message.ahead;
    this.#forget();
    this.#arrived(message.start, message.start + length);
    this.#pump();
  }

  /** Keeps rows that came, page by page; how many they are. */
  #hold(message) {
    const length = message.rows.id.length;
    const names = Object.keys(message.rows);
    for (let from = 0; from < length; from += this.#size) {
      const rows = [];
      for (let k = from; k < Math.min(from + this.#size, length); k += 1) {
        rows.push(Object.fromEntries(names.map((name) => [name, message.rows[name][k]])));
      }
      const page = Math.floor((message.start + from) / this.#size);
      this.#held.set(page, { at: message.at ?? null, rows });
      this.#before.delete(page);
    }
    this.#seen = Math.max(this.#seen, message.start + length);
    return length;
  }

  #fail(seq) {
    const question = this.#asked.get(seq);
    if (!question) return;
    clearTimeout(question.timer);
    this.#asked.delete(seq);
    for (const page of question.pages) this.#failed.set(page, Date.now() + RETRY_MS);
    if (question.ahead) this.#ahead = null;
    else this.#again();
  }

  #again() {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#pump(), RETRY_MS + 10);
  }

  /** The pages farthest from what is seen go first. */
  #forget() {
    if (this.#held.size <= PAGES_HELD) return;
    const distance = (page) => Math.abs(page - this.#middle);
    const far = [...this.#held.keys()].sort((a, b) => distance(b) - distance(a));
    for (const page of far.slice(0, this.#held.size - PAGES_HELD)) this.#held.delete(page);
  }
}

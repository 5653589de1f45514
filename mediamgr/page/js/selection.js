// Owns which item the keyboard is at and which are selected. The selection itself is Python's (it may hold
// items that were never loaded); what is clicked is shown at once and made good by the trait that follows.

const MOST = 1000;
const RANGE_MS = 60;

export class Selection {
  #wire;
  #rows;
  // Called with (cursorMoved) when something is to be painted anew.
  #changed;
  #ids = new Set();
  // Index of the item the keyboard is at, -1 for none; and where a range began.
  #cursor = -1;
  #anchor = -1;
  // A range that is still growing is sent now and then, not at every key.
  #range = 0;
  #growing = null;

  constructor(wire, rows, changed) {
    this.#wire = wire;
    this.#rows = rows;
    this.#changed = changed;
    wire.follow("selection", (ids) => {
      this.#ids = new Set(ids ?? []);
      changed(false);
    });
  }

  get cursor() {
    return this.#cursor;
  }

  get size() {
    return this.#ids.size;
  }

  get ids() {
    return [...this.#ids];
  }

  has(id) {
    return this.#ids.has(id);
  }

  /** The list is another one: the places in it mean nothing any more. */
  forget() {
    this.#cursor = -1;
    this.#anchor = -1;
  }

  /** Puts the cursor somewhere without selecting. */
  moveTo(index) {
    this.#cursor = Math.max(0, Math.min(index, this.#rows.length - 1));
    this.#anchor = this.#cursor;
    this.#changed(true);
  }

  /** Puts the cursor somewhere and selects all from where the range began. */
  extendTo(index, add = false) {
    if (this.#anchor < 0) this.#anchor = Math.max(0, this.#cursor);
    this.#cursor = Math.max(0, Math.min(index, this.#rows.length - 1));
    this.#sendRange(add);
    this.#changed(true);
  }

  /** Selects this one and no other. */
  choose(index) {
    const row = this.#rows.row(index);
    this.#cursor = index;
    this.#anchor = index;
    if (row) this.#send([row.id]);
    this.#changed(true);
  }

  /** Takes this one in, or out, and leaves the others. */
  toggle(index) {
    const row = this.#rows.row(index);
    this.#cursor = index;
    this.#anchor = index;
    if (row) {
      const ids = new Set(this.#ids);
      const out = ids.delete(row.id);
      if (!out) ids.add(row.id);
      if (ids.size <= MOST) this.#send([...ids]);
      else this.#tellRange(index, index + 1, !out, out);
    }
    this.#changed(true);
  }

  all() {
    this.#tellRange(0, this.#rows.length, false);
  }

  clear() {
    this.#send([]);
    this.#changed(false);
  }

  /** Sends the range that is growing now, before something is done to it. */
  flush() {
    if (this.#growing) this.#tellRange(...this.#growing);
  }

  dispose() {
    clearTimeout(this.#range);
  }

  #send(ids) {
    clearTimeout(this.#range);
    this.#range = 0;
    this.#growing = null;
    this.#ids = new Set(ids);
    this.#wire.tell({ type: "select", ids });
  }

  #sendRange(add) {
    const start = Math.min(this.#anchor, this.#cursor);
    const stop = Math.max(this.#anchor, this.#cursor) + 1;
    this.#showRange(start, stop, add);
    clearTimeout(this.#range);
    this.#growing = [start, stop, add];
    this.#range = setTimeout(() => this.flush(), RANGE_MS);
  }

  #tellRange(start, stop, add, remove = false) {
    clearTimeout(this.#range);
    this.#range = 0;
    this.#growing = null;
    this.#wire.tell({ type: "select_range", start, stop, add, remove, revision: this.#wire.get("revision") });
  }

  #showRange(start, stop, add) {
    const ids = new Set(add ? this.#ids : []);
    for (let index = start; index < Math.min(stop, start + MOST); index += 1) {
      const row = this.#rows.row(index);
      if (row) ids.add(row.id);
    }
    this.#ids = ids;
  }
}

// Owns a scrolling window on any number of lines of one height: a constant number of elements, recycled as
// lines leave and enter, placed once per animation frame. It knows nothing of what a line shows.

const SETTLE_MS = 80;
const REST_MS = 150;

export class Viewport {
  // The functions of scroll.js.
  #math;
  // The element that scrolls, and the tall one in it that the lines are in.
  #host;
  #layer;
  // Lines kept ready beyond each edge.
  #over;
  // make() -> slot with `element`; fill(slot, line); moved({ first, stop, speed, fast, scrolled }).
  #hooks;
  // Line i is shown by slot i % slots.length.
  #slots = [];
  #lines = 0;
  #lineHeight = 34;
  // Height of the header that stays at the top of the host.
  #head = 0;
  #shape;
  // The offset as if nothing were capped, and the one the browser last told.
  #virtual = 0;
  #top = 0;
  // Where the last frame was: what the speed is measured from.
  #framed = 0;
  // Whether it flies by too fast to be read; until it settles.
  #fast = false;
  // Rises when every line must be filled anew.
  #stamp = 0;
  #frame = 0;
  // Whether the coming frame follows a scroll by hand.
  #byScroll = false;
  #settle = 0;
  #rest = 0;
  #listener = () => this.#scrolled();

  constructor(math, host, layer, over, hooks) {
    this.#math = math;
    this.#host = host;
    this.#layer = layer;
    this.#over = over;
    this.#hooks = hooks;
    this.#shape = math.geometry(0, this.#lineHeight, 0);
    host.addEventListener("scroll", this.#listener, { passive: true });
  }

  get firstLine() {
    return Math.floor((this.#virtual + 1) / this.#lineHeight);
  }

  /** Whole lines that fit. */
  get linesShown() {
    return Math.max(1, Math.floor(this.#shape.view / this.#lineHeight));
  }

  /** How far the list is scrolled, from 0 to 1. */
  get progress() {
    return this.#shape.reach ? this.#virtual / this.#shape.reach : 0;
  }

  /** Takes new measures; `line` (a fraction is a part of its height) stays at the top when given. */
  resize({ lines = this.#lines, lineHeight = this.#lineHeight, head = this.#head, line = null }) {
    const view = Math.max(0, this.#host.clientHeight - head);
    if (view === 0) return;
    // A scroll that is not told yet is of the measures before.
    this.#scrolled();
    const at = line ?? this.#virtual / this.#lineHeight;
    this.#lines = lines;
    this.#lineHeight = lineHeight;
    this.#head = head;
    this.#shape = this.#math.geometry(lines, lineHeight, view);
    this.#layer.style.height = `${this.#shape.spacer}px`;
    this.#furnish(Math.ceil(view / lineHeight) + 1 + 2 * this.#over);
    this.#moveTo(at * lineHeight);
  }

  /** Scrolls so that a line is seen. */
  reveal(line, where) {
    this.#moveTo(this.#math.reveal(this.#shape, this.#virtual, line, where));
  }

  /** Scrolls by whole lines. */
  advance(lines) {
    this.#moveTo(this.#virtual + lines * this.#lineHeight);
  }

  /** Fills every line anew at the next frame. */
  refresh() {
    this.#stamp += 1;
    this.#schedule();
  }

  /** Makes all lines anew: what they consist of has changed. */
  rebuild() {
    for (const slot of this.#slots) slot.element.remove();
    const wanted = this.#slots.length;
    this.#slots = [];
    this.#furnish(wanted);
    this.refresh();
  }

  /** The slot that shows a line now, or null. */
  slot(line) {
    const slot = this.#slots.length ? this.#slots[line % this.#slots.length] : null;
    return slot?.line === line ? slot : null;
  }

  dispose() {
    this.#host.removeEventListener("scroll", this.#listener);
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#settle);
    clearTimeout(this.#rest);
  }

  #furnish(count) {
    while (this.#slots.length > count) this.#slots.pop().element.remove();
    while (this.#slots.length < count) {
      const slot = this.#hooks.make();
      slot.line = -1;
      slot.stamp = -1;
      slot.shift = undefined; // neither placed nor hidden yet
      this.#slots.push(slot);
      this.#layer.append(slot.element);
    }
    for (const slot of this.#slots) slot.line = -1;
  }

  #moveTo(virtual) {
    this.#virtual = this.#math.clamp(this.#shape, virtual);
    this.#align();
    this.#schedule();
  }

  /** Tells the browser's scroll bar where the list is. */
  #align() {
    const top = this.#math.toTop(this.#shape, this.#virtual);
    if (Math.abs(this.#host.scrollTop - top) >= 1) this.#host.scrollTop = top;
    this.#top = this.#host.scrollTop;
    if (this.#shape.exact) this.#virtual = this.#math.clamp(this.#shape, this.#top);
  }

  #scrolled() {
    const top = this.#host.scrollTop;
    if (top === this.#top || this.#host.clientHeight === 0) return;
    this.#virtual = this.#math.moved(this.#shape, this.#virtual, this.#top, top);
    this.#top = top;
    // Small steps leave the bar behind; when it meets an end too early it is put right at once.
    if (!this.#shape.exact) {
      const early =
        (top <= 0 && this.#virtual > 0) || (top >= this.#shape.travel - 1 && this.#virtual < this.#shape.reach);
      if (early) this.#align();
    }
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#cameToRest(), REST_MS);
    this.#schedule(true);
  }

  #cameToRest() {
    if (this.#shape.exact || this.#host.clientHeight === 0) return;
    // Moved again and not told yet: putting the bar right now would take it back.
    if (this.#host.scrollTop !== this.#top) this.#scrolled();
    else {
      this.#align();
      this.#schedule();
    }
  }

  #schedule(scrolled = false) {
    this.#byScroll ||= scrolled;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#place();
    });
  }

  #place() {
    const shape = this.#shape;
    if (shape.view === 0) return;
    const [first, stop] = this.#math.seen(shape, this.#virtual, this.#lines);
    const from = Math.max(0, first - this.#over);
    const to = Math.min(this.#lines, from + this.#slots.length);
    const shift = this.#top - this.#virtual;
    for (let line = from; line < to; line += 1) {
      const slot = this.#slots[line % this.#slots.length];
      if (slot.line !== line || slot.stamp !== this.#stamp) {
        const same = slot.line === line;
        slot.line = line;
        slot.stamp = this.#stamp;
        this.#hooks.fill(slot, line, same);
      }
      this.#put(slot, Math.round(line * this.#lineHeight + shift));
    }
    for (const slot of this.#slots) {
      if (slot.line < from || slot.line >= to) {
        slot.line = -1;
        this.#put(slot, null);
      }
    }
    this.#report(first, stop);
  }

  #put(slot, shift) {
    if (slot.shift === shift) return;
    slot.shift = shift;
    slot.element.hidden = shift === null;
    if (shift !== null) slot.element.style.transform = `translateY(${shift}px)`;
  }

  #report(first, stop) {
    const speed = (this.#virtual - this.#framed) / this.#lineHeight;
    this.#framed = this.#virtual;
    const scrolled = this.#byScroll;
    this.#byScroll = false;
    if (scrolled) {
      this.#fast = Math.abs(speed) > this.linesShown;
      clearTimeout(this.#settle);
      this.#settle = setTimeout(() => this.#settled(), SETTLE_MS);
    }
    this.#hooks.moved({ first, stop, speed: scrolled ? speed : 0, fast: this.#fast, scrolled });
  }

  #settled() {
    this.#fast = false;
    this.#schedule();
  }
}

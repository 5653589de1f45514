// Owns the scrolling sheet of items, as a list or as a wall (its face): which rows are painted where, what
// a click and a key do. The focus stays on the sheet itself, so lines can be recycled under it.

const GRACE_MS = 120;
const TYPING_MS = 700;
const HEAD = 32;
let sheets = 0;

export class Sheet {
  #parts;
  #wire;
  #rows;
  #selection;
  #face;
  // What the sheet asks of the browser: open(index), escape(), search(), seen(first, stop, speed), waiting().
  #hooks;
  #host;
  #layer;
  #viewport;
  #bubble;
  #observer;
  #across = 1;
  #id = `mm-sheet-${(sheets += 1)}`;
  // Until when a row that is not here keeps its last text instead of turning into bars.
  #grace = 0;
  #graceTimer = 0;
  // What was typed lately, when, and the question it became.
  #typed = "";
  #typedAt = -Infinity;
  #jump = { seq: 0, revision: 0 };
  // The first and one past the last item seen.
  #seen = [0, 0];

  constructor(parts, { wire, rows, selection, face, hooks }) {
    this.#parts = parts;
    this.#wire = wire;
    this.#rows = rows;
    this.#selection = selection;
    this.#face = face;
    this.#hooks = hooks;
    const { make } = parts.dom;
    this.#layer = make("div", { role: "rowgroup", class: "mm-lines" });
    this.#host = make(
      "div",
      {
        role: "grid",
        class: `mm-sheet mm-sheet-${face.name}`,
        tabindex: "0",
        "aria-label": "Items",
        "aria-multiselectable": "true",
        "data-jp-suppress-context-menu": "true",
        click: (event) => this.#clicked(event),
        dblclick: (event) => this.#opened(event),
        mousedown: (event) => event.shiftKey && event.preventDefault(),
        keydown: (event) => this.#pressed(event),
      },
      face.head,
      this.#layer,
    );
    this.#bubble = new parts.bubble.Bubble(parts);
    this.element = make("div", { class: "mm-stage" }, this.#host, this.#bubble.element);
    this.#viewport = new parts.viewport.Viewport(parts.scroll, this.#host, this.#layer, face.over, {
      make: () => face.make(),
      fill: (slot, line, same) => this.#fill(slot, line, same),
      moved: (place) => this.#moved(place),
    });
    this.#observer = new ResizeObserver(() => this.measure());
    this.#observer.observe(this.#host);
    wire.hear("jump", (message) => this.#jumped(message));
  }

  get firstItem() {
    return this.#viewport.firstLine * this.#across;
  }

  /** Takes the width, the columns and the number of items anew; the first item seen stays where it is. */
  measure(first = null) {
    const width = this.#layer.clientWidth;
    if (!width) return;
    const before = this.#across;
    const kept = first ?? this.firstItem;
    const layout = this.#face.layout(width);
    this.#across = layout.across;
    this.#host.style.setProperty("--mm-tracks", layout.tracks);
    this.#announce();
    if (layout.changed) this.#viewport.rebuild();
    const line = first !== null || before !== layout.across ? Math.floor(kept / layout.across) : null;
    const lines = Math.ceil(this.#rows.length / layout.across);
    this.#viewport.resize({ lines, lineHeight: layout.lineHeight, head: this.#face.head ? HEAD : 0, line });
    this.#viewport.refresh();
  }

  /** Paints anew what is seen. */
  refresh() {
    this.#viewport.refresh();
  }

  /** Another list begins: from its top, unless its place is kept. */
  restart(keep) {
    this.#grace = performance.now() + GRACE_MS;
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => this.#viewport.refresh(), GRACE_MS + 10);
    this.measure(keep ? null : 0);
  }

  reveal(index, where = "nearest") {
    this.#viewport.reveal(Math.floor(index / this.#across), where);
    this.#viewport.refresh();
  }

  focus() {
    this.#host.focus({ preventScroll: true });
  }

  holdsFocus() {
    return this.#host.contains(document.activeElement);
  }

  dispose() {
    this.#observer.disconnect();
    this.#viewport.dispose();
    this.#bubble.dispose();
    clearTimeout(this.#graceTimer);
    this.#wire.deafen("jump");
    this.element.remove();
  }

  #announce() {
    const total = this.#wire.get("total") ?? null;
    const lines = total === null ? -1 : Math.ceil(total / this.#across) + (this.#face.head ? 1 : 0);
    this.#host.setAttribute("aria-rowcount", String(lines));
    this.#host.setAttribute("aria-colcount", String(this.#face.columns));
  }

  #fill(slot, line, same) {
    slot.element.setAttribute("aria-rowindex", String(this.#face.rowIndex(line)));
    const graced = same && performance.now() < this.#grace;
    slot.items.forEach((item, k) => {
      const index = line * this.#across + k;
      const row = this.#rows.row(index);
      const beyond = index >= this.#rows.length;
      item.classList.toggle("mm-beyond", beyond);
      item.dataset.index = String(index);
      item.id = `${this.#id}-${index}`;
      item.setAttribute("aria-selected", String(Boolean(row) && this.#selection.has(row.id)));
      item.classList.toggle("mm-at", index === this.#selection.cursor);
      if (!row && !beyond && graced) return;
      item.classList.toggle("mm-waiting", !row && !beyond);
      this.#face.paint(slot, item, row);
    });
    const cursor = this.#selection.cursor;
    if (cursor >= 0 && Math.floor(cursor / this.#across) === line) this.#point();
  }

  /** Tells assistive software where the keyboard is, while that line is there. */
  #point() {
    const cursor = this.#selection.cursor;
    const there = cursor >= 0 && this.#viewport.slot(Math.floor(cursor / this.#across));
    if (there) this.#host.setAttribute("aria-activedescendant", `${this.#id}-${cursor}`);
    else this.#host.removeAttribute("aria-activedescendant");
  }

  #moved({ first, stop, speed, fast, scrolled }) {
    const length = this.#rows.length;
    this.#seen = [first * this.#across, Math.min(stop * this.#across, length)];
    if (fast) this.#rows.hold();
    else this.#rows.want(...this.#seen, speed * this.#across);
    if (!fast) this.#hooks.seen(...this.#seen);
    this.#hooks.waiting();
    this.#point();
    if (scrolled) this.#bubble.stay();
    if (this.#bubble.shown) {
      const index = Math.max(0, Math.min(this.firstItem, length - 1));
      this.#bubble.write(this.#rows.at(index), index, this.#wire.get("total") ?? null, this.#viewport.progress);
    }
  }

  #index(event) {
    const item = event.target.closest?.("[data-index]");
    const index = item ? Number(item.dataset.index) : -1;
    return index < this.#rows.length ? index : -1;
  }

  #clicked(event) {
    const index = this.#index(event);
    if (index < 0) return;
    this.#jump.seq = 0;
    this.focus();
    const accel = event.ctrlKey || event.metaKey;
    if (event.shiftKey) this.#selection.extendTo(index, accel);
    else if (accel) this.#selection.toggle(index);
    else this.#selection.choose(index);
  }

  #opened(event) {
    const index = this.#index(event);
    if (index >= 0 && !event.target.closest("button")) this.#hooks.open(index);
  }

  #pressed(event) {
    if (event.target !== this.#host && event.key !== "/" && event.key !== "Escape") return;
    const typing = performance.now() - this.#typedAt < TYPING_MS;
    const plan = this.#parts.keyboard.plan(event, { across: this.#across, typing });
    if (!plan) return;
    event.preventDefault();
    this.#jump.seq = 0; // whoever moved on is not taken back by a late answer
    this.#do(plan, typing);
  }

  #do(plan, typing) {
    const cursor = this.#selection.cursor;
    if (plan.do === "all") this.#selection.all();
    else if (plan.do === "toggle") cursor >= 0 && this.#selection.toggle(cursor);
    else if (plan.do === "open") cursor >= 0 && this.#hooks.open(cursor);
    else if (plan.do === "escape") this.#hooks.escape();
    else if (plan.do === "search") this.#hooks.search();
    else if (plan.do === "type") this.#type(plan.letter, typing);
    else this.#go(plan, cursor);
  }

  #go(plan, cursor) {
    const total = this.#rows.length;
    if (!total) return;
    const page = Math.max(1, this.#viewport.linesShown - 1) * this.#across;
    const start = cursor < 0 && plan.do === "page" ? this.firstItem : cursor;
    const index = this.#parts.keyboard.target(plan, start, { page, total });
    if (plan.extend) this.#selection.extendTo(index);
    else this.#selection.moveTo(index);
    if (plan.do === "page") this.#viewport.advance(plan.by * Math.max(1, this.#viewport.linesShown - 1));
    this.reveal(index);
  }

  #type(letter, typing) {
    this.#typed = typing ? this.#typed + letter : letter;
    this.#typedAt = performance.now();
    const revision = this.#wire.get("revision");
    this.#jump = { seq: this.#wire.ask({ type: "jump", revision, text: this.#typed }), revision };
  }

  #jumped({ seq, position }) {
    const current = seq === this.#jump.seq && this.#jump.revision === this.#wire.get("revision");
    if (!current || position === null || position === undefined) return;
    this.#selection.moveTo(position);
    this.reveal(position, "top");
  }
}

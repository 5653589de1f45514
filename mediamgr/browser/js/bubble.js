// Owns the bubble beside the scroll bar: where in the list one is while scrolling.

const HIDE_MS = 700;

export class Bubble {
  #format;
  #timer = 0;

  constructor({ dom, format }) {
    this.#format = format;
    this.element = dom.make(
      "div",
      { class: "mm-bubble", "aria-hidden": "true", hidden: true },
      dom.make("strong", { dir: "auto" }),
      dom.make("span"),
    );
  }

  get shown() {
    return !this.element.hidden;
  }

  /** Row `index` of `total` (null: not known) is first; `progress` from 0 to 1 is how far down that is. */
  write(at, index, total, progress) {
    const [label, place] = this.element.children;
    label.textContent = at ?? "";
    label.hidden = !at;
    const of = total === null ? "" : ` of ${this.#format.count(total)}`;
    place.textContent = `row ${this.#format.count(index + 1)}${of}`;
    this.element.style.setProperty("--mm-progress", progress.toFixed(4));
  }

  /** Stays a moment longer. */
  stay() {
    this.element.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hide(), HIDE_MS);
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  #hide() {
    this.element.hidden = true;
  }
}

// Owns how the poster wall looks: as many tiles across as fit, each a picture or a drawn tile, with its
// title below. Which pictures there are is the business of posters.js.

const TILE = 128;
const GAP = 14;
const CAPTION = 44;
const TINTS = 6;

export class Wall {
  name = "wall";
  over = 1;
  head = null;
  #dom;
  #format;
  #posters;
  #across = 0;

  constructor({ dom, format }, posters) {
    this.#dom = dom;
    this.#format = format;
    this.#posters = posters;
  }

  get columns() {
    return this.#across;
  }

  layout(width) {
    const across = Math.max(2, Math.floor((width - GAP) / (TILE + GAP)));
    const tile = (width - GAP) / across - GAP;
    const changed = across !== this.#across;
    this.#across = across;
    return {
      across,
      lineHeight: Math.round(tile * 1.5) + CAPTION + GAP,
      changed,
      tracks: `repeat(${across}, minmax(0, 1fr))`,
    };
  }

  make() {
    const items = Array.from({ length: this.#across }, () => this.#tile());
    return { element: this.#dom.make("div", { role: "row", class: "mm-line" }, items), items };
  }

  paint(slot, tile, row) {
    const [frame, caption] = tile.children;
    const [drawn, picture, seen] = frame.children;
    const [title, under] = caption.children;
    const url = row ? this.#posters.get(row.id, "wall") : null;
    if (url && picture.getAttribute("src") !== url) picture.setAttribute("src", url);
    if (!url) picture.removeAttribute("src");
    picture.hidden = !url;
    drawn.hidden = Boolean(url);
    seen.hidden = !row?.watched;
    tile.classList.toggle("mm-gone", Boolean(row?.is_missing));
    frame.className = `mm-frame mm-tint-${row ? this.#format.tint(row.show_title ?? row.title, TINTS) : 0}`;
    this.#dom.write(drawn, row ? this.#format.initials(row.show_title ?? row.title) : "");
    this.#dom.write(title, row?.title ?? "");
    this.#dom.write(under.firstChild, row ? this.#format.belonging(row, true) || String(row.year ?? "") : "");
    this.#dom.write(under.lastChild, row ? this.#format.cell("rating", row.rating) : "");
    if (row) tile.setAttribute("title", row.title);
    else tile.removeAttribute("title");
  }

  rowIndex(line) {
    return line + 1;
  }

  #tile() {
    const { make, icon } = this.#dom;
    return make(
      "div",
      { role: "gridcell", class: "mm-tile" },
      make(
        "div",
        { class: "mm-frame" },
        make("span", { class: "mm-drawn", "aria-hidden": "true" }),
        make("img", { class: "mm-picture", alt: "", decoding: "async", draggable: "false", hidden: true }),
        make("span", { class: "mm-seen", role: "img", "aria-label": "watched" }, icon("check")),
      ),
      make(
        "div",
        { class: "mm-caption" },
        make("span", { class: "mm-title", dir: "auto" }),
        make(
          "span",
          { class: "mm-under mm-muted" },
          make("span", { dir: "auto" }),
          make("span", { class: "mm-kind-rating" }),
        ),
      ),
    );
  }
}

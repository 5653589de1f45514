// Owns how the list looks: the header that sorts, and what a row's cells say. Columns that do not fit are
// left out, words before numbers and from the right, never the title nor the one that is sorted by.

const ROW = 34;
const FLEX_LEAST = 220;
// What the values of a kind need, whatever width is asked for: "1 h 42 min", "17 Aug 2015".
const LEAST = { minutes: 104, date: 108, rating: 70, year: 84, bytes: 78 };
const fixed = ({ width, kind }) => Math.max(Number(width) || 80, LEAST[kind] ?? 0);
const NUMERIC = new Set(["number", "year", "rating", "minutes", "bytes"]);
const LARGEST_FIRST = new Set(["number", "year", "rating", "minutes", "bytes", "date"]);

export class Grid {
  name = "list";
  over = 4;
  #dom;
  #format;
  #wire;
  // Opens the details of an index.
  #open;
  #columns = [];
  // Those that fit, and their names.
  #shown = [];
  #names = new Set();
  #headRow;

  constructor({ dom, format }, wire, open) {
    this.#dom = dom;
    this.#format = format;
    this.#wire = wire;
    this.#open = open;
    this.#headRow = dom.make("div", { role: "row", class: "mm-head", "aria-rowindex": "1" });
    this.head = dom.make("div", { role: "rowgroup", class: "mm-heads" }, this.#headRow);
  }

  get columns() {
    return this.#shown.length;
  }

  /** What fits into a width; `changed` when rows must be made anew. */
  layout(width) {
    this.#columns = this.#wire.get("columns") ?? [];
    const sort = this.#wire.get("sort");
    const shown = this.#fitting(width, sort);
    const changed = JSON.stringify(shown) !== JSON.stringify(this.#shown);
    this.#shown = shown;
    this.#names = new Set(shown.map(({ name }) => name));
    const tracks = shown.map((column) =>
      column.flex ? `minmax(0, ${Number(column.width) || 1}fr)` : `${fixed(column)}px`,
    );
    this.#paintHead();
    return { across: 1, lineHeight: ROW, changed, tracks: tracks.join(" ") || "1fr" };
  }

  make() {
    const cells = this.#shown.map((column) => this.#cell(column));
    const element = this.#dom.make("div", { role: "row", class: "mm-row" }, cells);
    return { element, items: [element], cells };
  }

  /** Paints a row, or bars in its place while it is on its way. */
  paint(slot, item, row) {
    this.#shown.forEach((column, k) => {
      const cell = slot.cells[k];
      const value = row ? this.#format.cell(column.kind, row[column.name]) : "";
      if (column.name !== "title") {
        this.#dom.write(cell, value);
        return;
      }
      const [title, show, gone, watched, more] = cell.children;
      this.#dom.write(title, value);
      this.#dom.write(show, row ? this.#format.belonging(row, !this.#names.has("show_title")) : "");
      gone.hidden = !row?.is_missing;
      watched.hidden = !row?.watched;
      more.hidden = !row;
      if (row) more.setAttribute("aria-label", `Details of ${value}`);
    });
  }

  /** Where `aria-rowindex` of a line begins, after the header. */
  rowIndex(line) {
    return line + 2;
  }

  #fitting(width, sort) {
    const least = (column) => (column.flex ? FLEX_LEAST : fixed(column));
    const stays = ({ flex, name, sort: by }) => flex || name === "title" || (by && by === sort);
    const leaving = this.#columns.filter((column) => !stays(column)).reverse();
    const order = [...leaving.filter(({ kind }) => kind === "text"), ...leaving.filter(({ kind }) => kind !== "text")];
    let wide = this.#columns.reduce((sum, column) => sum + least(column), 0);
    const left = new Set();
    for (const column of order) {
      if (wide <= width) break;
      left.add(column);
      wide -= least(column);
    }
    return this.#columns.filter((column) => !left.has(column));
  }

  #cell(column) {
    const side = NUMERIC.has(column.kind) ? "mm-right" : "mm-left";
    const cell = this.#dom.make("div", { role: "gridcell", class: `mm-cell ${side} mm-kind-${this.#kind(column)}` });
    if (column.name === "title") {
      cell.append(
        this.#dom.make("span", { class: "mm-title", dir: "auto" }),
        this.#dom.make("span", { class: "mm-muted mm-show", dir: "auto" }),
        this.#dom.make("span", { class: "mm-missing", text: "missing" }),
        this.#dom.make("span", { class: "mm-seen", role: "img", "aria-label": "watched" }, this.#dom.icon("check")),
        this.#dom.button("mm-more", {
          sign: "info",
          label: "Details",
          tabindex: "-1",
          mousedown: (event) => event.preventDefault(), // the focus stays on the sheet
          click: (event) => this.#more(event),
        }),
      );
    }
    return cell;
  }

  #kind(column) {
    return /^[a-z]+$/.test(column.kind) ? column.kind : "text";
  }

  #more(event) {
    event.stopPropagation();
    this.#open(Number(event.currentTarget.closest("[data-index]").dataset.index));
  }

  #paintHead() {
    const sort = this.#wire.get("sort");
    const descending = this.#wire.get("descending");
    const focused = this.#headRow.contains(document.activeElement) ? document.activeElement.dataset.column : null;
    this.#headRow.replaceChildren(
      ...this.#shown.map((column) => {
        const sorted = column.sort !== null && column.sort !== undefined && column.sort === sort;
        const direction = descending ? "descending" : "ascending";
        const side = NUMERIC.has(column.kind) ? "mm-right" : "mm-left";
        const cell = this.#dom.make("div", {
          role: "columnheader",
          class: `mm-cell ${side} mm-kind-${this.#kind(column)}`,
          "aria-sort": column.sort ? (sorted ? direction : "none") : null,
        });
        if (!column.sort) cell.append(this.#dom.make("span", { text: column.label }));
        else cell.append(this.#sorter(column, sorted, descending));
        return cell;
      }),
    );
    if (focused) [...this.#headRow.querySelectorAll("button")].find((one) => one.dataset.column === focused)?.focus();
  }

  #sorter(column, sorted, descending) {
    const turn = sorted ? !descending : LARGEST_FIRST.has(column.kind);
    return this.#dom.make(
      "button",
      {
        type: "button",
        class: sorted ? "mm-sorter mm-sorted" : "mm-sorter",
        "data-column": column.name,
        title: `Sort by ${column.label}`,
        click: () => this.#wire.tell({ type: "sort", by: column.sort, descending: turn }),
      },
      this.#dom.make("span", { text: column.label }),
      sorted ? this.#dom.icon(descending ? "down" : "up") : null,
    );
  }
}

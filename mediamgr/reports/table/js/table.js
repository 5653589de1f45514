// Owns the page of a report's table: paints the rows that Python sends, asks for what is pressed, and shows below what a
// selected row opened. What it takes to show any number of rows comes before it, in the same module: mediamgr/page/js.

const ROW = 28;
const HEAD = 32;
const SPARE = 4;
const TYPED_MS = 250;
const COUNT = new Intl.NumberFormat("en");
const MATH = { geometry, clamp, toVirtual, toTop, moved, seen, reveal };
const SIGNS = { ascending: "▲", descending: "▼" };
let tables = 0;

class Table {
  #wire;
  #rows;
  #selection;
  #root;
  #count;
  #said;
  #find;
  #heads;
  #lines;
  #sheet;
  #viewport;
  #observer;
  #columns;
  #id = `mmt-${(tables += 1)}`;
  #typed = 0;
  #onKey = (event) => this.#guard(event);

  constructor(model, el) {
    this.#wire = new Wire(model);
    this.#columns = this.#wire.get("columns");
    this.#rows = new Rows(this.#wire, () => this.#viewport.refresh());
    this.#selection = new Selection(this.#wire, this.#rows, () => this.#viewport?.refresh());
    this.#lay(el);
    this.#viewport = new Viewport(MATH, this.#sheet, this.#lines, SPARE, {
      make: () => this.#make(),
      fill: (slot, line) => this.#fill(slot, line),
      moved: (place) => this.#moved(place),
    });
    this.#observer = new ResizeObserver(() => this.#measure());
    this.#observer.observe(this.#sheet);
    window.addEventListener("keydown", this.#onKey, true);
    this.#wire.watch("revision", () => this.#rearranged());
    for (const trait of ["sort", "descending"]) this.#wire.follow(trait, () => this.#paintHeads());
    this.#wire.follow("height", () => this.#measure());
    this.#wire.follow("text", (text) => this.#find.value.trim() === text.trim() || (this.#find.value = text));
    this.#wire.follow("said", (text) => {
      this.#said.textContent = text;
    });
    this.#paintCount();
  }

  dispose() {
    window.removeEventListener("keydown", this.#onKey, true);
    clearTimeout(this.#typed);
    this.#observer.disconnect();
    this.#viewport.dispose();
    this.#selection.dispose();
    this.#rows.dispose();
    this.#wire.dispose();
    this.#root.remove();
  }

  #lay(el) {
    const title = this.#wire.get("title");
    this.#count = make("span", { class: "mmt-muted mmt-count", role: "status" });
    this.#said = make("span", { class: "mmt-said", role: "status" });
    this.#find = make("input", {
      type: "search",
      class: "mmt-find",
      placeholder: "Filter",
      "aria-label": "Filter rows",
      spellcheck: "false",
      input: () => this.#type(),
      keydown: (event) => event.key === "ArrowDown" && this.#enter(event),
    });
    this.#heads = make("div", { role: "row", class: "mmt-row mmt-heads", "aria-rowindex": "1" });
    this.#lines = make("div", { role: "rowgroup", class: "mmt-lines" });
    this.#sheet = make(
      "div",
      {
        role: "grid",
        class: "mmt-sheet",
        tabindex: "0",
        "aria-label": title,
        "aria-multiselectable": "true",
        "aria-colcount": this.#columns.length,
        "data-jp-suppress-context-menu": "true",
        click: (event) => this.#clicked(event),
        mousedown: (event) => event.shiftKey && event.preventDefault(),
        keydown: (event) => this.#pressed(event),
      },
      make("div", { role: "rowgroup", class: "mmt-top" }, this.#heads),
      this.#lines,
    );
    this.#root = make(
      "section",
      {
        class: "mediamgr-table mm-page mathjax_ignore tex2jax_ignore",
        "aria-label": title,
        "data-lm-suppress-shortcuts": "true",
        keydown: (event) => passes(event) || event.stopPropagation(),
      },
      make(
        "header",
        { class: "mmt-head" },
        make("h3", { class: "mmt-title", dir: "auto", text: title }),
        this.#count,
        this.#said,
        this.#wire.get("all_rows") > 1 ? this.#find : null,
      ),
      this.#sheet,
    );
    const grows = this.#columns.some((column) => column.grows);
    const track = ({ least, width, grows: own }) => (own || !grows ? `minmax(${least}px, ${width}fr)` : `${width}px`);
    this.#sheet.style.setProperty("--mmt-tracks", this.#columns.map(track).join(" "));
    this.#sheet.style.setProperty("--mmt-wide", `${this.#columns.reduce((sum, { least }) => sum + least, 0)}px`);
    el.classList.add("mmt-room");
    el.append(this.#root);
  }

  /** As high as its rows, up to the height it may have; as before when a filter leaves fewer. */
  #measure() {
    if (!this.#viewport) return;
    const bar = this.#sheet.offsetHeight - this.#sheet.clientHeight;
    const all = HEAD + Math.max(1, this.#wire.get("all_rows")) * ROW + bar;
    const most = this.#wire.get("height") - (this.#root.offsetHeight - this.#sheet.offsetHeight);
    this.#sheet.style.height = `${Math.min(all, Math.max(most, HEAD + ROW))}px`;
    this.#sheet.setAttribute("aria-rowcount", String(this.#rows.length + 1));
    this.#viewport.resize({ lines: this.#rows.length, lineHeight: ROW, head: HEAD });
    this.#viewport.refresh();
  }

  #paintCount() {
    const [total, all] = [this.#wire.get("total"), this.#wire.get("all_rows")];
    const rows = `${COUNT.format(all)} ${all === 1 ? "row" : "rows"}`;
    this.#count.textContent = total === all ? rows : `${COUNT.format(total)} of ${rows}`;
    this.#root.classList.toggle("mmt-none", total === 0);
  }

  #paintHeads() {
    const [by, descending] = [this.#wire.get("sort"), this.#wire.get("descending")];
    const focused = this.#heads.contains(document.activeElement) ? document.activeElement.dataset.column : null;
    this.#heads.replaceChildren(...this.#columns.map((column) => this.#head(column, column.name === by, descending)));
    if (focused) [...this.#heads.querySelectorAll("button")].find((one) => one.dataset.column === focused)?.focus();
  }

  #head(column, sorted, descending) {
    const direction = descending ? "descending" : "ascending";
    const turned = sorted ? !descending : column.right;
    const label = make("span", { class: "mmt-label", dir: "auto", text: column.label });
    const sign = make("span", { class: "mmt-sign", "aria-hidden": "true", text: sorted ? SIGNS[direction] : "" });
    return make(
      "div",
      {
        role: "columnheader",
        class: column.right ? "mmt-cell mmt-right" : "mmt-cell",
        "aria-sort": column.sorts ? (sorted ? direction : "none") : null,
        title: column.name,
      },
      column.sorts
        ? make(
            "button",
            {
              type: "button",
              class: sorted ? "mmt-sorter mmt-sorted" : "mmt-sorter",
              "data-column": column.name,
              click: () => this.#wire.tell({ type: "sort", by: column.name, descending: turned }),
            },
            column.right ? [sign, label] : [label, sign],
          )
        : label,
    );
  }

  #make() {
    const cells = this.#columns.map(({ right }) =>
      make("div", { role: "gridcell", class: right ? "mmt-cell mmt-right" : "mmt-cell", dir: right ? null : "auto" }),
    );
    return { element: make("div", { role: "row", class: "mmt-row mmt-line" }, cells), cells };
  }

  #fill(slot, line) {
    const { element, cells } = slot;
    const row = this.#rows.row(line);
    element.id = `${this.#id}-${line}`;
    element.dataset.index = String(line);
    element.setAttribute("aria-rowindex", String(line + 2));
    element.setAttribute("aria-selected", String(Boolean(row) && this.#selection.has(row.id)));
    element.classList.toggle("mmt-at", line === this.#selection.cursor);
    element.classList.toggle("mmt-odd", line % 2 === 1);
    cells.forEach((cell, place) => {
      const said = row ? row.texts[place] : "";
      const text = said ?? "–";
      if (cell.textContent !== text) cell.textContent = text;
      cell.title = row?.exact[place] ?? said ?? "";
      cell.classList.toggle("mmt-muted", said === null);
    });
    this.#point();
  }

  /** Tells assistive software where the keyboard is, while that line is there. */
  #point() {
    const cursor = this.#selection.cursor;
    if (cursor >= 0 && this.#viewport.slot(cursor)) {
      this.#sheet.setAttribute("aria-activedescendant", `${this.#id}-${cursor}`);
    } else this.#sheet.removeAttribute("aria-activedescendant");
  }

  #moved({ first, stop, speed, fast }) {
    if (fast) this.#rows.hold();
    else this.#rows.want(first, Math.min(stop, this.#rows.length), speed);
    this.#point();
  }

  #rearranged() {
    this.#rows.reset(this.#wire.get("revision"), false);
    this.#selection.forget();
    this.#paintCount();
    this.#sheet.scrollTop = 0;
    this.#measure();
    this.#viewport.reveal(0, "top");
  }

  #type() {
    clearTimeout(this.#typed);
    this.#typed = setTimeout(() => this.#wire.tell({ type: "search", text: this.#find.value.trim() }), TYPED_MS);
  }

  #enter(event) {
    event.preventDefault();
    this.#sheet.focus({ preventScroll: true });
    if (this.#selection.cursor < 0 && this.#rows.length) this.#selection.moveTo(0);
  }

  #clicked(event) {
    const line = event.target.closest?.("[data-index]");
    const index = line ? Number(line.dataset.index) : -1;
    if (index < 0 || index >= this.#rows.length) return;
    this.#sheet.focus({ preventScroll: true });
    const accel = event.ctrlKey || event.metaKey;
    if (event.shiftKey) this.#selection.extendTo(index, accel);
    else if (accel) this.#selection.toggle(index);
    else this.#selection.choose(index);
  }

  #pressed(event) {
    if (event.target !== this.#sheet) return;
    const asked = plan(event, { across: 1, typing: false });
    if (!asked || asked.do === "type") return;
    event.preventDefault();
    const cursor = this.#selection.cursor;
    if (asked.do === "all") this.#selection.all();
    else if (asked.do === "toggle") cursor >= 0 && this.#selection.toggle(cursor);
    else if (asked.do === "open") cursor >= 0 && this.#selection.choose(cursor);
    else if (asked.do === "escape") this.#selection.clear();
    else if (asked.do === "search") this.#find.focus();
    else this.#go(asked, cursor);
  }

  #go(asked, cursor) {
    const total = this.#rows.length;
    if (!total) return;
    const page = Math.max(1, this.#viewport.linesShown - 1);
    const index = target(asked, cursor, { page, total });
    if (asked.extend) this.#selection.extendTo(index);
    else this.#selection.moveTo(index);
    this.#viewport.reveal(index, "nearest");
    this.#viewport.refresh();
  }

  /** JupyterLab may look at keys before we do: its shortcuts are off in here, but for those that are not ours. */
  #guard(event) {
    if (this.#root.contains(event.target)) this.#root.toggleAttribute("data-lm-suppress-shortcuts", !passes(event));
  }
}

/** Shows the browser below, when there is one. */
function below(model, host, el, signal) {
  const place = make("div", { class: "mmt-below" });
  const show = async () => {
    const browser = model.get("browser");
    if (!browser || place.dataset.shows === browser) return;
    place.dataset.shows = browser;
    place.replaceChildren();
    const shown = await host.getWidget(browser);
    await shown.render({ el: place, signal });
  };
  el.append(place);
  model.on("change:browser", show);
  signal.addEventListener("abort", () => model.off("change:browser", show));
  return show();
}

async function render({ model, el, host, signal }) {
  const table = new Table(model, el);
  await below(model, host, el, signal);
  return () => table.dispose();
}

export default { render };

// Owns the bar on top: search box, order, list or wall, undo. It says what is asked for and never guesses:
// what it shows comes back from Python, except letters that are still being typed.

const DEBOUNCE_MS = 150;
const ECHO_MS = 1500;

export class Toolbar {
  #dom;
  #wire;
  #box;
  #erase;
  #sort;
  #direction;
  #undo;
  #views;
  // Runs while letters are being typed.
  #timer = 0;
  // The text that was sent and has not come back, and until when it is waited for.
  #echo = { text: null, until: 0 };

  /** `leave()` moves the focus to the items, `facets(button)` opens or closes the filters. */
  constructor({ dom }, wire, { leave, facets }) {
    this.#dom = dom;
    this.#wire = wire;
    const { make, button, icon } = dom;
    this.#box = make("input", {
      type: "text",
      class: "mm-box",
      role: "searchbox",
      "aria-label": "Search titles, people and files",
      placeholder: "Search",
      spellcheck: "false",
      autocomplete: "off",
      maxlength: "500",
      input: () => this.#typing(),
      keydown: (event) => this.#pressed(event, leave),
    });
    this.#erase = button("mm-erase", { sign: "close", label: "Clear the search", click: () => this.#empty() });
    this.#sort = make("select", { class: "mm-select", "aria-label": "Sort by", change: () => this.#order(false) });
    this.#direction = button("", { sign: "down", label: "Descending", click: () => this.#order(true) });
    this.#undo = button("mm-undo", {
      sign: "undo",
      text: "Undo",
      hidden: true,
      click: () => wire.tell({ type: "undo" }),
    });
    const view = (name, label) =>
      button("", { sign: name, label, "data-view": name, click: () => wire.tell({ type: "view", view_name: name }) });
    this.#views = [view("list", "List"), view("wall", "Poster wall")];
    this.element = make(
      "div",
      { class: "mm-toolbar", role: "toolbar", "aria-label": "Browser" },
      button("mm-filters", { sign: "filter", text: "Filters", "aria-expanded": "false", click: () => facets() }),
      make("div", { class: "mm-search" }, icon("search"), this.#box, this.#erase),
      make("div", { class: "mm-group mm-order" }, this.#sort, this.#direction),
      make("div", { class: "mm-group mm-views", role: "group", "aria-label": "View" }, this.#views),
      this.#undo,
    );
    wire.follow("text", (text) => this.#come(text ?? ""));
    wire.follow("sorts", () => this.#paintOrder());
    wire.watch("sort", () => this.#paintOrder());
    wire.watch("descending", () => this.#paintOrder());
    wire.follow("view", (name) => this.#paintView(name));
    wire.follow("undo", (what) => this.#paintUndo(what));
  }

  /** Says whether the filters are open, on the button that opens them. */
  setFilters(open) {
    this.element.firstChild.setAttribute("aria-expanded", String(open));
  }

  focusSearch() {
    this.#box.focus();
    this.#box.select();
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  #typing() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), DEBOUNCE_MS);
    this.#paintErase();
  }

  #search() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const text = this.#box.value;
    this.#echo = { text, until: performance.now() + ECHO_MS };
    this.#wire.tell({ type: "search", text });
  }

  #empty() {
    this.#box.value = "";
    this.#paintErase();
    this.#search();
    this.#box.focus();
  }

  /** A text from Python is shown unless the user is ahead of it. */
  #come(text) {
    const waiting = this.#echo.text !== null && performance.now() < this.#echo.until;
    if (this.#timer || (waiting && text !== this.#echo.text)) return;
    this.#echo = { text: null, until: 0 };
    if (this.#box.value !== text) this.#box.value = text;
    this.#paintErase();
  }

  #pressed(event, leave) {
    if (event.key === "Enter" && !event.isComposing) this.#search();
    else if (event.key === "ArrowDown") leave();
    else if (event.key === "Escape" && this.#box.value) this.#empty();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  }

  #order(turn) {
    const descending = Boolean(this.#wire.get("descending"));
    this.#wire.tell({ type: "sort", by: this.#sort.value, descending: turn ? !descending : descending });
  }

  #paintErase() {
    this.#erase.hidden = this.#box.value === "";
  }

  #paintOrder() {
    const sorts = this.#wire.get("sorts") ?? [];
    const sort = this.#wire.get("sort");
    const known = sorts.some(({ name }) => name === sort);
    const all = known || !sort ? sorts : [{ name: sort, label: sort === "match" ? "Best match" : sort }, ...sorts];
    this.#sort.replaceChildren(...all.map(({ name, label }) => this.#dom.make("option", { value: name, text: label })));
    if (sort) this.#sort.value = sort;
    const descending = Boolean(this.#wire.get("descending"));
    this.#direction.replaceChildren(this.#dom.icon(descending ? "down" : "up"));
    const label = descending ? "Descending; click to sort ascending" : "Ascending; click to sort descending";
    this.#direction.setAttribute("aria-label", label);
    this.#direction.title = label;
    this.#direction.disabled = sort === "match";
  }

  #paintView(name) {
    for (const one of this.#views) one.setAttribute("aria-pressed", String(one.dataset.view === (name ?? "list")));
  }

  #paintUndo(what) {
    this.#undo.hidden = !what;
    this.#undo.title = what ? `Undo: ${what}` : "";
    this.#undo.setAttribute("aria-label", what ? `Undo: ${what}` : "Undo");
  }
}

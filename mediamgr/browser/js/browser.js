// Owns one browser in one cell: makes the parts, places them, and passes on what one part does to those it
// concerns. Query and selection belong to the model; scroll position, focus and open details to this cell.

export class Browser {
  #parts;
  #wire;
  #rows;
  #selection;
  #posters;
  #toolbar;
  #status;
  #facets;
  #details;
  #notices;
  // The list or the wall; null before the first is made.
  #sheet = null;
  #stage;
  #root;
  // Whether the filters are shown where there is no room for them beside the items.
  #filters = false;
  #onKey = (event) => this.#guard(event);

  constructor(parts, model, el) {
    this.#parts = parts;
    this.#wire = new parts.wire.Wire(model);
    const wire = this.#wire;
    this.#rows = new parts.rows.Rows(wire, () => this.#arrived());
    this.#selection = new parts.selection.Selection(wire, this.#rows, (moved) => this.#selected(moved));
    this.#posters = new parts.posters.Posters(wire, () => this.#pictured());
    this.#notices = new parts.notices.Notices(parts, wire);
    this.#toolbar = new parts.toolbar.Toolbar(parts, wire, {
      leave: () => this.#enterSheet(),
      facets: () => this.#openFilters(!this.#filters),
    });
    this.#status = new parts.status.Status(parts, wire, this.#selection, (action, value) =>
      this.#act(action, value, undefined, null),
    );
    this.#facets = new parts.facets.Facets(parts, wire, () => this.#openFilters(false));
    this.#details = new parts.details.Details(parts, wire, this.#posters, {
      act: (...all) => this.#act(...all),
      closed: (focus) => focus && this.#sheet.focus(),
    });
    this.#lay(el);
    this.#follow();
  }

  dispose() {
    window.removeEventListener("keydown", this.#onKey, true);
    for (const part of [this.#sheet, this.#toolbar, this.#status, this.#notices, this.#details, this.#selection])
      part?.dispose();
    this.#posters.dispose();
    this.#rows.dispose();
    this.#wire.dispose();
    this.#root.remove();
  }

  #lay(el) {
    const { make } = this.#parts.dom;
    this.#stage = make("div", { class: "mm-center" }, this.#notices.empty, this.#notices.toast);
    this.#root = make(
      "div",
      {
        class: "mediamgr-browser mm-page",
        "data-lm-suppress-shortcuts": "true",
        // Keys and menus that mean something here mean nothing to the notebook around.
        keydown: (event) => this.#parts.keyboard.passes(event) || event.stopPropagation(),
      },
      this.#toolbar.element,
      this.#notices.progress,
      this.#notices.banner,
      this.#status.element,
      make("div", { class: "mm-body" }, this.#facets.element, this.#stage, this.#details.element),
    );
    window.addEventListener("keydown", this.#onKey, true);
    el.classList.add("mm-room");
    el.append(this.#root);
  }

  #follow() {
    const wire = this.#wire;
    wire.follow("height", (height) => this.#root.style.setProperty("--mm-height", `${Number(height) || 560}px`));
    wire.follow("view", (name) => this.#show(name));
    wire.watch("revision", () => this.#revised());
    wire.watch("total", () => this.#counted());
    wire.follow("loading", () => this.#busy());
    for (const trait of ["columns", "sort", "descending"]) wire.watch(trait, () => this.#sheet.measure());
    for (const trait of ["chips", "text", "error"]) wire.watch(trait, () => this.#notices.setTotal());
    // What Python opened is closed when something else is listed; what a hand opened stays.
    wire.watch("opened", () => this.#opened() || this.#details.close());
    this.#opened();
    this.#notices.setTotal();
    wire.hear("acted", () => this.#details.reload());
    if (this.#rows.row(0)) this.#facets.want();
  }

  #show(name) {
    const { grid, wall, sheet } = this.#parts;
    const first = this.#sheet?.firstItem ?? 0;
    const focused = this.#sheet?.holdsFocus();
    this.#sheet?.dispose();
    const face =
      name === "wall"
        ? new wall.Wall(this.#parts, this.#posters)
        : new grid.Grid(this.#parts, this.#wire, (index) => this.#open(index));
    this.#sheet = new sheet.Sheet(this.#parts, {
      wire: this.#wire,
      rows: this.#rows,
      selection: this.#selection,
      face,
      hooks: {
        open: (index) => this.#open(index),
        escape: () => this.#escape(),
        search: () => this.#toolbar.focusSearch(),
        seen: (from, to) => this.#seen(from, to),
        waiting: () => this.#busy(),
      },
    });
    this.#stage.prepend(this.#sheet.element);
    this.#sheet.measure(first);
    if (focused) this.#sheet.focus();
  }

  /** The list is another one, or the same after an edit. */
  #revised() {
    const keep = Boolean(this.#wire.get("keep_place"));
    this.#rows.reset(this.#wire.get("revision"), keep);
    if (!keep) this.#selection.forget();
    this.#posters.recheck();
    this.#sheet.restart(keep);
    this.#notices.setTotal();
    this.#details.reload();
  }

  #counted() {
    this.#rows.setTotal(this.#wire.get("total"));
    this.#sheet.measure();
    this.#notices.setTotal();
    if (this.#wire.get("total") === 0) this.#facets.want();
  }

  #arrived() {
    if (this.#wire.get("total") === null) this.#sheet.measure();
    this.#sheet.refresh();
    this.#busy();
    this.#facets.want();
  }

  #pictured() {
    if (this.#wire.get("view") === "wall") this.#sheet.refresh();
    this.#details.refreshPicture();
  }

  #seen(from, to) {
    if (this.#wire.get("view") !== "wall") return;
    const ids = [];
    for (let index = from; index < to; index += 1) {
      const row = this.#rows.row(index);
      if (row) ids.push(row.id);
    }
    this.#posters.want(ids, "wall");
  }

  #busy() {
    this.#notices.setBusy(Boolean(this.#wire.get("loading")) || this.#rows.waiting);
  }

  #selected(moved) {
    // Before everything is made there is nothing to paint.
    if (!this.#sheet) return;
    this.#sheet.refresh();
    this.#status.select();
    if (moved) this.#details.follow(this.#rows.row(this.#selection.cursor));
  }

  #open(index) {
    const row = this.#rows.row(index);
    if (!row) return;
    if (this.#selection.cursor !== index) this.#selection.moveTo(index);
    this.#details.open(row);
  }

  /** Shows the item that Python opened; whether there is one. */
  #opened() {
    const row = this.#wire.get("opened");
    if (row) this.#details.open(row);
    return Boolean(row);
  }

  #escape() {
    if (this.#details.opened) this.#details.close();
    else if (this.#selection.size) this.#selection.clear();
  }

  #act(action, value, field, ids) {
    // Without ids it is what is selected, which Python has when the last range has come.
    if (ids === null) this.#selection.flush();
    const message = { type: "act", action, ids, value };
    this.#wire.ask(field === undefined ? message : { ...message, field });
  }

  #enterSheet() {
    this.#sheet.focus();
    if (this.#selection.cursor < 0 && this.#rows.length) this.#selection.moveTo(this.#sheet.firstItem);
  }

  #openFilters(open) {
    this.#filters = open;
    this.#root.classList.toggle("mm-filters-open", open);
    this.#toolbar.setFilters(open);
    if (open) this.#facets.focus();
    else if (this.#facets.element.contains(document.activeElement)) this.#sheet.focus();
  }

  /** JupyterLab may look at keys before we do: its shortcuts are off in here, but for those that are not ours. */
  #guard(event) {
    if (!this.#root.contains(event.target)) return;
    this.#root.toggleAttribute("data-lm-suppress-shortcuts", !this.#parts.keyboard.passes(event));
  }
}

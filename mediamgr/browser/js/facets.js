// Owns the filters at the side: what there is to narrow by, how much of it, and what is chosen. Boxes are
// reused when the numbers change, so that the focus stays where it is.

const FEW = 8;

export class Facets {
  #dom;
  #format;
  #wire;
  #list;
  // What stands there instead when nothing is counted.
  #uncounted;
  // Group name -> { element, values, more, rows: Map of value -> { element, box, label, number }, all }.
  #groups = new Map();
  // The revision whose counts were last asked for.
  #asked = null;

  constructor({ dom, format }, wire, close) {
    this.#dom = dom;
    this.#format = format;
    this.#wire = wire;
    this.#list = dom.make("div", { class: "mm-facet-list" }, dom.make("p", { class: "mm-muted", text: "…" }));
    this.#uncounted = dom.make("p", { class: "mm-muted", text: "Too many match to be counted: search for more." });
    this.element = dom.make(
      "section",
      { class: "mm-facets", "aria-label": "Filters", keydown: (event) => event.key === "Escape" && close() },
      dom.make("div", { class: "mm-facets-head" }, dom.make("strong", { text: "Filters" }), this.#closer(close)),
      this.#list,
    );
    wire.follow("facets", (facets) => this.#paint(facets));
  }

  /** Asks for the counts, once for what is shown: after its rows, for counting reads whole columns. */
  want() {
    const revision = this.#wire.get("revision");
    if (this.#asked === revision) return;
    this.#asked = revision;
    this.#wire.ask({ type: "facets", revision });
  }

  focus() {
    this.element.querySelector("input, summary")?.focus();
  }

  #closer(close) {
    return this.#dom.button("mm-close", { sign: "close", label: "Close the filters", click: close });
  }

  #paint(facets) {
    this.element.classList.toggle("mm-dim", !facets);
    this.element.setAttribute("aria-busy", String(!facets));
    if (!facets) return;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement : null;
    const groups = new Map();
    for (const facet of facets) {
      const group = this.#groups.get(facet.name) ?? this.#group(facet);
      groups.set(facet.name, group);
      this.#fill(group, facet);
    }
    this.#groups = groups;
    const wanted = facets.length ? [...groups.values()].map((group) => group.element) : [this.#uncounted];
    const same =
      wanted.length === this.#list.children.length && wanted.every((one, k) => one === this.#list.children[k]);
    if (!same) this.#list.replaceChildren(...wanted);
    if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
  }

  #group(facet) {
    const { make, button } = this.#dom;
    const values = make("div", { class: "mm-values", role: "group", "aria-label": facet.label });
    const group = { values, rows: new Map(), all: false, facet };
    group.more = button("mm-text mm-all", { text: "More", click: () => this.#turn(group) });
    group.element = make(
      "details",
      { class: "mm-facet", open: true },
      make("summary", { text: facet.label }),
      values,
      group.more,
    );
    return group;
  }

  #turn(group) {
    group.all = !group.all;
    this.#fill(group, group.facet);
  }

  #fill(group, facet) {
    group.facet = facet;
    const shown = group.all ? facet.values : facet.values.filter((one, k) => k < FEW || one.chosen);
    const rows = new Map();
    shown.forEach((value, k) => {
      const key = JSON.stringify(value.value);
      const row = group.rows.get(key) ?? this.#row(facet.name, value.value);
      rows.set(key, row);
      this.#dom.write(row.label, value.label);
      this.#dom.write(row.number, this.#format.count(value.items));
      row.box.checked = Boolean(value.chosen);
      row.element.classList.toggle("mm-none", value.items === 0 && !value.chosen);
      if (group.values.children[k] !== row.element)
        group.values.insertBefore(row.element, group.values.children[k] ?? null);
    });
    for (const [key, row] of group.rows) if (!rows.has(key)) row.element.remove();
    group.rows = rows;
    group.more.hidden = facet.values.length <= FEW;
    group.more.firstChild.textContent = group.all
      ? "Fewer"
      : `${this.#format.count(facet.values.length - shown.length)} more`;
    if (!group.all && shown.length === facet.values.length) group.more.hidden = true;
    group.element.hidden = facet.values.length === 0;
  }

  #row(name, value) {
    const { make } = this.#dom;
    const box = make("input", {
      type: "checkbox",
      change: () => this.#wire.tell({ type: "narrow", name, value, on: box.checked }),
    });
    const label = make("span", { class: "mm-value", dir: "auto" });
    const number = make("span", { class: "mm-muted mm-number" });
    return { element: make("label", { class: "mm-choice" }, box, label, number), box, label, number };
  }
}

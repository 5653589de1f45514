// Owns the line above the items: how many there are and what narrows them or, when several are selected,
// what can be done with them.

export class Status {
  #dom;
  #format;
  #wire;
  #selection;
  #count;
  #chips;
  #bar;
  #chosen;
  #live;
  // Shown when others have changed the library.
  #newer;
  #timer = 0;

  /** `act(action, value)` does something with all that is selected. */
  constructor({ dom, format, actions }, wire, selection, act) {
    this.#dom = dom;
    this.#format = format;
    this.#wire = wire;
    this.#selection = selection;
    const { make, button } = dom;
    this.#count = make("span", { class: "mm-count" });
    this.#chips = make("div", { class: "mm-chips", role: "group", "aria-label": "Active filters" });
    this.#chosen = make("strong", { class: "mm-count" });
    this.#bar = make(
      "div",
      { class: "mm-bar", role: "group", "aria-label": "What is selected", hidden: true },
      this.#chosen,
      actions.rating(dom, null, (value) => act("rate", value)),
      button("mm-text", { text: "Watched", click: () => act("watched", null) }),
      button("mm-text", { text: "Not watched", click: () => act("unwatched", null) }),
      actions.tagging(dom, act),
      button("mm-text", { text: "Clear", click: () => selection.clear() }),
    );
    this.#newer = button("mm-chip mm-newer", {
      text: "Changed meanwhile: show",
      hidden: true,
      click: () => wire.tell({ type: "retry" }),
    });
    this.#live = make("span", { class: "mm-hidden", role: "status" });
    this.element = make("div", { class: "mm-status" }, this.#count, this.#newer, this.#chips, this.#bar, this.#live);
    for (const trait of ["seconds", "total"]) wire.watch(trait, () => this.#paintCount());
    wire.follow("outdated", (outdated) => {
      this.#newer.hidden = !outdated;
      if (outdated) this.#say("The library has changed");
    });
    wire.follow("chips", (chips) => this.#paintChips(chips ?? []));
    this.#paintCount();
  }

  /** Takes in what is selected now. */
  select() {
    const several = this.#selection.size > 1;
    const text = several ? `${this.#format.count(this.#selection.size)} selected` : "";
    if (this.#bar.hidden === several) {
      this.#bar.hidden = !several;
      this.#count.hidden = several;
      this.#chips.hidden = several;
    }
    if (several && this.#chosen.textContent !== text) {
      this.#chosen.textContent = text;
      this.#say(text);
    }
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  #paintCount() {
    const total = this.#wire.get("total") ?? null;
    const seconds = this.#wire.get("seconds") ?? null;
    if (total === null) {
      this.#count.textContent = "…";
      return;
    }
    const items = this.#format.counted(total);
    const took = this.#dom.make("span", {
      class: "mm-muted",
      text: seconds === null ? "" : ` in ${this.#format.seconds(seconds)}`,
    });
    this.#count.replaceChildren(items, took);
    this.#say(items);
  }

  #paintChips(chips) {
    const chip = ({ name, value, label }) =>
      this.#dom.button("mm-chip", {
        text: label,
        label: `Remove filter ${label}`,
        click: () => this.#wire.tell({ type: "clear", name, value }),
      });
    const focused = this.#chips.contains(document.activeElement);
    this.#chips.replaceChildren(...chips.map(chip));
    for (const one of this.#chips.children) one.append(this.#dom.icon("close"));
    if (chips.length > 1) {
      this.#chips.append(
        this.#dom.button("mm-text", { text: "Clear all", click: () => this.#wire.tell({ type: "clear_all" }) }),
      );
    }
    if (focused) this.#chips.firstChild?.focus();
  }

  /** Reads a text aloud once it has stopped changing. */
  #say(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#live.textContent = text;
    }, 500);
  }
}

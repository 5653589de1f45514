// Owns the panel of one item: what is known of it, and what can be done with it. An answer for an item that
// is no longer looked at is dropped.

const FOLLOW_MS = 120;
const CAST_FEW = 12;

export class Details {
  #parts;
  #wire;
  #posters;
  // What the panel asks of the browser: act(action, value, field, ids), closed().
  #hooks;
  #body;
  #picture;
  // Item that is shown or asked for, and the number of that question.
  #id = null;
  #seq = 0;
  #timer = 0;
  // The last answer as text: the same again is not painted again.
  #told = "";

  constructor(parts, wire, posters, hooks) {
    this.#parts = parts;
    this.#wire = wire;
    this.#posters = posters;
    this.#hooks = hooks;
    const { make, button } = parts.dom;
    this.#body = make("div", { class: "mm-details-body" });
    this.element = make(
      "section",
      {
        class: "mm-details",
        "aria-label": "Details",
        tabindex: "-1",
        hidden: true,
        keydown: (event) => event.key === "Escape" && this.close(),
      },
      button("mm-close", { sign: "close", label: "Close the details", click: () => this.close() }),
      this.#body,
    );
    wire.hear("details", (message) => this.#take(message));
    wire.hear("error", ({ seq }) => seq === this.#seq && this.#failed());
  }

  get opened() {
    return !this.element.hidden;
  }

  /** Opens on an item; `row` is what the list knows of it, shown until the answer is here. */
  open(row, focus = false) {
    clearTimeout(this.#timer);
    if (row.id !== this.#id || !this.opened) {
      this.#id = row.id;
      this.element.hidden = false;
      this.#sketch(row);
      this.element.scrollTop = 0;
    }
    this.reload();
    if (focus) this.element.focus({ preventScroll: true });
  }

  /** Goes along with the keyboard, once it rests. */
  follow(row) {
    clearTimeout(this.#timer);
    if (this.opened && row && row.id !== this.#id) this.#timer = setTimeout(() => this.open(row), FOLLOW_MS);
  }

  /** Asks anew, after a change. */
  reload() {
    if (this.opened) this.#seq = this.#wire.ask({ type: "details", id: this.#id });
  }

  /** Shows a picture that has come. */
  refreshPicture() {
    if (!this.opened || !this.#picture) return;
    const url = this.#posters.get(this.#id, "detail") ?? this.#posters.get(this.#id, "wall");
    const [drawn, image] = this.#picture.children;
    if (url && image.getAttribute("src") !== url) image.setAttribute("src", url);
    image.hidden = !url;
    drawn.hidden = Boolean(url);
  }

  close() {
    if (!this.opened) return;
    clearTimeout(this.#timer);
    const within = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.#id = null;
    this.#seq = 0;
    this.#posters.want([], "detail");
    this.#hooks.closed(within);
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  #sketch(row) {
    const { make } = this.#parts.dom;
    this.#told = "";
    this.#body.replaceChildren(
      this.#head({ title: row.title, subtitle: row.show_title ?? "" }),
      make("p", { class: "mm-muted", text: "…" }),
    );
    this.#body.setAttribute("aria-busy", "true");
    this.#posters.want([this.#id], "detail");
    this.refreshPicture();
  }

  #take({ seq, id, details }) {
    if (seq !== this.#seq || id !== this.#id || !this.opened) return;
    const { make } = this.#parts.dom;
    this.#body.removeAttribute("aria-busy");
    const told = JSON.stringify(details);
    if (told === this.#told) return;
    this.#told = told;
    const focused = this.#body.contains(document.activeElement) ? document.activeElement : null;
    if (!details) {
      this.#body.replaceChildren(make("p", { class: "mm-muted", text: "This item is no longer in the library." }));
      return;
    }
    const top = this.element.scrollTop;
    this.#body.replaceChildren(
      ...[
        this.#head(details),
        this.#acts(details),
        details.plot ? make("p", { class: "mm-plot", dir: "auto", text: details.plot }) : null,
        this.#facts(details.facts),
        this.#section("Seasons and episodes", details.tree, (nodes) =>
          this.#parts.tree.tree(this.#parts, nodes, (one) => this.#wire.tell({ type: "show", id: one })),
        ),
        this.#section("Cast", details.cast, (people) => this.#people(people)),
        this.#section("Crew", details.crew, (people) => this.#people(people)),
        this.#section("Files", details.files, (files) => files.map((file) => this.#file(file))),
        this.#section("Subtitles", details.subtitles, (texts) => make("p", { text: texts.join(" · ") })),
        this.#section("Elsewhere", details.ids, (ids) => this.#ids(ids)),
        this.#section("History", details.history, (events) =>
          this.#facts(events.map(({ when, what }) => ({ label: when, value: what }))),
        ),
        this.#edit(details),
      ].filter(Boolean),
    );
    this.element.scrollTop = top;
    if (focused) this.#refocus(focused);
    this.refreshPicture();
  }

  /** The focus goes to what now stands where it was. */
  #refocus(before) {
    const label = before.getAttribute("aria-label");
    const same = [...this.#body.querySelectorAll(before.tagName)].find(
      (one) => one.getAttribute("aria-label") === label,
    );
    (same ?? this.element).focus({ preventScroll: true });
  }

  #failed() {
    this.#body.removeAttribute("aria-busy");
    this.#body.lastChild.textContent = "The details could not be read.";
  }

  #head({ title, subtitle, tagline }) {
    const { make } = this.#parts.dom;
    const { initials, tint } = this.#parts.format;
    this.#picture = make(
      "div",
      { class: `mm-frame mm-tint-${tint(title, 6)}` },
      make("span", { class: "mm-drawn", "aria-hidden": "true", text: initials(title) }),
      make("img", { class: "mm-picture", alt: "", hidden: true }),
    );
    const words = make(
      "div",
      { class: "mm-words" },
      make("h2", { dir: "auto", text: title ?? "" }),
      subtitle ? make("p", { class: "mm-muted", dir: "auto", text: subtitle }) : null,
      tagline ? make("p", { class: "mm-tagline", dir: "auto", text: tagline }) : null,
    );
    return make("header", { class: "mm-top" }, this.#picture, words);
  }

  #acts(details) {
    const { dom, actions } = this.#parts;
    const { make, button, icon } = dom;
    const act = (action, value) => this.#hooks.act(action, value, undefined, [this.#id]);
    const watched = button("mm-text mm-watch", {
      text: "Watched",
      "aria-pressed": String(Boolean(details.watched)),
      label: "Watched",
      click: () => act(details.watched ? "unwatched" : "watched", null),
    });
    if (details.watched) watched.prepend(icon("check"));
    const tag = (name) => {
      const chip = button("mm-chip", { text: name, label: `Remove tag ${name}`, click: () => act("untag", name) });
      chip.append(icon("close"));
      return chip;
    };
    return make(
      "div",
      { class: "mm-acts" },
      actions.rating(dom, details.user_rating, (value) => act("rate", value)),
      watched,
      actions.tagging(dom, act, false),
      details.tags?.length
        ? make("div", { class: "mm-chips", role: "group", "aria-label": "Tags" }, details.tags.map(tag))
        : null,
    );
  }

  #facts(facts) {
    if (!facts?.length) return null;
    const { make } = this.#parts.dom;
    const pair = ({ label, value }) => [
      make("dt", { class: "mm-muted", text: label }),
      make("dd", { dir: "auto", text: String(value ?? "") }),
    ];
    return make("dl", { class: "mm-facts" }, facts.flatMap(pair));
  }

  #section(label, values, paint) {
    if (!values?.length) return null;
    const { make } = this.#parts.dom;
    return make("section", { class: "mm-section" }, make("h3", { text: label }), paint(values));
  }

  #people(people) {
    const { make, button } = this.#parts.dom;
    const list = make("div", { class: "mm-people" });
    const person = ({ person_id, name, role, character }) =>
      make(
        "button",
        { type: "button", class: "mm-person", click: () => this.#wire.tell({ type: "person", person_id, name }) },
        make("span", { dir: "auto", text: name ?? "" }),
        make("span", { class: "mm-muted", dir: "auto", text: character || role || "" }),
      );
    list.append(...people.slice(0, CAST_FEW).map(person));
    if (people.length > CAST_FEW) {
      const rest = button("mm-text mm-all", {
        text: `All ${people.length}`,
        click: () => list.replaceChildren(...people.map(person)),
      });
      list.append(rest);
    }
    return list;
  }

  #file({ path, facts, streams, missing }) {
    const { make } = this.#parts.dom;
    return make(
      "div",
      { class: missing ? "mm-file mm-gone" : "mm-file" },
      make("code", { dir: "auto", text: path ?? "" }),
      make(
        "p",
        {},
        missing ? make("span", { class: "mm-missing", text: "missing" }) : null,
        make("span", { text: (facts ?? []).join(" · ") }),
      ),
      (streams ?? []).map(({ type, text }) =>
        make(
          "p",
          { class: "mm-stream" },
          make("span", { class: "mm-muted", text: type ?? "" }),
          make("span", { text: text ?? "" }),
        ),
      ),
    );
  }

  #ids(ids) {
    const { make, link } = this.#parts.dom;
    const pair = ({ source, value, url }) => [
      make("dt", { class: "mm-muted", text: source }),
      make("dd", {}, link(String(value ?? ""), url)),
    ];
    return make("dl", { class: "mm-facts" }, ids.flatMap(pair));
  }

  #edit(details) {
    const { dom, actions } = this.#parts;
    const form = actions.editing(dom, details, (field, value) => this.#hooks.act("edit", value, field, [this.#id]));
    return dom.make(
      "details",
      { class: "mm-section mm-edit" },
      dom.make("summary", { text: "Correct this item" }),
      form,
    );
  }
}

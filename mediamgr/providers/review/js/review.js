// Owns the page of doubtful matches: paints what Python shows, asks for what is pressed. How elements and links are
// made of hostile text, and which keys are JupyterLab's, comes before it, in the same module: mediamgr/page/js.

const DONE = { accepted: "Accepted", rejected: "None of these", later: "Later" };
const NAMES = { tmdb: "TMDB", omdb: "OMDb", tvmaze: "TVmaze", wikidata: "Wikidata", imdb: "IMDb" };

/** What a provider calls it: a link to its page when there is one. */
function sourced(provider, { id, url, ...one }) {
  const text = `${NAMES[provider] ?? provider} ${id}`;
  const label = `${named(one)} at ${provider}, opens a new tab`;
  const element = link(text, url, { text: `${text} ↗`, "aria-label": label });
  element.classList.add("mmr-id");
  return element;
}

function named({ title, year }) {
  return year === null ? title : `${title} (${year})`;
}

function titled({ title, year }, tag) {
  return make(
    tag,
    { class: "mmr-title" },
    make("bdi", { text: title || "Untitled" }),
    make("span", { class: "mmr-year", text: year === null ? "year unknown" : String(year) }),
  );
}

class Review {
  #model;
  #root;
  #status;
  #list;
  #pager;
  #live;
  // Place among all of the item that keys are about.
  #at = 0;
  #page = -1;
  #onShown = () => this.#paint();

  constructor(model, el) {
    this.#model = model;
    this.#status = make("div", { class: "mmr-status" });
    this.#list = make("ol", { class: "mmr-list", "aria-label": "Doubtful matches" });
    this.#pager = make("div", { class: "mmr-pager" });
    this.#live = make("span", { class: "mmr-hidden", role: "status" });
    this.#root = make(
      "section",
      {
        class: "mediamgr-review mm-page",
        "aria-label": "Review of doubtful matches",
        "data-lm-suppress-shortcuts": "true",
        keydown: (event) => this.#pressed(event),
      },
      make("header", { class: "mmr-head" }, this.#status, this.#pager),
      this.#list,
      make("footer", { class: "mmr-keys", "aria-hidden": "true" }, this.#keys()),
      this.#live,
    );
    el.classList.add("mmr-room");
    el.replaceChildren(this.#root);
    model.on("change:shown", this.#onShown);
    this.#paint();
  }

  dispose() {
    this.#model.off("change:shown", this.#onShown);
  }

  #keys() {
    const key = (sign, text) => make("span", {}, make("kbd", { text: sign }), ` ${text}`);
    return [key("↑ ↓", "item"), key("1–5", "accept"), key("N", "none of these"), key("L", "later"), key("U", "undo")];
  }

  #paint() {
    const { page, pages, total, first, counts, entries } = this.#model.get("shown");
    const wasInside = this.#list.contains(document.activeElement) || this.#pager.contains(document.activeElement);
    this.#paintStatus(total, counts);
    this.#paintPager(page, pages, first, entries.length, total);
    if (page !== this.#page) {
      this.#page = page;
      this.#at = entries.find(({ status }) => status === "open")?.index ?? first;
      this.#list.scrollTop = 0;
    }
    // only what changed is made anew: the focus and a selected text stay
    const known = new Map([...this.#list.children].map((child) => [child.dataset.state, child]));
    this.#list.replaceChildren(...entries.map((entry) => known.get(JSON.stringify(entry)) ?? this.#item(entry)));
    if (!entries.length) this.#list.append(make("li", { class: "mmr-none", text: "Nothing is doubtful." }));
    this.#mark();
    if (wasInside && !this.#root.contains(document.activeElement)) this.#focus();
  }

  #paintStatus(total, counts) {
    const open = counts.open ?? 0;
    const said = [
      make("strong", { text: open ? `${open.toLocaleString("en")} to look at` : total ? "All decided" : "Nothing" }),
      ...["accepted", "rejected", "later"]
        .filter((status) => counts[status])
        .map((status) =>
          make("span", { class: `mmr-count mmr-${status}` }, `${counts[status].toLocaleString("en")} `, {
            accepted: "accepted",
            rejected: "none of these",
            later: "later",
          }[status]),
        ),
    ];
    this.#status.replaceChildren(...said);
  }

  #paintPager(page, pages, first, shown, total) {
    this.#pager.hidden = pages < 2;
    const focused = document.activeElement?.dataset?.to;
    const to = (name, sign, where) =>
      make("button", {
        type: "button",
        class: "mmr-button",
        "data-to": name,
        "aria-label": `${name} page`,
        disabled: where < 0 || where >= pages,
        text: sign,
        click: () => this.#model.send({ do: "page", page: where }),
      });
    const told = `${(first + 1).toLocaleString("en")}–${(first + shown).toLocaleString("en")} of ${total.toLocaleString("en")}`;
    this.#pager.replaceChildren(
      to("Previous", "‹", page - 1),
      make("span", { class: "mmr-muted", text: told }),
      to("Next", "›", page + 1),
    );
    if (focused) this.#pager.querySelector(`[data-to='${focused}']:not(:disabled)`)?.focus();
  }

  #item(entry) {
    const { index, kind, provider, status, candidates, error, busy } = entry;
    const chosen = candidates.find(({ id }) => status === "accepted" && id === entry.accepted);
    const label = `${named(entry)}, ${status === "open" ? "to be decided" : DONE[status]}`;
    const item = make(
      "li",
      {
        class: `mmr-item mmr-is-${status}`,
        "data-index": index,
        "aria-label": label,
        "aria-busy": busy ? "true" : null,
        tabindex: "-1",
        focusin: () => this.#go(index, false),
      },
      make(
        "div",
        { class: "mmr-own" },
        titled(entry, "h3"),
        make("span", { class: "mmr-muted", text: `${kind} in your library` }),
        status === "open" ? this.#choices(entry) : null,
      ),
      status === "open"
        ? make("ul", { class: "mmr-candidates", "aria-label": "Candidates" }, candidates.map((one, place) => this.#candidate(entry, one, place)))
        : this.#decided(entry, chosen),
      error ? make("p", { class: "mmr-error", role: "alert", text: error }) : null,
    );
    item.dataset.state = JSON.stringify(entry);
    return item;
  }

  #choices(entry) {
    const button = (text, label, does) =>
      make("button", {
        type: "button",
        class: "mmr-button mmr-quiet",
        "aria-label": `${label} ${named(entry)}`,
        disabled: entry.busy,
        text,
        click: () => this.#ask(does, entry.index),
      });
    return make(
      "div",
      { class: "mmr-choices" },
      button("None of these", "None of these is", "reject"),
      button("Later", "Decide later on", "later"),
    );
  }

  #candidate(entry, one, place) {
    const level = one.score >= 75 ? "good" : one.score >= 45 ? "fair" : "poor";
    return make(
      "li",
      { class: "mmr-candidate" },
      make(
        "div",
        { class: `mmr-score mmr-${level}`, role: "img", "aria-label": `${one.score} % likely` },
        make("span", { text: `${one.score} %` }),
        make("i", { "data-score": one.score }),
      ),
      make(
        "div",
        { class: "mmr-about" },
        make(
          "div",
          { class: "mmr-line" },
          titled(one, "span"),
          sourced(entry.provider, one),
        ),
        make("ul", { class: "mmr-reasons", "aria-label": "Reasons" }, one.reasons.map((text) => make("li", { text }))),
      ),
      make(
        "button",
        {
          type: "button",
          class: `mmr-button mmr-accept${place ? "" : " mmr-main"}`,
          "aria-label": `Accept ${named(one)}, ${entry.provider} ${one.id}, for ${named(entry)}`,
          disabled: entry.busy,
          click: () => this.#ask("accept", entry.index, one.id),
        },
        entry.candidates.length > 1 && place < 5 ? make("kbd", { text: String(place + 1) }) : null,
        make("span", { text: "Accept" }),
      ),
    );
  }

  #decided(entry, chosen) {
    return make(
      "div",
      { class: "mmr-decided" },
      make("span", { class: `mmr-badge mmr-${entry.status}`, text: DONE[entry.status] }),
      chosen ? titled(chosen, "span") : null,
      chosen ? sourced(entry.provider, chosen) : null,
      make("button", {
        type: "button",
        class: "mmr-button mmr-quiet mmr-undo",
        "aria-label": `Undo for ${named(entry)}`,
        disabled: entry.busy,
        text: "Undo",
        click: () => this.#ask("undo", entry.index),
      }),
    );
  }

  /** Asks Python; then the next open item is looked at. */
  #ask(does, index, id = null) {
    const entry = this.#entry(index);
    if (!entry || entry.busy || (entry.status === "open") === (does === "undo")) return;
    this.#model.send({ do: does, index, id });
    const said = { accept: "Accepted", reject: "None of these", later: "Later", undo: "Open again" }[does];
    this.#live.textContent = `${said}: ${named(entry)}`;
    if (does === "undo") return;
    const open = this.#model.get("shown").entries.filter((each) => each.status === "open" && each.index !== index);
    const next = open.find((each) => each.index > index) ?? open[0];
    if (next) this.#go(next.index, true);
  }

  #entry(index) {
    return this.#model.get("shown").entries.find((each) => each.index === index);
  }

  /** Keys are about that item from now on. */
  #go(index, focus) {
    this.#at = index;
    this.#mark();
    if (focus) this.#focus();
  }

  #focus() {
    const item = this.#list.querySelector(`[data-index='${this.#at}']`);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: "nearest" });
  }

  #mark() {
    for (const item of this.#list.children) {
      const isAt = Number(item.dataset.index) === this.#at;
      item.classList.toggle("mmr-at", isAt);
      item.tabIndex = isAt ? 0 : -1;
      for (const bar of item.querySelectorAll("i[data-score]")) bar.style.setProperty("--mmr-share", `${bar.dataset.score}%`);
    }
  }

  #pressed(event) {
    const isOurs = !passes(event);
    if (isOurs) event.stopPropagation();
    this.#root.toggleAttribute("data-lm-suppress-shortcuts", isOurs);
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !this.#list.contains(event.target)) return;
    const { entries, page, pages } = this.#model.get("shown");
    const place = entries.findIndex(({ index }) => index === this.#at);
    const steps = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: entries.length - 1 };
    const turned = { PageDown: page + 1, PageUp: page - 1 }[event.key];
    const does = { n: "reject", l: "later", u: "undo" }[event.key.toLowerCase()];
    const chosen = /^[1-5]$/.test(event.key) ? entries[place]?.candidates[Number(event.key) - 1] : null;
    if (event.key in steps) {
      const to = entries[Math.max(0, Math.min(steps[event.key], entries.length - 1))];
      if (to) this.#go(to.index, true);
    } else if (turned !== undefined) {
      if (turned >= 0 && turned < pages) this.#model.send({ do: "page", page: turned });
    } else if (chosen) this.#ask("accept", this.#at, chosen.id);
    else if (does) this.#ask(does, this.#at);
    else return;
    event.preventDefault();
  }
}

function render({ model, el }) {
  const review = new Review(model, el);
  return () => review.dispose();
}

export default { render };

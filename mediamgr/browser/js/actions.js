// Owns the small forms that change items: a rating and a tag, for one item or for many.

const RATINGS = Array.from({ length: 20 }, (_, k) => (20 - k) / 2);

/** A menu of ratings; `done(value)` gets a number, or null to take the rating back. */
export function rating(dom, value, done) {
  const { make } = dom;
  const option = (one, text) => make("option", { value: one, text, selected: String(value ?? "?") === one });
  return make(
    "select",
    {
      class: "mm-select mm-rate",
      "aria-label": "Rating",
      change: (event) => {
        const chosen = event.currentTarget.value;
        if (chosen !== "?") done(chosen === "none" ? null : Number(chosen));
      },
    },
    option("?", "Rate"),
    RATINGS.map((one) => option(String(one), `${one.toFixed(1)} ★`)),
    option("none", "No rating"),
  );
}

/** A field that adds a tag and, for many items, takes it off; `act(action, value)`. */
export function tagging(dom, act, remove = true) {
  const { make, button } = dom;
  const field = make("input", {
    class: "mm-field",
    "aria-label": "Tag",
    placeholder: "Tag",
    maxlength: "100",
    autocomplete: "off",
  });
  const send = (action) => {
    const value = field.value.trim();
    if (!value) {
      field.focus();
      return;
    }
    field.value = "";
    act(action, value);
  };
  return make(
    "form",
    {
      class: "mm-group mm-tagging",
      submit: (event) => {
        event.preventDefault();
        send("tag");
      },
    },
    field,
    button("mm-text", { text: "Add", label: "Add this tag", click: () => send("tag") }),
    remove ? button("mm-text", { text: "Remove", label: "Remove this tag", click: () => send("untag") }) : null,
  );
}

/** A form for one field of an item; `done(field, value)` with what was changed. A text of several lines stays one. */
export function editing(dom, details, done) {
  const { make, button } = dom;
  const fields = { title: "Title", year: "Year", tagline: "Tagline", plot: "Plot" };
  const known = { title: details.title, year: details.year, tagline: details.tagline, plot: details.plot };
  const text = make("textarea", { class: "mm-field", "aria-label": "New value", rows: "1", autocomplete: "off" });
  const show = (name) => {
    text.value = known[name] ?? "";
    text.rows = name === "plot" ? 6 : 1;
  };
  const choice = make(
    "select",
    {
      class: "mm-select",
      "aria-label": "Field",
      change: () => show(choice.value),
    },
    Object.entries(fields).map(([value, label]) => make("option", { value, text: label })),
  );
  show("title");
  return make(
    "form",
    {
      class: "mm-group mm-editing",
      submit: (event) => {
        event.preventDefault();
        const value = text.value.trim();
        if (value === String(known[choice.value] ?? "")) return;
        done(choice.value, choice.value === "year" && /^\d+$/.test(value) ? Number(value) : value || null);
      },
    },
    choice,
    text,
    button("mm-text", { text: "Save", type: "submit" }),
  );
}

// Owns the talk with Python: sends messages, hands on replies meant for this view, watches traits.
// State comes as traits, rows and pictures as messages; nothing here ever sets a trait.

export class Wire {
  #model;
  // Who we are among the cells that show the same.
  #view = Math.random().toString(36).slice(2, 14);
  // Rises with every question, so that late answers are known.
  #seq = 0;
  // Message type -> functions (message, buffers).
  #hearers = new Map();
  // [event, function] pairs to take back from the model.
  #watched = [];

  constructor(model) {
    this.#model = model;
    this.#listen("msg:custom", (message, buffers) => this.#hear(message, buffers));
  }

  get(name) {
    return this.#model.get(name);
  }

  /** Calls f(value) now and whenever the trait changes. */
  follow(name, f) {
    this.#listen(`change:${name}`, () => f(this.#model.get(name)));
    f(this.#model.get(name));
  }

  /** Calls f() whenever the trait changes. */
  watch(name, f) {
    this.#listen(`change:${name}`, f);
  }

  hear(type, f) {
    this.#hearers.set(type, [...(this.#hearers.get(type) ?? []), f]);
  }

  /** Nobody hears this type any more. */
  deafen(type) {
    this.#hearers.delete(type);
  }

  /** Sends a question and returns its number, which its answer carries. */
  ask(message) {
    this.#seq += 1;
    this.#model.send({ ...message, view: this.#view, seq: this.#seq });
    return this.#seq;
  }

  /** Sends what has no answer but a changed trait. */
  tell(message) {
    this.#model.send(message);
  }

  dispose() {
    try {
      this.ask({ type: "left" });
    } catch (error) {
      console.debug("nobody to tell", error); // the kernel is gone
    }
    for (const [event, f] of this.#watched) this.#model.off(event, f);
    this.#watched = [];
    this.#hearers.clear();
  }

  #listen(event, f) {
    this.#model.on(event, f);
    this.#watched.push([event, f]);
  }

  #hear(message, buffers) {
    if (!message || (message.view && message.view !== this.#view)) return;
    for (const f of this.#hearers.get(message.type) ?? []) f(message, buffers ?? []);
  }
}

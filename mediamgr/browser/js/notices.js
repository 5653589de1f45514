// Owns what the browser says about itself: that it is at work, that something went wrong, that nothing
// matches, and the short word after something was done.

const BUSY_MS = 150;
const TOAST_MS = 4000;

export class Notices {
  #dom;
  #wire;
  #busyTimer = 0;
  #toastTimer = 0;
  // Thin line under the toolbar.
  progress;
  // Error with its remedy.
  banner;
  // In place of the items.
  empty;
  // Over the items, for a moment.
  toast;

  constructor({ dom }, wire) {
    this.#dom = dom;
    this.#wire = wire;
    const { make } = dom;
    this.progress = make("div", { class: "mm-progress", "aria-hidden": "true", hidden: true });
    this.banner = make("div", { class: "mm-banner", role: "alert", hidden: true });
    this.empty = make("div", { class: "mm-empty", hidden: true });
    this.toast = make("div", { class: "mm-toasts" }, make("div", { role: "status" }), make("div", { role: "alert" }));
    wire.follow("error", (error) => this.#paintError(error));
    wire.hear("acted", ({ message }) => this.say(message, false));
    wire.hear("error", ({ message }) => this.say(message, true));
  }

  /** Shows the line once it has been busy for a while. */
  setBusy(busy) {
    if (!busy) {
      clearTimeout(this.#busyTimer);
      this.#busyTimer = 0;
      this.progress.hidden = true;
    } else if (!this.#busyTimer) {
      this.#busyTimer = setTimeout(() => {
        this.progress.hidden = false;
      }, BUSY_MS);
    }
  }

  /** Says in place of the items that there are none, when that is so. */
  setTotal() {
    const { make, button } = this.#dom;
    const none = this.#wire.get("total") === 0 && !this.#wire.get("error");
    this.empty.hidden = !none;
    if (!none) return;
    const chips = (this.#wire.get("chips") ?? []).map(({ label }) => label);
    const text = this.#wire.get("text");
    const narrowed = [text ? `“${text}”` : null, ...chips].filter(Boolean);
    if (narrowed.length) {
      this.empty.replaceChildren(
        make("strong", { text: "Nothing matches" }),
        make("span", { class: "mm-muted", dir: "auto", text: narrowed.join(" · ") }),
        button("mm-text mm-main", { text: "Clear filters", click: () => this.#wire.tell({ type: "clear_all" }) }),
      );
    } else {
      this.empty.replaceChildren(
        make("strong", { text: "This library is empty" }),
        make("span", { class: "mm-muted" }, "Bring in a folder: ", make("code", { text: "mediamgr scan FOLDER" })),
      );
    }
  }

  say(message, failed) {
    const [done, alert] = this.toast.children;
    done.textContent = failed ? "" : message;
    alert.textContent = failed ? message : "";
    clearTimeout(this.#toastTimer);
    this.#toastTimer = setTimeout(() => this.say("", false), TOAST_MS);
  }

  dispose() {
    clearTimeout(this.#busyTimer);
    clearTimeout(this.#toastTimer);
  }

  #paintError(error) {
    this.banner.hidden = !error;
    if (!error) return;
    const { make, button } = this.#dom;
    this.banner.replaceChildren(
      make("div", {}, make("strong", { text: error.message ?? "" }), make("span", { text: error.remedy ?? "" })),
      button("mm-text", { text: "Retry", click: () => this.#wire.tell({ type: "retry" }) }),
    );
  }
}

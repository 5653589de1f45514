// Owns the door: loads the other parts, hands them to one another and opens one browser per cell.
// anywidget serves a single file, so the parts arrive as source text in the trait `_parts`; each is made
// a module once per page, however many cells show it.

const known = (globalThis[Symbol.for("mediamgr.parts")] ??= new Map());

function load(name, source) {
  if (!known.has(source)) {
    const named = `${source}\n//# sourceURL=mediamgr/browser/js/${name}`;
    const url = URL.createObjectURL(new Blob([named], { type: "text/javascript" }));
    known.set(
      source,
      import(url).finally(() => URL.revokeObjectURL(url)),
    );
  }
  return known.get(source);
}

async function parts(model) {
  const sources = Object.entries(model.get("_parts") ?? {});
  const modules = await Promise.all(
    sources.map(async ([name, source]) => [name.replace(/\.js$/, ""), await load(name, source)]),
  );
  return Object.fromEntries(modules);
}

/** While Python still reads the first rows. */
async function initialize({ model }) {
  await parts(model);
}

async function render({ model, el }) {
  const loaded = await parts(model);
  const browser = new loaded.browser.Browser(loaded, model, el);
  return () => browser.dispose();
}

export default { initialize, render };

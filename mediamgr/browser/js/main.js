// Owns the door: loads the other parts, hands them to one another and opens one browser per cell.
// anywidget serves a single file, so the parts arrive as source text in the trait `_parts`; each is made
// a module once per page, however many cells show it.

const loaded = (globalThis[Symbol.for("mediamgr.parts")] ??= new Map());

function load(name, source) {
  if (!loaded.has(source)) {
    const named = `${source}\n//# sourceURL=mediamgr/browser/js/${name}`;
    const url = URL.createObjectURL(new Blob([named], { type: "text/javascript" }));
    loaded.set(
      source,
      import(url).finally(() => URL.revokeObjectURL(url)),
    );
  }
  return loaded.get(source);
}

async function render({ model, el }) {
  const sources = Object.entries(model.get("_parts") ?? {});
  const modules = await Promise.all(
    sources.map(async ([name, source]) => [name.replace(/\.js$/, ""), await load(name, source)]),
  );
  const parts = Object.fromEntries(modules);
  const browser = new parts.browser.Browser(parts, model, el);
  return () => browser.dispose();
}

export default { render };

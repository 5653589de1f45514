// Owns how elements are made. Text from libraries and providers is hostile: it enters as text nodes and plain
// attributes only, and an address becomes a link only when it is https.

/** An element: `fields` are attributes, except `text` and functions, which listen to the event they name. */
export function make(tag, fields = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text that links to `url` when that is https, else plain text; only the link has `fields`. */
export function link(text, url, fields = {}) {
  let address = null;
  try {
    address = new URL(url);
  } catch {
    address = null;
  }
  if (address?.protocol !== "https:") return make("span", { text });
  return make("a", { text, ...fields, href: address.href, target: "_blank", rel: "noopener noreferrer" });
}


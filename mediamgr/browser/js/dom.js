// Owns how elements are made. Text from the library is hostile: it enters as text nodes and plain
// attributes only, and an address becomes a link only when it is https.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  search: ["M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z", "M15.5 15.5 20 20"],
  list: ["M4 6.5h16", "M4 12h16", "M4 17.5h16"],
  wall: ["M4 4h6.5v7H4z", "M13.5 4H20v7h-6.5z", "M4 14h6.5v6H4z", "M13.5 14H20v6h-6.5z"],
  filter: ["M4 6h16", "M7 12h10", "M10 18h4"],
  up: ["M12 19V6", "M6.5 11.5 12 6l5.5 5.5"],
  down: ["M12 5v13", "M6.5 12.5 12 18l5.5-5.5"],
  undo: ["M8 5 4 9l4 4", "M4.5 9H14a5.5 5.5 0 0 1 0 11h-3"],
  close: ["M6.5 6.5l11 11", "M17.5 6.5l-11 11"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  info: ["M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z", "M12 11v5.5", "M12 7.6v.2"],
};

/** An element: `fields` are attributes, except `text`, `class` and functions, which listen to the event they name. */
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

/** A drawn sign; what it means is said by the label of the button around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mm-icon");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
}

/** A button; `label` is what is read aloud and shown on hover when only a sign is seen. */
export function button(className, { sign, text, label, ...fields }) {
  return make(
    "button",
    { type: "button", class: `mm-button ${className}`, "aria-label": label, title: label, ...fields },
    sign ? icon(sign) : null,
    text ? make("span", { text }) : null,
  );
}

/** Text that links to `url` when that is https, and is plain text when it is anything else. */
export function link(text, url) {
  let address = null;
  try {
    address = new URL(url);
  } catch {
    address = null;
  }
  if (address?.protocol !== "https:") return make("span", { text });
  return make("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", text });
}

/** Writes text only when it differs: unchanged cells cost no layout. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

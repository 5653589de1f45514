// Owns signs and buttons. How elements and links are made of hostile text comes before it, in the same module:
// mediamgr/page/js/elements.js.

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

/** Writes text only when it differs: unchanged cells cost no layout. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

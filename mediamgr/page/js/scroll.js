// Owns the arithmetic of scrolling: which line a scroll offset stands for, at any length. Pure functions.
// Browsers cap the height of an element (17 to 33 million px), so a long list scrolls on a shorter spacer.
// `virtual` is the offset in the list as if nothing were capped, `top` the one the browser knows.

export const CAP = 8_000_000;

// The first and the last stretch of a capped list scroll 1:1, so that both ends are reached exactly.
const EDGE = 200_000;

/** What follows from the number of lines, their height and the height of the window: all in px. */
export function geometry(lines, lineHeight, view) {
  const full = lines * lineHeight;
  const spacer = Math.min(full, CAP);
  return {
    lineHeight,
    view,
    spacer,
    exact: full <= CAP,
    travel: Math.max(0, spacer - view), // how far `top` can go
    reach: Math.max(0, full - view), // how far `virtual` can go
  };
}

export function clamp(shape, virtual) {
  return Math.min(Math.max(virtual, 0), shape.reach);
}

/** The virtual offset a scroll offset stands for after a leap. */
export function toVirtual(shape, top) {
  if (shape.exact) return clamp(shape, top);
  if (top <= EDGE) return Math.max(0, top);
  if (top >= shape.travel - EDGE) return clamp(shape, shape.reach - (shape.travel - top));
  return EDGE + ((top - EDGE) * (shape.reach - 2 * EDGE)) / (shape.travel - 2 * EDGE);
}

/** The scroll offset that stands for a virtual one; the inverse of `toVirtual`. */
export function toTop(shape, virtual) {
  if (shape.exact || virtual <= EDGE) return virtual;
  if (virtual >= shape.reach - EDGE) return shape.travel - (shape.reach - virtual);
  return EDGE + ((virtual - EDGE) * (shape.travel - 2 * EDGE)) / (shape.reach - 2 * EDGE);
}

/**
 * Where the list is after the browser scrolled from `before` to `top`. A wheel or a finger moves by pixels,
 * whatever the length; a leap, which only the scroll bar makes, is mapped anew.
 * One pixel of the bar is travel / view: a step is anything clearly smaller.
 */
export function moved(shape, virtual, before, top) {
  if (shape.exact) return clamp(shape, top);
  const small = Math.min(4 * shape.view, shape.travel / shape.view / 3);
  return Math.abs(top - before) <= small ? clamp(shape, virtual + top - before) : toVirtual(shape, top);
}

/** The lines seen at a virtual offset: [first, stop). */
export function seen(shape, virtual, lines) {
  const first = Math.floor(virtual / shape.lineHeight);
  const stop = Math.ceil((virtual + shape.view) / shape.lineHeight);
  return [Math.min(first, lines), Math.min(Math.max(stop, first + 1), lines)];
}

/** The virtual offset that shows a line: at the "top", or by the shortest way ("nearest"). */
export function reveal(shape, virtual, line, where) {
  const start = line * shape.lineHeight;
  const end = start + shape.lineHeight - shape.view;
  if (where === "top") return clamp(shape, start);
  if (virtual > start) return clamp(shape, start);
  return clamp(shape, Math.max(virtual, end));
}

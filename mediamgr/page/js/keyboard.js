// Owns what keys mean: pure functions from a key to a plan, and which keys are left to JupyterLab.

const PLACES = { Home: "first", End: "last" };
const OURS = new Set("acvxyz");

/**
 * The plan for a key pressed in the grid, or null for one that means nothing here:
 * { do: "step", by, extend } | { do: "page", by, extend } | { do: "first" | "last", extend }
 * | { do: "toggle" | "all" | "open" | "escape" | "search" } | { do: "type", letter }.
 */
export function plan(event, { across, typing }) {
  const { key, shiftKey: extend } = event;
  const accel = event.ctrlKey || event.metaKey;
  if (event.altKey || event.isComposing) return null;
  if (key in PLACES) return { do: PLACES[key], extend };
  if (accel) return key.toLowerCase() === "a" ? { do: "all" } : null;
  const steps = { ArrowUp: -across, ArrowDown: across };
  if (across > 1) Object.assign(steps, { ArrowLeft: -1, ArrowRight: 1 });
  if (key in steps) return { do: "step", by: steps[key], extend };
  if (key === "PageUp") return { do: "page", by: -1, extend };
  if (key === "PageDown") return { do: "page", by: 1, extend };
  if (key === "Enter") return { do: "open" };
  if (key === "Escape") return { do: "escape" };
  if (key === " ") return typing ? { do: "type", letter: key } : { do: "toggle" };
  if (key === "/") return { do: "search" };
  if (/^[\p{L}\p{N}]$/u.test(key)) return { do: "type", letter: key };
  return null;
}

/** Whether a key is none of ours: Ctrl+S still saves the notebook, function keys still work. */
export function passes(event) {
  if (/^F\d+$/.test(event.key)) return true;
  return (event.ctrlKey || event.metaKey) && /^[a-z]$/i.test(event.key) && !OURS.has(event.key.toLowerCase());
}

/** The item a plan leads to from one of `total`; `page` is how many items fit. */
export function target(plan, from, { page, total }) {
  if (plan.do === "first") return 0;
  if (plan.do === "last") return total - 1;
  if (from < 0) return 0;
  const to = from + (plan.do === "page" ? plan.by * page : plan.by);
  return Math.max(0, Math.min(to, total - 1));
}

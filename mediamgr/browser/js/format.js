// Owns how values are written for people: pure functions, "" for what is not known.

const NUMBERS = new Intl.NumberFormat("en");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];
const TYPES = { movie: "Film", show: "Show", season: "Season", episode: "Episode" };
const PLURALS = { item: "items" };

export const count = (value) => NUMBERS.format(value);

export const counted = (value, noun = "item") =>
  `${count(value)} ${value === 1 ? noun : (PLURALS[noun] ?? `${noun}s`)}`;

export function minutes(value) {
  const whole = Math.round(value);
  const hours = Math.floor(whole / 60);
  if (hours === 0) return `${whole} min`;
  return whole % 60 ? `${count(hours)} h ${whole % 60} min` : `${count(hours)} h`;
}

export function bytes(value) {
  let unit = 0;
  let size = value;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

/** "2021-03-09" and "2021-03-09T20:15:00" as "9 Mar 2021"; anything else as it is. */
export function date(value) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(String(value));
  return parts && MONTHS[parts[2] - 1] ? `${Number(parts[3])} ${MONTHS[parts[2] - 1]} ${parts[1]}` : String(value);
}

const WRITERS = {
  text: String,
  number: count,
  year: String,
  rating: (value) => Number(value).toFixed(1),
  minutes,
  bytes,
  date,
  type: (value) => TYPES[value] ?? String(value),
};

/** A value of a column of this kind. */
export function cell(kind, value) {
  if (value === null || value === undefined || value === "") return "";
  return (WRITERS[kind] ?? String)(value);
}

/** Where an episode belongs: "Harbour Lights · S01E02", or "S01E02" without its show; "" for what is no part. */
export function belonging(row, withShow) {
  const two = (letter, number) => (Number.isInteger(number) ? letter + String(number).padStart(2, "0") : "");
  const number = two("S", row.season_number) + (row.media_type === "episode" ? two("E", row.episode_number) : "");
  const show = withShow && row.show_title !== row.title ? row.show_title : "";
  return [show, row.media_type === "movie" ? "" : number].filter(Boolean).join(" · ");
}

/** "0.03 s", or "12 s" when it took long. */
export const seconds = (value) => (value < 10 ? `${Math.max(value, 0.01).toFixed(2)} s` : `${Math.round(value)} s`);

/** The letters on a tile that has no picture: "The Copper Desert" gives "CD". */
export function initials(title) {
  const words =
    String(title ?? "")
      .replace(/^(the|a|an|der|die|das|le|la|les|el)\s+/i, "")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const first = (word) => [...word][0].toUpperCase();
  return words.slice(0, 2).map(first).join("") || "–";
}

/** One of `ways` numbers, always the same for the same title: which tint its tile has. */
export function tint(title, ways) {
  let sum = 7;
  for (const letter of String(title ?? "")) sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  return sum % ways;
}

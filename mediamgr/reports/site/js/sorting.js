// Owns sorting a table by a click on the head of a column. Without it, tables stand as they were answered.
"use strict";

function valueOf(row, place) {
  const cell = row.cells[place];
  return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
}

function compared(one, other) {
  if (typeof one === typeof other) return typeof one === "number" ? one - other : one.localeCompare(other, undefined, { numeric: true });
  return typeof one === "number" ? 1 : -1; // what is missing is text among numbers: less than all
}

function sort(table, head, place) {
  const isNumber = head.classList.contains("number");
  const before = head.getAttribute("aria-sort");
  const falls = before ? before === "ascending" : isNumber;
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falls ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => (falls ? -1 : 1) * compared(valueOf(one, place), valueOf(other, place)));
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table.answer")) {
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head, place));
    head.append(button);
  });
}

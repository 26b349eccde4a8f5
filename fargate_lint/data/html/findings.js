"use strict";
const table = document.getElementById("findings");
const search = document.getElementById("search");
const boxes = [...document.querySelectorAll("input[data-severity]")];
const shown = document.getElementById("shown");
const groups = [...table.tBodies];
const ranks = { error: 0, warning: 1, info: 2 };

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.severity));
  let count = 0;
  for (const group of groups) {
    const text = group.textContent.toLowerCase();
    const fits = wanted.has(group.dataset.severity) && words.every((word) => text.includes(word));
    group.hidden = !fits;
    count += fits;
  }
  shown.textContent = `${count} of ${groups.length} shown`;
}

function key(group, column) {
  return column === "severity" ? ranks[group.dataset.severity] : group.dataset[column];
}

function sort(head) {
  const column = head.dataset.column;
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const sign = down ? -1 : 1;
  const order = new Intl.Collator(undefined, { numeric: true });
  const compare = (a, b) => (typeof a === "number" ? a - b : order.compare(a, b));
  groups.sort((a, b) => sign * compare(key(a, column), key(b, column)));
  table.append(...groups);
}

search.addEventListener("input", filter);
for (const box of boxes) box.addEventListener("change", filter);
for (const head of table.querySelectorAll("th[data-column]"))
  head.querySelector("button").addEventListener("click", () => sort(head));
for (const link of document.querySelectorAll("a[data-search]"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    search.value = link.dataset.search;
    filter();
    table.scrollIntoView();
  });
document.querySelector(".filter").hidden = false;
filter();

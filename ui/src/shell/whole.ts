// What is cut off with "…" says the whole under the pointer.

const CUT = ".cut, [role='gridcell'], [role='columnheader']";
const ours = new WeakSet<HTMLElement>();

export function sayWhole(event: Event): void {
  const cut = event.target instanceof Element ? event.target.closest<HTMLElement>(CUT) : null;
  if (!cut || (cut.title && !ours.has(cut))) return;
  ours.add(cut);
  if (cut.scrollWidth > cut.clientWidth) cut.title = cut.innerText.replace(/\s+/g, " ").trim();
  else cut.removeAttribute("title");
}

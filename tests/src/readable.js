// Text that cannot be read whole: cut off by its own box or by one around it, with no title that says the whole, and no
// way to scroll to it; or above or below what can be scrolled to. Also whether the page itself scrolls sideways, and
// whether anything scrolls beneath a dialog.
const said = (e) => `${e.tagName.toLowerCase()}${e.className ? `.${String(e.className).split(" ").join(".")}` : ""}: ${e.innerText.slice(0, 60)}`;
const shown = (e) => {
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && getComputedStyle(e).visibility !== "hidden" && !e.closest(".sr-only, [aria-hidden=true], canvas, .textLayer");
};
// What is cut off says the whole under the pointer.
const titled = (e) => {
  e.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  return e.closest("[title]");
};
// The first box upwards that hides what is above and below it, and whether it hides this; what scrolls shows all that is in it,
// where it is seen itself.
const hiddenBelow = (e, words) => {
  let thing = words;
  for (let around = e.parentElement; around; around = around.parentElement) {
    const { overflowY, position } = getComputedStyle(around);
    const box = around === document.documentElement ? { top: 0, bottom: innerHeight } : around.getBoundingClientRect();
    if (/auto|scroll/.test(overflowY)) thing = box;
    else if (/hidden|clip/.test(overflowY) || around === document.documentElement)
      return thing.height !== 0 && (thing.bottom > box.bottom + 2 || thing.top < box.top - 2);
    if (position === "fixed") return false;
  }
  return false;
};
const faults = [];
// What lies under a dialog is looked at without it.
const above = [...document.querySelectorAll("[role$=dialog]")].at(-1) ?? document.body;
for (const e of above.querySelectorAll("*")) {
  const own = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!own || !shown(e) || /^(OPTION|SCRIPT|STYLE)$/.test(e.tagName)) continue;
  const style = getComputedStyle(e);
  if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && style.overflowX !== "visible" && !titled(e))
    faults.push(`cut off: ${said(e)}`);
  const range = document.createRange();
  range.selectNodeContents(e);
  const words = range.getBoundingClientRect();
  if (hiddenBelow(e, words)) faults.push(`out of reach: ${said(e)}`);
  // Beyond the edge of a box that hides what is outside of it.
  for (let around = e.parentElement; around && around !== document.documentElement; around = around.parentElement) {
    const overflow = getComputedStyle(around);
    const box = around.getBoundingClientRect();
    if (/auto|scroll/.test(overflow.overflowX)) break;
    if (overflow.position === "fixed") break;
    if (/hidden|clip/.test(overflow.overflowX) && words.width > 0 && (words.right > box.right + 2 || words.left < box.left - 2)) {
      if (!titled(e) && !titled(around)) faults.push(`beyond its box: ${said(e)}`);
      break;
    }
  }
}
// Without a graphics card its scroll bar is painted over the dialog.
if (above !== document.body)
  for (const e of document.querySelectorAll("body *"))
    if (!above.contains(e) && !e.contains(above) && /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1)
      faults.push(`scrolls beneath a dialog: ${said(e)}`);
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) faults.push(`the page scrolls sideways: ${page.scrollWidth} in ${page.clientWidth}`);
return [...new Set(faults)];

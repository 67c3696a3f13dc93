// Text that cannot be read whole: cut off by its own box or by one around it, with no title that says the whole, and no
// way to scroll to it. And whether the page itself scrolls sideways.
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
const faults = [];
for (const e of document.querySelectorAll("body *")) {
  const own = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  if (!own || !shown(e) || /^(OPTION|SCRIPT|STYLE)$/.test(e.tagName)) continue;
  const style = getComputedStyle(e);
  if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && style.overflowX !== "visible" && !titled(e))
    faults.push(`cut off: ${said(e)}`);
  // Beyond the edge of a box that hides what is outside of it.
  const range = document.createRange();
  range.selectNodeContents(e);
  const words = range.getBoundingClientRect();
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
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth + 1) faults.push(`the page scrolls sideways: ${page.scrollWidth} in ${page.clientWidth}`);
return [...new Set(faults)];

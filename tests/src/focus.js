// What has the focus: what it is, what it is called, and whether an officer can see that it has it.
const e = document.activeElement ?? document.body;
const box = e.getBoundingClientRect();
// Its own ring, or that of the box which it shares with its chips.
const ringed = (it) => {
  const style = getComputedStyle(it);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
};
const ring = ringed(e) || (e.parentElement?.matches(":focus-within") && getComputedStyle(e.parentElement).boxShadow !== "none");
const inView = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
return { role: role(e), name: name(e), lost: e === document.body, seen: e.matches(":focus-visible") && ring && inView,
         html: e.outerHTML.slice(0, 200) };

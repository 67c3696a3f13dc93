// Fills memory with what is garbage at once until the web view has collected all that nobody holds any more. It does so by
// itself only when its heap has doubled, and until then what is let go looks as if it were kept. Answers whether it has.
if (!window.sweeping) {
  // Held since the last time, so that only a collection of all generations takes it.
  window.sweeping = new WeakRef(window.ballast ?? {});
  window.ballast = { since: Date.now() };
}
let held = [];
for (let turn = 0; turn < 400 && window.sweeping.deref(); turn += 1) {
  held.push(new Array(50_000).fill({ turn }));
  if (held.length > 100) held = [];
}
if (window.sweeping.deref()) return false;
window.sweeping = null;
return true;

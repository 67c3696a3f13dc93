// Fills memory with what is garbage at once until the web view has collected all that nobody holds any more. It does so by
// itself only when its heap has doubled, and until then what is let go looks as if it were kept. Answers whether it has;
// the collector tells so between two calls, never within one.
window.collected ??= new FinalizationRegistry((sweep) => (sweep.over = true));
window.ballast ??= new Set();
if (!window.sweep) {
  window.sweep = { over: false };
  // Held since the last time, so that only a collection of all generations takes any of them. One may be spared, because
  // something on the stack looks like its address.
  for (const old of window.ballast) window.collected.register(old, window.sweep);
  window.ballast.clear();
  for (let turn = 0; turn < 16; turn += 1) window.ballast.add({ turn });
}
const over = window.sweep.over;
let held = [];
for (let turn = 0; turn < 200 && !over; turn += 1) {
  held.push(new Array(50_000).fill({ turn }));
  if (held.length > 100) held = [];
}
if (over) window.sweep = null;
return over;

// Has the web view collect all that nobody holds any more, and answers whether it has. By itself it does so only when what
// outlived its small collections has grown by tens of megabytes, and until then what is let go looks as if it were kept.
const CYCLE = 12;
const things = () => Array.from({ length: 16 }, () => ({}));
if (!window.sweep) {
  const sweep = { done: false, calls: 0, kept: [] };
  sweep.registry = new FinalizationRegistry(() => (sweep.done = true));
  window.sweep = sweep;
}
const { sweep } = window;
// The web view tells of what it has collected only between two calls.
if (sweep.done) {
  delete window.sweep;
  return true;
}
const at = sweep.calls++ % CYCLE;
// Held since the last time, so that only a collection of all generations takes them; the first time there is nothing older.
// Each is watched, for a number on the stack may by chance look like the address of one, or of all, which are then kept: so
// others are dropped later.
if (at === 0) {
  for (const thing of window.ballast ?? things()) sweep.registry.register(thing);
  window.ballast = things();
}
// Nearly all of what is made here is garbage at once, in small pieces, for the room of large ones is given back late. A little
// is held until it has outlived the small collections, and then let go.
if (at === CYCLE / 3) sweep.kept = [];
for (let turn = 0; turn < 2_000; turn += 1) {
  const piece = new Array(1_000).fill({ turn });
  if (at < CYCLE / 3 && turn % 8 === 0) sweep.kept.push(piece);
}
return false;

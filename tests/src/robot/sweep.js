// Fills memory with what is garbage at once until the web view has collected all that nobody holds any more. It does so by
// itself only when its heap has doubled, and until then what is let go looks as if it were kept. In small pieces, for the room
// of large ones, 110 MiB, is given back late. Answers whether it has.
const things = () => Array.from({ length: 16 }, () => ({}));
if (!window.sweep) {
  const sweep = { done: false, calls: 0 };
  sweep.registry = new FinalizationRegistry(() => (sweep.done = true));
  window.sweep = sweep;
}
// Held since the last time, so that only a collection of all generations takes them; the first time there is nothing older.
// Each is watched, for a number on the stack may by chance look like the address of one, or of all, which are then kept: so
// others are dropped later.
if (window.sweep.calls++ % 40 === 0) {
  for (const thing of window.ballast ?? things()) window.sweep.registry.register(thing);
  window.ballast = things();
}
// The web view tells of what it has collected only between two calls.
if (window.sweep.done) {
  delete window.sweep;
  return true;
}
let held = [];
for (let turn = 0; turn < 400; turn += 1) {
  held.push(new Array(5_000).fill({ turn }));
  if (held.length > 100) held = [];
}
return false;

// Measures key presses: each from the moment of the key to the frame after the one in which this place was last changed
// because of it. `presses` holds their milliseconds, null where nothing changed.
const [selector] = arguments;
window.measuring?.abort();
window.measuring = new AbortController();
const { signal } = window.measuring;

const presses = (window.presses = []);
addEventListener("keydown", (event) => presses.push({ at: event.timeStamp, took: null }), { capture: true, signal });
const watch = new MutationObserver(() => {
  const press = presses.at(-1);
  if (press) requestAnimationFrame(() => requestAnimationFrame(() => (press.took = performance.now() - press.at)));
});
watch.observe(document.querySelector(selector), { subtree: true, childList: true, characterData: true });
signal.addEventListener("abort", () => watch.disconnect());

// Answers with what the last press took, once that has stood for `quiet` milliseconds; null if it changed nothing in `nothing`.
const [quiet, nothing, answer] = arguments;
const began = performance.now();
let [before, since] = [null, began];
const look = () => {
  const now = performance.now();
  const took = window.presses.at(-1)?.took ?? null;
  if (took !== before) [before, since] = [took, now];
  if (took !== null && now - since > quiet) answer(took);
  else if (took === null && now - began > nothing) answer(null);
  else setTimeout(look, 10);
};
look();

// Remembers what the page complains of, which nobody reads: its console, what is refused, and every alert that is shown,
// also one that goes at once.
if (window.complaints) return;
window.complaints = [];
const told = (it) => it?.stack ?? it?.message ?? (typeof it === "object" ? JSON.stringify(it) : String(it));
const hear = (what) => (...words) => window.complaints.push(`${what}: ${words.map(told).join(" ")}`.slice(0, 2000));

for (const level of ["error", "warn"]) {
  const aloud = console[level].bind(console);
  const note = hear(`console.${level}`);
  console[level] = (...words) => (note(...words), aloud(...words));
}
const error = hear("error");
addEventListener("error", (event) => error(event.message ?? event.target?.src, event.error));
const rejection = hear("unhandled rejection");
addEventListener("unhandledrejection", (event) => rejection(event.reason));
const policy = hear("content policy");
addEventListener("securitypolicyviolation", (event) => policy(event.violatedDirective, event.blockedURI));

const shown = hear("shown");
const seen = new WeakMap();
new MutationObserver(() => {
  for (const alert of document.querySelectorAll("[role=alert]")) {
    const words = alert.innerText.trim();
    if (words && seen.get(alert) !== words) shown(words);
    seen.set(alert, words);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });

// What a thing is and what it is called, as a screen reader tells it.
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

const implied = {
  A: (e) => (e.hasAttribute("href") ? "link" : ""),
  BUTTON: () => "button",
  SUMMARY: () => "button",
  SELECT: () => "combobox",
  TEXTAREA: () => "textbox",
  OPTION: () => "option",
  TR: () => "row",
  TD: () => "cell",
  TH: () => "columnheader",
  LI: () => "listitem",
  DIALOG: () => "dialog",
  NAV: () => "navigation",
  MAIN: () => "main",
  INPUT: (e) =>
    ({ checkbox: "checkbox", radio: "radio", button: "button", submit: "button", reset: "button", range: "slider",
       search: "searchbox", number: "spinbutton" })[e.type] ?? "textbox",
};
const role = (e) =>
  tidy(e.getAttribute("role")).split(" ")[0] ||
  (/^H[1-6]$/.test(e.tagName) ? "heading" : (implied[e.tagName]?.(e) ?? (e.isContentEditable ? "textbox" : "")));

const words = (e) => {
  if (e.getAttribute?.("aria-hidden") === "true") return "";
  if (e.nodeType === Node.TEXT_NODE) return e.data;
  if (e.tagName === "IMG") return e.alt;
  if (e.getAttribute?.("aria-label")) return e.getAttribute("aria-label");
  return [...e.childNodes].map(words).join(e.tagName === "SPAN" ? "" : " ");
};
const name = (e) => {
  const ids = tidy(e.getAttribute("aria-labelledby"));
  if (ids) return tidy(ids.split(" ").map((id) => document.getElementById(id)?.textContent).join(" "));
  if (e.getAttribute("aria-label")) return tidy(e.getAttribute("aria-label"));
  if (e.labels?.length) return tidy([...e.labels].map(words).join(" "));
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName)) return tidy(e.title || e.placeholder || e.value);
  return tidy(words(e)) || tidy(e.title);
};
const shown = (e) => {
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && !e.closest("[inert], [aria-hidden=true]");
};

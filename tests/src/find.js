// find(roles, name): the element that an officer would mean, by what it is and what it is called, as a screen reader
// tells it. Exactly that name first; else the only one that begins with it; else null. What an open dialog holds comes
// before what lies behind it.
const [roles, wanted] = arguments;

const places = [...document.querySelectorAll("dialog[open], [role=dialog], [role=alertdialog]")].filter(shown).reverse();
for (const place of [...places, document.body]) {
  const all = [...place.querySelectorAll("*")].filter((e) => roles.includes(role(e)) && shown(e));
  const named = all.map((e) => [e, name(e)]);
  const exact = named.filter(([, n]) => n === wanted);
  if (exact.length) return exact[0][0];
  const begun = named.filter(([, n]) => n.startsWith(wanted));
  if (begun.length === 1) return begun[0][0];
}
return null;

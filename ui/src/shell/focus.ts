// The focus is never lost. Where the thing that had it goes away (a button after its action, a row that left the list),
// it falls to what stands nearest, so that keys and screen readers go on from where the eye is.

const FOCUSABLE = "button, input, select, textarea, a[href], [tabindex='0']";
const ASKED = "[role='dialog'], [role='alertdialog'], [role='menu']";

/** Watches the page. Returns what ends it. */
export function keepFocus(main: () => HTMLElement | undefined): () => void {
  // What last had the focus outside of a question, and all that it stood in.
  let path: HTMLElement[] = [];
  let used = false;
  let waiting = false;
  // A question was open. What it was asked from may be gone, or may be the palette, which was a question itself.
  let asked = false;

  function noticed(event: FocusEvent) {
    used = true;
    if (event.target instanceof HTMLElement && !event.target.closest(ASKED))
      path = event.composedPath().filter((one) => one instanceof HTMLElement);
  }
  function mend() {
    waiting = false;
    const home = main();
    const held = document.activeElement && document.activeElement !== document.body;
    if (!home || document.querySelector(ASKED)) return;
    asked = false;
    if (held) return;
    if (path[0]?.isConnected) path[0].focus();
    if (document.activeElement === path[0]) return;
    const near = path.find((one) => one.isConnected && home.contains(one) && one !== home);
    const next = [...(near?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].find(
      (one) => one.tabIndex >= 0 && one.offsetParent !== null,
    );
    (next ?? home).focus();
  }
  const watch = new MutationObserver(() => {
    const open = document.querySelector(ASKED) !== null;
    asked ||= open;
    if (waiting || !used || open || (!asked && path[0]?.isConnected)) return;
    soon();
  });
  function soon() {
    waiting = true;
    // After a question that closes has given the focus back, if it can.
    requestAnimationFrame(() => requestAnimationFrame(mend));
  }
  addEventListener("focusin", noticed);
  watch.observe(document.body, { childList: true, subtree: true });
  // What had the focus on the page before this one went with it.
  soon();
  return () => {
    removeEventListener("focusin", noticed);
    watch.disconnect();
  };
}

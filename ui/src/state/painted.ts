/** Marks, in the web view's own record of times, the moment at which what is there now stands on the screen. */
export function markPainted(name: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(name)));
}

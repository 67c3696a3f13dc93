/** When what is there now stands on the screen. */
export const painted = (): Promise<void> =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

/** Marks that moment in the web view's own record of times. */
export const markPainted = (name: string): Promise<void> => painted().then(() => void performance.mark(name));

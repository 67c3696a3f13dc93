// The page itself, which is left when the desk locks: what it knew of people goes with it, and what the web view piled up for it.

export const page = {
  /** Whether a new one is on its way, so that nothing is shown on this one any more. */
  leaving: false,
  leave(): void {
    page.leaving = true;
    location.reload();
  },
};

// How the window looks on this computer: a preference of the person at it, so it is kept here and not in the register.

export type Theme = "system" | "light" | "dark";
export type Contrast = "system" | "normal" | "more";
type Look = { theme: Theme; contrast: Contrast; text: number };

const KEY = "voucher-desk.appearance";
const dark = matchMedia("(prefers-color-scheme: dark)");
const more = matchMedia("(prefers-contrast: more)");

function kept(): Look {
  const plain: Look = { theme: "system", contrast: "system", text: 100 };
  try {
    return { ...plain, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Look>) };
  } catch {
    return plain;
  }
}

const look = $state<Look>(kept());

function apply(): void {
  const root = document.documentElement;
  root.dataset.theme = look.theme === "system" ? (dark.matches ? "dark" : "light") : look.theme;
  root.dataset.contrast = (look.contrast === "system" ? more.matches : look.contrast === "more") ? "more" : "normal";
  root.style.fontSize = `${0.625 * look.text}%`;
}
apply();
dark.addEventListener("change", apply);
more.addEventListener("change", apply);

export const TEXT_SIZES = [90, 100, 115, 130, 150, 175, 200];

export const appearance = {
  get theme() {
    return look.theme;
  },
  get contrast() {
    return look.contrast;
  },
  get text() {
    return look.text;
  },
  set(part: Partial<Look>) {
    Object.assign(look, part);
    localStorage.setItem(KEY, JSON.stringify(look));
    apply();
  },
  /** One size larger or smaller, for Ctrl + and Ctrl −. */
  step(by: 1 | -1) {
    const at = TEXT_SIZES.findIndex((size) => size >= look.text);
    this.set({ text: TEXT_SIZES[Math.min(TEXT_SIZES.length - 1, Math.max(0, at + by))] ?? 100 });
  },
};

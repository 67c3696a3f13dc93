// How the window looks on this computer.
import { expect, it } from "vitest";

it("the window is as it was chosen from its first words on, before a register is open", async () => {
  localStorage.setItem("voucher-desk.appearance", JSON.stringify({ theme: "dark", contrast: "more", text: 150 }));
  document.body.innerHTML = '<div id="desk"></div>';
  await import("$/main");
  const { dataset, style } = document.documentElement;
  expect([dataset.theme, dataset.contrast, style.fontSize]).toEqual(["dark", "more", "93.75%"]);
});

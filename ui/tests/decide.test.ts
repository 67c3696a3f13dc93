import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import Decide from "$/screens/decide/Decide.svelte";
import { desk } from "$/lib/desk";

const caseOf = async (reference: string) =>
  (await desk.cases({ text: "", sort: "due", descending: false, offset: 0, limit: 200 })).rows.find(
    (row) => row.reference === reference,
  )?.id ?? "";

it("an amount can be typed through amounts that are blocked, and mended where it stands", async () => {
  const user = userEvent.setup();
  render(Decide, { outcome: "award", ids: [await caseOf("MIV-2026-0107")], onclose: () => {} });
  const field = await screen.findByLabelText("Award to MIV-2026-0107");
  await user.clear(field);
  await user.type(field, "25000");
  await screen.findByText(/above your limit/);
  expect(document.activeElement).toBe(field);
  await user.keyboard("{Backspace}");
  await waitFor(() => expect(screen.getByRole("button", { name: /^Award £2,500/ })).toBeTruthy());
  expect(document.activeElement).toBe(field);
});

it("a case that only its amount stops is given another where it stands", async () => {
  const user = userEvent.setup();
  const id = await caseOf("MIV-2026-0107");
  await desk.editCase(id, "asked", "6000.00");
  render(Decide, { outcome: "award", ids: [id], onclose: () => {} });
  const field = await screen.findByLabelText("Award to MIV-2026-0107");
  expect(screen.getByText(/above your limit/)).toBeTruthy();
  await user.clear(field);
  await user.type(field, "4500");
  await waitFor(() => expect(screen.getByRole("button", { name: /^Award £4,500/ })).toBeTruthy());
});

import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import Decide from "$/screens/decide/Decide.svelte";
import { desk } from "$/lib/desk";

it("an amount can be typed through amounts that are blocked, and mended where it stands", async () => {
  const user = userEvent.setup();
  const [case_] = (await desk.cases({ text: "", sort: "due", descending: false, offset: 0, limit: 200 })).rows.filter(
    (row) => row.reference === "MIV-2026-0107",
  );
  render(Decide, { outcome: "award", ids: [case_?.id ?? ""], onclose: () => {} });
  const field = await screen.findByLabelText("Award to MIV-2026-0107");
  await user.clear(field);
  await user.type(field, "25000");
  await screen.findByText(/above your limit/);
  expect(document.activeElement).toBe(field);
  await user.keyboard("{Backspace}");
  await waitFor(() => expect(screen.getByRole("button", { name: /^Award £2,500/ })).toBeTruthy());
  expect(document.activeElement).toBe(field);
});

import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { desk } from "$/lib/desk";
import type { Values } from "$/lib/contract";
import NounForm from "$/records/NounForm.svelte";
import Decide from "$/screens/decide/Decide.svelte";
import LookBack from "$/shell/LookBack.svelte";

/** What Enter does in a field that is not left. */
const enter = (input: HTMLElement) => fireEvent.submit(input.closest("form") as HTMLFormElement);

it.each([
  ["4,95O", "4,95O"],
  ["5.000,00", "5.000,00"],
  ["4,950", "4950.00"],
])("an amount typed as %s goes to the desk as %s and never as the one before it", async (text, sent) => {
  const user = userEvent.setup();
  const programme = (await desk.programmes())[0];
  let saved: Values | undefined;
  render(NounForm, {
    noun: "programme",
    id: programme?.id ?? "",
    title: "Edit",
    start: {},
    onclose: () => {},
    onsaved: (_: unknown, values: Values) => (saved = values),
  });
  const input = await screen.findByLabelText("Largest award");
  await user.clear(input);
  await user.type(input, text);
  await enter(input);
  await waitFor(() => expect(saved?.value_max).toBe(sent));
});

it("a case is not awarded while what stands in its field is no amount", async () => {
  const user = userEvent.setup();
  const found = await desk.cases({ text: "MIV-2026-0107", sort: "due", descending: false, offset: 0, limit: 1 });
  let closed = false;
  render(Decide, { outcome: "award", ids: [found.rows[0]?.id ?? ""], onclose: () => (closed = true) });
  const input = await screen.findByLabelText("Award to MIV-2026-0107");
  await user.clear(input);
  await user.type(input, "2500x");
  await enter(input);
  await screen.findByText(/“2500x” is not an amount/);
  expect(closed).toBe(false);
  await user.type(input, "{Backspace}");
  await enter(input);
  await waitFor(() => expect(closed).toBe(true));
});

it("no other day is looked back on than the one that was typed", async () => {
  const user = userEvent.setup();
  let closed = false;
  render(LookBack, { onclose: () => (closed = true) });
  const input = await screen.findByLabelText("Day");
  await user.type(input, "31/2/2026");
  await enter(input);
  await screen.findByText(/There is no day “31\/2\/2026”/);
  expect(closed).toBe(false);
});

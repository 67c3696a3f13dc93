import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { desk } from "$/lib/desk";
import type { Values } from "$/lib/contract";
import Picker from "$/parts/Picker.svelte";
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
  await user.type(input, "25OO");
  await enter(input);
  await screen.findByText(/“25OO” is not an amount/);
  expect(closed).toBe(false);
  await user.type(input, "{Backspace}{Backspace}00");
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

const places = ["Quayside Tooling", "Quill Ceramics", "Saffron Foods"].map((title) => ({
  id: title,
  title,
  detail: "",
}));

it("Enter takes what the whole text finds, and not what a part of it found", async () => {
  const user = userEvent.setup();
  const search = async (text: string) => {
    // The longer the text, the later its answer.
    await new Promise((done) => setTimeout(done, text.length * 20));
    return places.filter((one) => one.title.startsWith(text));
  };
  render(Picker, { label: "Business", nameOf: async () => null, search });
  const input = screen.getByRole<HTMLInputElement>("combobox", { name: "Business" });
  await user.type(input, "Qui{Enter}");
  await waitFor(() => expect(input.value).toBe("Quill Ceramics"));
});

it("a name that was typed and not chosen stays and is said, and Esc brings back what stood there", async () => {
  const user = userEvent.setup();
  const search = async () => places;
  render(Picker, { label: "Business", value: "7", nameOf: async () => "Saffron Foods", search });
  const input = screen.getByRole<HTMLInputElement>("combobox", { name: "Business" });
  await waitFor(() => expect(input.value).toBe("Saffron Foods"));
  await user.clear(input);
  await user.type(input, "Qui");
  await user.tab();
  await screen.findByText(/“Qui” is not chosen yet/);
  expect(input.value).toBe("Qui");
  await user.click(input);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(input.value).toBe("Saffron Foods"));
});

it.each([
  ["1230", "12:30"],
  ["9.05", "09:05"],
  ["15", "15:00"],
  ["half nine", "half nine"],
])("a time typed as %s is %s, and is not rewritten while it is typed", async (text, time) => {
  const user = userEvent.setup();
  let saved: Values | undefined;
  render(NounForm, {
    noun: "round",
    id: null,
    title: "New round",
    start: { programme_id: (await desk.programmes())[0]?.id ?? "", name: "Round 9", budget: "1000.00" },
    onclose: () => {},
    onsaved: (_: unknown, values: Values) => (saved = values),
  });
  const opens = within(await screen.findByRole("group", { name: "Opens" }));
  await user.type(opens.getByLabelText("Opens"), "1/12/2026");
  const clock = opens.getByLabelText<HTMLInputElement>("Time");
  await user.clear(clock);
  await user.type(clock, text);
  expect(clock.value).toBe(text);
  await enter(clock);
  await waitFor(() => expect(saved?.opens_at).toBe(`2026-12-01T${time}`));
});

it("the business that a new case is begun from stands in its form", async () => {
  const business = (await desk.organisations("", "business", 0, 1)).rows[0];
  render(NounForm, {
    noun: "voucher",
    title: "New voucher case",
    start: { organisation_id: business?.id ?? "" },
    onclose: () => {},
    onsaved: () => {},
  });
  const input = await screen.findByRole<HTMLInputElement>("combobox", { name: "Business" });
  await waitFor(() => expect(input.value).toBe(business?.name));
});

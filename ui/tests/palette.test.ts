import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import App from "$/App.svelte";
import { go } from "$/state/place.svelte";

it("Enter takes what all letters find, not what fewer of them found before", async () => {
  const user = userEvent.setup();
  go("today");
  render(App);
  await screen.findByText("Views", {}, { timeout: 6000 });
  await user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox", { name: "Go to or do anything" });
  await fireEvent.input(field, { target: { value: "Ångström" } });
  await screen.findAllByRole("option", { name: /Ångström Tooling/ });
  field.focus();
  // One key after the other, with no time for an answer between them.
  const typed = fireEvent.input(field, { target: { value: "New placement" } });
  await Promise.all([typed, fireEvent.keyDown(field, { key: "Enter" })]);
  await screen.findByRole("dialog", { name: "New placement case" }, { timeout: 6000 });
  expect(screen.queryByRole("heading", { name: /Ångström Tooling/ })).toBeNull();
}, 20_000);

import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import App from "$/App.svelte";
import { openCases } from "$/screens/cases/list.svelte";

const SOON = { timeout: 6000 };

it("a search is kept as a view by keys alone, opened from the palette, removed, and the removal undone", async () => {
  const user = userEvent.setup();
  openCases("stage:offered amount:>4000");
  render(App);
  const rail = within(await screen.findByRole("navigation", { name: "Desk" }, SOON));
  await screen.findByRole("button", { name: "Keep this view…" }, SOON);
  const chooses = async (words: string) => {
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Go to or do anything" }), words);
    await screen.findByRole("option", { name: new RegExp(`^${words}`) });
    await user.keyboard("{Enter}");
  };
  await chooses("Keep this view");
  const dialog = within(await screen.findByRole("dialog", { name: "Keep this view" }, SOON));
  await user.type(dialog.getByRole("textbox", { name: "Name" }), "Large offers{Enter}");
  await rail.findByRole("button", { name: /^Large offers/ }, SOON);

  openCases("");
  await chooses("Go to view Large offers");
  await user.click(await screen.findByRole("button", { name: "Remove this view" }, SOON));
  await waitFor(() => expect(rail.queryByRole("button", { name: /^Large offers/ })).toBeNull(), SOON);
  await user.click(await screen.findByRole("button", { name: /^Undo/ }, SOON));
  await rail.findByRole("button", { name: /^Large offers/ }, SOON);
}, 30_000);

// axe looks at the parts and screens as they stand in the document. Colours need a real browser and are looked at there.
import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import App from "$/App.svelte";
import QueryBox from "$/parts/QueryBox.svelte";
import { desk } from "$/lib/desk";
import { go, type Screen } from "$/state/place.svelte";
import { page } from "$/state/page";
import { opened } from "$/state/session.svelte";

async function sound() {
  const { violations } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)).toEqual(
    [],
  );
}

describe("every screen can be used without seeing it", () => {
  // What the window reads later is compiled here first, and that is no part of any screen's time.
  beforeAll(() => import("$/shell/Shell.svelte"), 60_000);
  beforeEach(() => localStorage.clear());
  const marks: [Screen, string | null, string][] = [
    ["today", null, "Award £5,000…: MIV-2026-0107"],
    ["cases", null, "Next case"],
    ["organisations", null, "New organisation"],
    ["people", null, "New person"],
    ["letters", null, "Print again"],
    ["money", null, "Round 3"],
    ["import", null, "Choose a file…"],
    ["settings", "programmes", "New programme…"],
    ["settings", "register", "Check the history"],
    ["settings", "officers", "Add an officer…"],
  ];
  it.each(marks)(
    "%s %s",
    async (place, id, name) => {
      go(place, id);
      render(App);
      await waitFor(
        () =>
          expect(
            screen.getAllByRole("button", { name: new RegExp(`^${name.replace(/[.?*+^$()|[\]\\]/g, "\\$&")}`) }).length,
          ).toBeGreaterThan(0),
        { timeout: 4000 },
      );
      await sound();
    },
    20_000,
  );

  it("a decision says its sum, and is undone by name", async () => {
    const user = userEvent.setup();
    go("cases", "0193f000-0005-7000-8000-000000000001");
    render(App);
    await user.click(await screen.findByRole("button", { name: /^Award £5,000/ }));
    await screen.findByText(/£5,000 awarded to Ångström Tooling/);
    await user.click(await screen.findByRole("button", { name: /^Undo\b/ }));
    await screen.findByText(/^Undone: Award MIV-2026-0107/);
  }, 20_000);
});

describe("before a register is open", () => {
  it("makes one, and shows the recovery key until it is put away", async () => {
    const user = userEvent.setup();
    await desk.lock();
    render(App);
    await user.click(await screen.findByRole("button", { name: "Another register" }));
    await user.click(await screen.findByRole("button", { name: "Make a register…" }));
    await user.type(screen.getByLabelText(/^Name of the office/), "Practice Office");
    await user.type(screen.getByLabelText(/^Your name/), "Ada Practice");
    await user.type(screen.getByLabelText(/^Folder/), "/practice/Office.vdesk");
    await user.type(screen.getByLabelText("Passphrase"), "otter lamp seven quarry");
    await user.type(screen.getByLabelText("Passphrase again"), "otter lamp seven quarr");
    await user.click(screen.getByRole("button", { name: "Make the register" }));
    await screen.findByText("The two passphrases are not the same.");
    await user.type(screen.getByLabelText("Passphrase again"), "y");
    await user.click(screen.getByRole("button", { name: "Make the register" }));
    await screen.findByText(/^K7QM-/);
    // Nor does it go when the desk locks meanwhile.
    opened(await desk.deskState());
    await desk.lock();
    const leaves = vi.spyOn(page, "leave");
    opened(null);
    expect(leaves).not.toHaveBeenCalled();
    await sound();
    await user.click(screen.getByRole("checkbox", { name: /safe place/ }));
    await user.click(screen.getByRole("button", { name: "Open the register" }));
    await screen.findByRole("navigation", { name: "Desk" });
  }, 20_000);

  it("says plainly that a passphrase is wrong", async () => {
    const user = userEvent.setup();
    await desk.lock();
    opened(null);
    render(App);
    await user.type(await screen.findByLabelText("Passphrase"), "wrong");
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    await screen.findByText(/That passphrase does not open the register for E. Lindqvist/);
    await user.clear(screen.getByLabelText("Passphrase"));
    await user.type(screen.getByLabelText("Passphrase"), "right{Enter}");
    await screen.findByRole("navigation", { name: "Desk" });
  }, 20_000);
});

describe("the query box", () => {
  it("makes chips of filters and keeps the words", async () => {
    const user = userEvent.setup();
    const onchange = vi.fn();
    render(QueryBox, { props: { label: "Search", text: "", onchange } });
    await user.type(screen.getByRole("combobox", { name: "Search" }), "stage:offered brook");
    expect(onchange).toHaveBeenLastCalledWith("stage:offered brook");
    expect(onchange).not.toHaveBeenCalledWith("stage:off");
    await user.click(screen.getByRole("button", { name: /Take away the filter stage: offered/ }));
    expect(onchange).toHaveBeenLastCalledWith("brook");
    await sound();
  });
});

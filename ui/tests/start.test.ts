// Before a register is open: what an officer is offered when it cannot be opened.
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import App from "$/App.svelte";
import { desk } from "$/lib/desk";
import { opened } from "$/state/session.svelte";

describe("a register that is damaged", () => {
  it("is restored from its last good backup with the passphrase just typed", async () => {
    const user = userEvent.setup();
    await desk.lock();
    opened(null);
    render(App);
    const passphrase = await screen.findByLabelText(/^Passphrase/, undefined, { timeout: 4000 });
    expect(screen.queryByRole("button", { name: "Restore the last good backup" })).toBeNull();
    await user.type(passphrase, "damaged");
    await user.click(screen.getByRole("button", { name: "Unlock" }));
    await user.click(await screen.findByRole("button", { name: "Restore the last good backup" }));
    await screen.findByText(/The backup of 22 Nov.* is in place/);
    await screen.findByRole("button", { name: /Today/ });
  }, 20_000);
});

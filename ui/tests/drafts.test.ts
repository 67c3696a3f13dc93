import { beforeEach, describe, expect, it, vi } from "vitest";
import { caseList, openCases, selection } from "$/screens/cases/list.svelte";
import { drafts } from "$/state/drafts";

const FORM = "person new";

describe("what stood in a form when the desk locked", () => {
  beforeEach(() => {
    drafts.belongTo("nobody");
    drafts.belongTo("the register, Ada");
    drafts.typed(FORM, { name: "Half a na" });
  });

  it("is there once for the same officer", () => {
    drafts.keep();
    drafts.belongTo("the register, Ada");
    expect(drafts.take("person 7")).toBeNull();
    expect(drafts.take(FORM)).toEqual({ name: "Half a na" });
    expect(drafts.take(FORM)).toBeNull();
  });
  it("is never shown to somebody else, nor to the same officer after them", () => {
    drafts.keep();
    drafts.belongTo("the register, Bea");
    expect(drafts.take(FORM)).toBeNull();
    drafts.belongTo("the register, Ada");
    expect(drafts.take(FORM)).toBeNull();
  });
  it("goes for somebody else with what was asked of the list and ticked in it", () => {
    openCases("kestrel");
    selection.toggle("7");
    drafts.keep();
    drafts.belongTo("the register, Ada");
    expect([caseList.text, [...selection.ids]]).toEqual(["kestrel", ["7"]]);
    drafts.belongTo("the register, Bea");
    expect([caseList.text, selection.ids.size]).toEqual(["", 0]);
  });
  it("is not kept when the form was saved or closed before", () => {
    drafts.typed(FORM, null);
    drafts.keep();
    expect(drafts.take(FORM)).toBeNull();
  });
});

/** What a new page finds. */
async function newPage() {
  vi.resetModules();
  const [{ drafts }, list] = await Promise.all([import("$/state/drafts"), import("$/screens/cases/list.svelte")]);
  return { drafts, ...list };
}

describe("the page that follows a lock", () => {
  beforeEach(() => {
    drafts.belongTo("nobody");
    drafts.belongTo("the register, Ada");
    drafts.typed(FORM, { name: "Half a na" });
    openCases("kestrel");
    caseList.sort = "received";
    selection.set(["7", "9"]);
    drafts.keep();
    expect(drafts.handOver()).toBe(true);
  });

  it("has for the same officer what stood in a form, was asked of the list and ticked in it", async () => {
    const page = await newPage();
    page.drafts.belongTo("the register, Ada");
    expect(page.drafts.take(FORM)).toEqual({ name: "Half a na" });
    expect({ ...page.caseList }).toMatchObject({ text: "kestrel", sort: "received" });
    expect([...page.selection.ids]).toEqual(["7", "9"]);
    // What is asked from then on is not set back by the next change.
    page.openCases("alloys");
    page.drafts.belongTo("the register, Ada");
    expect(page.caseList.text).toBe("alloys");
  });
  it("has nothing for somebody else, nor for the same officer after them", async () => {
    const page = await newPage();
    page.drafts.belongTo("the register, Bea");
    page.drafts.belongTo("the register, Ada");
    expect(page.drafts.take(FORM)).toBeNull();
    expect([page.caseList.text, page.selection.ids.size]).toEqual(["", 0]);
  });
  it("leaves nothing for the page after it, and is not made when there is no room", async () => {
    await newPage();
    expect(sessionStorage.length).toBe(0);
    vi.spyOn(Storage.prototype, "setItem").mockImplementationOnce(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    expect(drafts.handOver()).toBe(false);
  });
});

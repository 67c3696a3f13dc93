import { beforeEach, describe, expect, it } from "vitest";
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
  it("waits with what was asked of the list and ticked in it, which goes for somebody else too", () => {
    drafts.typed(FORM, null);
    expect(drafts.keep()).toBe(false);
    openCases("kestrel");
    selection.toggle("7");
    expect(drafts.keep()).toBe(true);
    drafts.belongTo("the register, Ada");
    expect(caseList.text).toBe("kestrel");
    drafts.belongTo("the register, Bea");
    expect([caseList.text, selection.ids.size]).toEqual(["", 0]);
    expect(drafts.keep()).toBe(false);
  });
  it("is not kept when the form was saved or closed before", () => {
    drafts.typed(FORM, null);
    drafts.keep();
    expect(drafts.take(FORM)).toBeNull();
  });
});

import { describe, expect, it } from "vitest";
import { absorb, chipWords, join, split, tokens, withFilter, without } from "$/query/query";

describe("the query", () => {
  it("tells filters from words", () => {
    const { chips, words } = split("stage:offered amount:>5000 brook al");
    expect(chips.map((chip) => chip.filter)).toEqual([
      { field: "stage", value: "offered", not: false },
      { field: "amount", value: ">5000", not: false },
    ]);
    expect(words).toBe("brook al");
  });
  it("keeps what stands in quotation marks together", () => {
    expect(tokens('round:"Round 3" "brook alloys"').map((token) => token.text)).toEqual([
      'round:"Round 3"',
      '"brook alloys"',
    ]);
    expect(split('round:"Round 3"').chips[0]?.filter?.value).toBe("Round 3");
  });
  it("replaces a filter of the same field and takes one away", () => {
    expect(withFilter("stage:offered brook", "stage", "accepted")).toBe("stage:accepted brook");
    expect(withFilter("brook", "round", "Round 3")).toBe('round:"Round 3" brook');
    expect(withFilter("stage:offered brook", "stage", "")).toBe("brook");
    const chip = split("stage:offered due:<14d").chips[0];
    expect(chip && without("stage:offered due:<14d", chip)).toBe("due:<14d");
  });
  it("makes a chip when the filter is finished, not before", () => {
    expect(absorb([], "stage:off")).toBeNull();
    expect(absorb([], 'round:"Round ')).toBeNull();
    const done = absorb([], "brook stage:offered ");
    expect(done && join(done.chips, done.words)).toBe("stage:offered brook");
  });
  it("reads a chip as words", () => {
    const chip = split("-stage:in_progress").chips[0];
    expect(chip && chipWords(chip)).toBe("not stage: in progress");
  });
});

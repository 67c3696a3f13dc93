import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, it, vi } from "vitest";
import PdfView from "$/parts/PdfView.svelte";

// Letters that open when told to, and like those of pdf.js cannot be read once they are let go.
const letters = vi.hoisted(() => [] as { arrive: () => Promise<void>; gone: boolean; read: number }[]);
vi.mock("$/lib/pdf", () => ({
  wordsOf: () => Promise.resolve([]),
  openPdf: () => {
    const letter = { arrive: () => Promise.resolve(), gone: false, read: 0 };
    const destroy = () => {
      letter.gone = true;
      return Promise.resolve();
    };
    const sheet = {
      getViewport: ({ scale }: { scale: number }) => ({ width: 595 * scale, height: 842 * scale }),
      render: () => ({ promise: Promise.resolve(), cancel: () => {} }),
    };
    const getPage = () => {
      if (letter.gone) throw new TypeError("the letter was let go");
      letter.read += 1;
      return Promise.resolve(sheet);
    };
    const promise = new Promise((open) => {
      letter.arrive = () => {
        open({ numPages: 2, loadingTask: { destroy }, getPage });
        return settled();
      };
    });
    letters.push(letter);
    return { promise, destroy };
  },
}));
HTMLCanvasElement.prototype.getContext = () => null;

const settled = () => new Promise<void>((done) => setTimeout(done));

describe("a letter on the screen", () => {
  it("can be enlarged while the next one is on its way, and is let go when that is here", async () => {
    letters.length = 0;
    const { rerender, unmount } = render(PdfView, { data: "one", label: "The letter" });
    await vi.waitFor(() => expect(letters).toHaveLength(1));
    await letters[0]?.arrive();
    await rerender({ data: "two" });
    await tick();
    await fireEvent.click(screen.getByRole("button", { name: "Larger" }));
    await settled();
    expect(letters[0]).toMatchObject({ gone: false, read: 2 });
    expect(screen.queryByText(/cannot be shown/)).toBeNull();
    expect(letters).toHaveLength(2);
    await letters[1]?.arrive();
    expect(letters.map((letter) => letter.gone)).toEqual([true, false]);
    unmount();
    expect(letters.map((letter) => letter.gone)).toEqual([true, true]);
  });

  it("is let go also when it had not come yet", async () => {
    letters.length = 0;
    const { rerender } = render(PdfView, { data: "one", label: "The letter" });
    await vi.waitFor(() => expect(letters).toHaveLength(1));
    await rerender({ data: null });
    expect(letters[0]?.gone).toBe(true);
  });
});

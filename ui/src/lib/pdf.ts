// pdf.js, set up for a strict content policy: its worker is a file of the app, and it neither evaluates text nor fetches.
import {
  getDocument,
  GlobalWorkerOptions,
  PDFWorker,
  TextLayer,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
  type PageViewport,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import worker from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = worker;

export { type PDFDocumentLoadingTask, type PDFDocumentProxy };

// One for all letters. Starting one takes as long as drawing a page, and the web view is slow to give back what each held.
let reader: PDFWorker | undefined;

export function openPdf(base64: string): PDFDocumentLoadingTask {
  reader = reader && !reader.destroyed ? reader : PDFWorker.create({});
  return getDocument({
    worker: reader,
    data: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    // Letters carry their own fonts. Drawn as shapes: the web view keeps what it is given as a font long after it was let go,
    // 2 MiB a letter.
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
  });
}

/**
 * The words of a page, to lie over its picture. What pdf.js says of them in custom properties becomes plain styles: the web
 * view keeps a style of every element under each new set of those for good, a quarter of a MiB a letter.
 */
export async function wordsOf(page: PDFPageProxy, viewport: PageViewport): Promise<Node[]> {
  const container = document.createElement("div");
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container, viewport });
  await layer.render();
  for (const { style } of layer.textDivs as HTMLElement[]) {
    const takes = (name: string, otherwise: string) => style.removeProperty(name) || otherwise;
    style.fontSize = `calc(${takes("--font-height", "10px")} * ${viewport.scale})`;
    style.transform = `rotate(${takes("--rotate", "0deg")}) scaleX(${takes("--scale-x", "1")})`;
  }
  return [...container.childNodes];
}

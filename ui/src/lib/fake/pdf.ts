// A plain PDF of a letter, enough for the preview to have pages to show. The real ones come from the desk.

const encode = (text: string) =>
  [...text]
    .map((letter) => {
      const code = letter.charCodeAt(0);
      if (letter === "(" || letter === ")" || letter === "\\") return `\\${letter}`;
      if (letter === "’") return "\\222";
      return code < 256 ? (code < 128 ? letter : `\\${code.toString(8)}`) : "?";
    })
    .join("");

export function letterPdf(to: string, reference: string, amount: string, heading: string): string {
  const line = (x: number, y: number, size: number, font: string, text: string) =>
    `BT /${font} ${size} Tf ${x} ${y} Td (${encode(text)}) Tj ET`;
  const first = [
    "0.08 0.35 0.29 rg 56 780 24 24 re f 0 g",
    line(88, 788, 13, "B", "Marlbrook Vouchers"),
    ...["Practice House, 14 Quayside, Marlbrook B00 1AA", "0117 496 0180 · marlbrook.example"].map((text, at) =>
      line(340, 796 - at * 11, 8, "F", text),
    ),
    ...[to, "3 Millrace Yard", "Marlbrook", "B00 4QX"].map((text, at) => line(56, 706 - at * 14, 10.5, "F", text)),
    line(400, 706, 9, "F", `Our ref: ${reference}-L01`),
    line(400, 693, 9, "F", "Date: 23 November 2026"),
    line(56, 610, 10.5, "F", "Dear Director"),
    line(56, 584, 12, "B", heading),
    ...`I am pleased to offer ${to} an innovation voucher of ${amount}.|This letter, with the enclosed terms, forms the offer. It may be spent only on the work|described in your application and on no other purpose.||The offer is minimal financial assistance under the Subsidy Control Act 2022. Before we can|give it you must confirm in writing that the limit of £315,000 is not exceeded.||To accept, sign the slip on the next page and return it by 7 December 2026.||Yours sincerely||||T. Achterberg|Programme manager`
      .split("|")
      .map((text, at) => line(56, 558 - at * 16, 10.5, "F", text)),
    line(250, 40, 8, "F", `${reference}   Page 1 of 2`),
  ].join("\n");
  const second = [
    line(56, 790, 9, "F", `${to}, 23 November 2026`),
    line(56, 740, 12, "B", "Acceptance slip"),
    ...[
      "We accept the offer on the terms of this letter.",
      "",
      "Signed ______________________________   Date ______________",
      "",
      "Name and position ____________________________________",
    ].map((text, at) => line(56, 712 - at * 20, 10.5, "F", text)),
    line(250, 40, 8, "F", `${reference}   Page 2 of 2`),
  ].join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    ...[5, 6].map(
      (stream) =>
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${stream} 0 R /Resources << /Font << /F 7 0 R /B 8 0 R >> >> >>`,
    ),
    ...[first, second].map((text) => `<< /Length ${text.length} >>\nstream\n${text}\nendstream`),
    ...["Times-Roman", "Times-Bold"].map(
      (font) => `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`,
    ),
  ];
  let file = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const xref = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place.toString().padStart(10, "0")} 00000 n \n`).join("")}`;
  file += `trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF`;
  return btoa(file);
}

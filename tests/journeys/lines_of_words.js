// How wide the letter's picture is, how many long lines of words lie over it, and those of them that end more than three pixels
// from where the ink beneath them does.
const canvas = document.querySelector(".pdf canvas");
const sheet = canvas.getBoundingClientRect();
const fine = canvas.width / sheet.width;
const ink = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
const dark = (x, y) => ink[4 * (Math.round(y * fine) * canvas.width + Math.round(x * fine))] < 200;

function ends(top, bottom) {
  let end = 0;
  for (let x = 0; x < sheet.width; x += 1 / fine)
    for (let y = top + 1; y < bottom - 1; y += 1 / fine) if (dark(x, y)) end = x;
  return end;
}

const lines = [...document.querySelectorAll(".pdf .text span")].filter((span) => span.textContent.length > 50);
const off = lines.filter((span) => {
  const box = span.getBoundingClientRect();
  return Math.abs(ends(box.top - sheet.top, box.bottom - sheet.top) - (box.right - sheet.left)) > 3;
});
return { wide: sheet.width, lines: lines.length, off: off.map((span) => span.textContent) };

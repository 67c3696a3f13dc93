// Keeps the window painting, or stops it: an outline that nobody sees comes and goes.
const [on] = arguments;
const { style } = document.documentElement;
clearInterval(window.repainting);
style.outline = "";
if (on) window.repainting = setInterval(() => (style.outline = style.outline ? "" : "1px solid transparent"), 40);

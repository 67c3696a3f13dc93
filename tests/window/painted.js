// Answers with the moment, in milliseconds since 1970, at which a thing of this selector stood on the screen: after the
// frame that follows the one in which it came.
const [selector, answer] = arguments;
const frame = (then) => requestAnimationFrame(then);
const look = () =>
  document.querySelector(selector)
    ? frame(() => frame(() => answer(performance.timeOrigin + performance.now())))
    : frame(look);
look();

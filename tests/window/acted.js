// Remembers when a key or a button was last pressed, in milliseconds since 1970.
for (const kind of ["keydown", "click"])
  addEventListener(kind, (event) => (window.acted = performance.timeOrigin + event.timeStamp), true);

// Wheel, drag and pinch on a plot, told as "closer by this factor around here" and "move by so many pixels".

const DRAG_PX = 5; // from here on a press is a drag, and its end no click

/** @param {{zoom: (factor: number, clientX: number) => void, pan: (px: number) => void}} told */
export function watchGestures(plot, { zoom, pan }) {
  const down = new Map(); // where each finger is, by its id
  let dragged = false;
  const on = (name, listener, options) => plot.addEventListener(name, listener, options);

  // The wheel alone still scrolls: a plot must not catch whoever only wants to get past it.
  on("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.004), event.clientX);
  }, { passive: false });
  on("pointerdown", ({ button, pointerId, clientX }) => {
    if (!down.size) dragged = false;
    if (!button) down.set(pointerId, clientX);
  });
  on("pointermove", ({ pointerId, clientX }) => {
    const before = down.get(pointerId);
    if (before === undefined || (!dragged && Math.abs(clientX - before) < DRAG_PX)) return;
    const [, other] = [...down].find(([id]) => id !== pointerId) ?? [];
    const apart = (x) => Math.max(20, Math.abs(x - other));
    if (other === undefined) pan(clientX - before);
    else zoom(apart(clientX) / apart(before), (clientX + other) / 2);
    dragged = true;
    plot.setPointerCapture(pointerId);
    down.set(pointerId, clientX);
  });
  for (const name of ["pointerup", "pointercancel"]) on(name, ({ pointerId }) => down.delete(pointerId));
  on("click", (event) => dragged && (event.preventDefault(), event.stopPropagation()), { capture: true });
  on("dragstart", (event) => event.preventDefault());
}

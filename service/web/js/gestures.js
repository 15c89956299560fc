// Wheel, drag and pinch on a plot, told as "closer by this factor around here" and "move by so many pixels".

const DRAG_PX = 5; // from here on a press is a drag, and its end no click

/** @param {{zoom: (factor: number, clientX: number) => void, pan: (px: number) => void}} told */
export function watchGestures(plot, { zoom, pan }) {
  const down = new Map(); // fingers, by their id
  let dragged = false;

  plot.addEventListener("wheel", (event) => {
    // The wheel alone still scrolls: a plot must not catch whoever only wants to get past it. Over the axis it zooms.
    if (event.ctrlKey || event.metaKey || event.target.closest(".axis")) zoom(Math.exp(-event.deltaY * 0.004), event.clientX);
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(-(event.deltaX || event.deltaY));
    else return;
    event.preventDefault();
  }, { passive: false });
  plot.addEventListener("pointerdown", (event) => {
    if (!down.size) dragged = false;
    if (!event.button) down.set(event.pointerId, event);
  });
  plot.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before || (!dragged && Math.abs(event.clientX - before.clientX) < DRAG_PX)) return;
    const other = [...down.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    const apart = ({ clientX }) => Math.max(20, Math.abs(clientX - other.clientX));
    if (other) zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2);
    else pan(event.clientX - before.clientX);
    dragged = true;
    plot.setPointerCapture(event.pointerId);
    down.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel"]) plot.addEventListener(name, (event) => down.delete(event.pointerId));
  plot.addEventListener("click", (event) => dragged && (event.preventDefault(), event.stopPropagation()), { capture: true });
  plot.addEventListener("dragstart", (event) => event.preventDefault());
}

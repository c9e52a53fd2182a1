// The sentences of an arrow in a panel beside it, while it is pointed at or has the focus; Escape puts the panel away.
// Without this script the browser shows the same words as the title of the arrow.
"use strict";
for (const canvas of document.querySelectorAll(".canvas")) {
  const scroll = canvas.querySelector(".scroll");
  const start = canvas.querySelector("[data-start]");
  if (start) scroll.scrollLeft = Number(start.dataset.start) - scroll.clientWidth / 2;

  const panel = document.createElement("div");
  panel.className = "sentence";
  panel.id = "sentence";
  panel.hidden = true;
  panel.setAttribute("role", "tooltip");
  canvas.append(panel);
  let shown = null;
  let leaving = 0;

  const hide = () => {
    panel.hidden = true;
    shown = null;
  };
  const leave = () => {
    leaving = setTimeout(hide, 250);
  };
  // Beside the arrow and the box that it leads to, where there is room, else below both: it must not cover them.
  const place = (arrow, words, whole) => {
    const box = document.getElementById(arrow.dataset.to).querySelector("rect").getBoundingClientRect();
    const line = arrow.querySelector(".line").getBoundingClientRect();
    const shown = [words, box, line];
    const right = Math.max(...shown.map((each) => each.right)) - whole.left + 12;
    const left = Math.min(...shown.map((each) => each.left)) - whole.left - panel.offsetWidth - 12;
    const beside = line.top - whole.top;
    if (right + panel.offsetWidth <= whole.width) return { left: right, top: beside };
    if (left >= 0) return { left, top: beside };
    const below = Math.max(...shown.map((each) => each.bottom)) - whole.top + 8;
    return { left: words.left - whole.left + words.width / 2 - panel.offsetWidth / 2, top: below };
  };
  const show = (arrow) => {
    clearTimeout(leaving);
    if (shown === arrow) return;
    shown = arrow;
    panel.replaceChildren(...arrow.dataset.said.split("\n").map((line) => {
      const words = document.createElement("p");
      words.textContent = line;
      words.dir = "auto";
      return words;
    }));
    panel.hidden = false;
    const whole = canvas.getBoundingClientRect();
    const words = arrow.querySelector("text").getBoundingClientRect();
    const { left, top } = place(arrow, words, whole);
    panel.style.left = `${Math.max(0, Math.min(left, whole.width - panel.offsetWidth))}px`;
    panel.style.top = `${top}px`;
  };

  for (const arrow of canvas.querySelectorAll(".arrow")) {
    const title = arrow.querySelector("title");
    arrow.dataset.said = title.textContent;
    arrow.setAttribute("aria-label", title.textContent);
    title.remove(); // or the browser shows its own panel as well
    arrow.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "touch") show(arrow);
    });
    arrow.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "touch") leave();
    });
    arrow.addEventListener("focus", () => show(arrow));
    arrow.addEventListener("blur", leave);
    // A finger cannot point without opening: its first touch shows the sentences, the second opens the source.
    let isFirst = false;
    arrow.addEventListener("pointerdown", (event) => {
      isFirst = event.pointerType === "touch" && shown !== arrow;
    }, true);
    arrow.addEventListener("click", (event) => {
      if (isFirst) {
        event.preventDefault();
        show(arrow);
      }
      isFirst = false;
    });
  }
  panel.addEventListener("pointerenter", () => clearTimeout(leaving));
  panel.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}

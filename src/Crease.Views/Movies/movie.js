
"use strict";
(() => {
  const frames = JSON.parse(document.getElementById("frames").textContent);
  const at = id => document.getElementById(id);
  const [picture, caption, slider, number, play, speed] = ["picture", "caption", "frame", "number", "play", "speed"].map(at);
  let index = 0, timer = 0;

  slider.max = String(frames.length - 1);

  function show(next) {
    index = Math.min(Math.max(next, 0), frames.length - 1);
    const frame = frames[index];
    picture.setAttribute("src", "data:image/png;base64," + frame.png);
    picture.alt = frame.caption || "frame " + (index + 1);
    caption.textContent = frame.caption;
    slider.value = String(index);
    slider.setAttribute("aria-valuetext", picture.alt);
    number.textContent = (index + 1) + " / " + frames.length;
  }

  function wait() {
    timer = setTimeout(() => {
      show((index + 1) % frames.length);
      wait();
    }, 1000 * frames[index].seconds / Number(speed.value));
  }

  function run(isRunning) {
    clearTimeout(timer);
    timer = 0;
    // What a reader of the screen hears must not change many times a second.
    caption.setAttribute("aria-live", isRunning ? "off" : "polite");
    play.textContent = isRunning ? "❚❚" : "▶";
    play.setAttribute("aria-label", isRunning ? "Pause" : "Play");
    if (isRunning)
      wait();
  }

  function go(next) {
    run(false);
    show(next);
  }

  play.addEventListener("click", () => run(timer === 0));
  slider.addEventListener("input", () => go(Number(slider.value)));
  speed.addEventListener("change", () => run(timer !== 0));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === speed)
      return;
    const action = {
      " ": () => run(timer === 0),
      ArrowLeft: () => go(index - 1),
      ArrowRight: () => go(index + 1),
      Home: () => go(0),
      End: () => go(frames.length - 1),
    }[event.key];
    if (!action)
      return;
    // On a button, the space bar would act a second time.
    event.preventDefault();
    action();
  });
  document.addEventListener("keyup", event => {
    if (event.key === " " && event.target === play)
      event.preventDefault();
  });
  show(0);
})();


"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const layers = data.quantities[0].layers.length, tokens = data.pieces.length;
  const inks = data.palette.map(color => {
    const [red, green, blue] = [1, 3, 5].map(from => {
      const share = parseInt(color.slice(from, from + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    // The ink with the greater contrast.
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#16181d" : "#ffffff";
  });
  let quantity = data.quantity, layer = data.layer, held = -1;

  const shown = data.pieces.map(([written, name, before], token) => {
    const text = written.replace(/\r\n?/g, "\n");
    if (before)
      at("text").append(before);
    const part = document.createElement("b");
    // Line breaks that end a token stand behind it, or its color would reach into the next line.
    const breaks = /\n*$/.exec(text)[0];
    part.textContent = text ? text.slice(0, text.length - breaks.length).replaceAll("\n", "↵\n") + "↵".repeat(breaks.length) : name;
    part.classList.toggle("name", !text);
    part.dataset.token = String(token);
    at("text").append(part, breaks);
    return part;
  });

  for (const { name } of data.quantities)
    at("quantity").append(new Option(name));
  at("quantity").selectedIndex = quantity;
  at("layer").max = String(layers);
  at("layer").value = String(layer + 1);
  at("first").textContent = "layer 1";
  at("last").textContent = layers > 1 ? "layer " + layers : "";
  const facts = [tokens + (tokens === 1 ? " token" : " tokens"), layers + (layers === 1 ? " layer" : " layers")];
  if (data.isMasked)
    facts.push("letters are masked by dots");
  at("subtitle").textContent = [data.subtitle, ...facts].filter(Boolean).join(" · ");
  at("bar").style.backgroundImage = "linear-gradient(to right," + data.palette.join(",") + ")";

  const valueOf = (of, token) => data.quantities[quantity].layers[of].values[token];
  const scaleOf = of => at("shared").checked ? data.quantities[quantity].scale : data.quantities[quantity].layers[of].scale;

  function colorIndex(value, scale) {
    const { low, high, log } = scale;
    const share = low === high ? 0.5 : value <= low ? 0 : log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.round(Math.min(share, 1) * (data.palette.length - 1));
  }

  function legend() {
    const scale = scaleOf(layer), { label } = data.quantities[quantity];
    at("label").textContent = label[0].toUpperCase() + label.slice(1);
    at("note").textContent = [at("shared").checked ? "scale of all layers" : "scale of layer " + (layer + 1), scale.note].filter(Boolean).join(", ");
    at("ticks").replaceChildren(...scale.ticks.map(([share, text]) => {
      const tick = document.createElement("span");
      tick.textContent = text;
      tick.style.left = 100 * share + "%";
      return tick;
    }));
  }

  function text() {
    const scale = scaleOf(layer);
    shown.forEach((part, token) => {
      const value = valueOf(layer, token);
      const index = value === null ? -1 : colorIndex(value, scale);
      part.classList.toggle("none", index < 0);
      part.classList.toggle("held", token === held);
      part.style.backgroundColor = index < 0 ? "" : data.palette[index];
      part.style.color = index < 0 ? "" : inks[index];
    });
  }

  function readout() {
    if (held < 0) {
      at("token").textContent = "";
      return;
    }
    const [written, name] = data.pieces[held];
    const numbers = data.quantities.map(({ name: what, undefined: none, layers: of }) => {
      const value = of[layer].values[held];
      return what.toLowerCase() + " " + (value === null ? none : Number(value.toPrecision(4)));
    });
    at("token").textContent = "Token " + (held + 1) + " of " + tokens + " “" + (written || name) + "”, layer " + (layer + 1) + ": " + numbers.join(", ");
  }

  function map() {
    const canvas = at("map"), ratio = window.devicePixelRatio || 1;
    const width = canvas.clientWidth, row = Math.min(18, Math.max(4, 320 / layers)), height = Math.round(row * layers);
    canvas.style.height = height + "px";
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.round(height * ratio);
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    // Edges on whole pixels, or light shows between the cells.
    const x = token => Math.round(token * width / tokens * ratio) / ratio, y = of => Math.round(of * height / layers * ratio) / ratio;
    for (let of = 0; of < layers; of++) {
      const scale = scaleOf(of);
      for (let token = 0; token < tokens; token++) {
        const value = valueOf(of, token);
        if (value === null)
          continue;
        pen.fillStyle = data.palette[colorIndex(value, scale)];
        pen.fillRect(x(token), y(of), x(token + 1) - x(token), y(of + 1) - y(of));
      }
    }
    frame(pen, 0, y(layer), width, y(layer + 1) - y(layer));
    if (held >= 0)
      frame(pen, x(held), 0, x(held + 1) - x(held), height);
  }

  // White within black shows on every color.
  function frame(pen, left, top, width, height) {
    pen.strokeStyle = "#000000";
    pen.lineWidth = 3;
    pen.strokeRect(left + 1.5, top + 1.5, Math.max(1, width - 3), Math.max(1, height - 3));
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = 1;
    pen.strokeRect(left + 1.5, top + 1.5, Math.max(1, width - 3), Math.max(1, height - 3));
  }

  function show() {
    at("layer").value = String(layer + 1);
    at("number").textContent = layer + 1 + " / " + layers;
    legend();
    text();
    readout();
    map();
  }

  function go(toLayer, toToken) {
    layer = Math.min(Math.max(toLayer, 0), layers - 1);
    held = Math.min(Math.max(toToken, -1), tokens - 1);
    show();
    if (held >= 0)
      shown[held].scrollIntoView({ block: "nearest" });
  }

  at("controls").addEventListener("submit", event => event.preventDefault());
  at("quantity").addEventListener("change", () => {
    quantity = at("quantity").selectedIndex;
    show();
  });
  at("layer").addEventListener("input", () => go(Number(at("layer").value) - 1, held));
  at("shared").addEventListener("change", show);
  at("text").addEventListener("click", event => {
    const part = event.target.closest("b");
    go(layer, part && Number(part.dataset.token) !== held ? Number(part.dataset.token) : -1);
  });
  at("map").addEventListener("click", event => {
    const box = at("map").getBoundingClientRect();
    go(Math.floor((event.clientY - box.top) / box.height * layers), Math.floor((event.clientX - box.left) / box.width * tokens));
  });
  at("text").addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey)
      return;
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Escape: [0, -held - 1] }[event.key];
    if (!step)
      return;
    event.preventDefault();
    go(layer + step[0], event.key === "ArrowLeft" ? Math.max(held + step[1], 0) : held + step[1]);
  });
  window.addEventListener("resize", map);
  show();
})();

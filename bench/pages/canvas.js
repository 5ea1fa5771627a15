/* What a canvas can do: rows by theme, labels by importance where they fit, everything else as a tick mark. */
"use strict";

(() => {
  const { period, themes, events } = window.data;
  const [WIDTH, HEIGHT, ROW, GAP, MOST] = [1260, 780, 17, 8, 4000];
  const canvas = document.getElementById("chart").appendChild(document.createElement("canvas"));
  Object.assign(canvas, { width: WIDTH, height: HEIGHT });
  const context = canvas.getContext("2d");
  context.font = "12px sans-serif";
  const lane = HEIGHT / themes.length, rows = Math.floor(lane / ROW) - 1;
  const order = events.map((_, i) => i).sort((a, b) => events[b].importance - events[a].importance);
  const widths = new Float64Array(events.length);
  let boxes = [], only = null, now = [0, 1];

  const draw = () => {
    const from = period[0] + now[0] * (period[1] - period[0]);
    const scale = WIDTH / ((now[1] - now[0]) * (period[1] - period[0]));
    const taken = themes.map(() => Array.from({ length: rows }, () => new Uint8Array(WIDTH + 1)));
    const ticks = themes.map(() => new Uint8Array(WIDTH + 1));
    context.clearRect(0, 0, WIDTH, HEIGHT);
    boxes = [];
    let tried = 0;
    for (const i of order) {
      const { theme, start, end, title } = events[i];
      const x = Math.round((start - from) * scale);
      if ((only !== null && theme !== only) || x > WIDTH || (end ?? start) < from) continue;
      if (x >= 0) ticks[theme][x] = 1;
      if (x < 0 || (tried += 1) > MOST) continue;
      widths[i] ||= context.measureText(title).width;
      const last = x + Math.ceil(widths[i]) + GAP + 6;
      if (last > WIDTH) continue;
      const row = taken[theme].findIndex((free) => !free[x] && !free[last] && !free.subarray(x, last).includes(1));
      if (row < 0) continue;
      taken[theme][row].fill(1, x, last);
      const y = theme * lane + row * ROW + 13;
      context.fillRect(x, y - 7, 4, 4);
      if (end !== null) context.fillRect(x, y + 3, (end - start) * scale, 1);
      context.fillText(title, x + 6, y);
      boxes.push({ left: x + 6, right: last - GAP, top: y - 12, bottom: y + 3 });
    }
    ticks.forEach((row, n) => row.forEach((tick, x) => { if (tick) context.fillRect(x, (n + 1) * lane - ROW + 5, 1, 8); }));
  };
  draw();

  window.peer = {
    drawn: () => true,
    filter: (theme) => { only = theme; draw(); },
    zoom: (window_) => { now = window_; draw(); },
    titles: () => {
      const { left, top } = canvas.getBoundingClientRect();
      return boxes.map((box) => ({ left: left + box.left, right: left + box.right, top: top + box.top, bottom: top + box.bottom }));
    },
  };
})();

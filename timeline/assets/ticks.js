/* Ticks of the time axis: years, months or days at round places. Pure; Python's twin is ticks.py, and a test holds the
   two to the same figure. */
"use strict";

(() => {
  const timeline = (window.timeline = window.timeline || {});
  const YEAR = 365.2425, MONTH = 30.436875;

  const yearOf = (day) => new Date(Math.floor(day) * 864e5).getUTCFullYear();
  const dayNumber = (year, month, day) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    return date.getTime() / 864e5;
  };

  const named = (year) => (year > 0 ? String(year) : `${1 - year} BC`);

  /** The ticks in a window of day numbers and a plot's width in px: [day number, label]. */
  timeline.ticks = ({ axis: { room, years, parts, days, months } }, [t0, t1], width) => {
    const scale = width / (t1 - t0), found = [];
    const day = days.find((step) => step * scale >= room + 16);
    const part = parts.find((step) => step * MONTH * scale >= room);
    const [first, last] = [yearOf(t0), yearOf(t1)];
    if (day && (day < 14 || !part)) {
      for (let year = first; year <= last; year += 1) for (let month = 1; month <= 12; month += 1)
        for (let number = 1; number < (day > 1 ? 29 : 31); number += day) {
          const at = dayNumber(year, month, number);
          if (new Date(at * 864e5).getUTCMonth() === month - 1) found.push([at, `${number} ${months[month - 1]} ${named(year)}`]);
        }
    } else if (part) {
      for (let year = first; year <= last; year += 1) for (let month = 1; month <= 12; month += part)
        found.push([dayNumber(year, month, 1), `${months[month - 1]} ${named(year)}`]);
    } else {
      const step = years.find((one) => one * YEAR * scale >= room) ?? years.at(-1);
      for (let round = Math.floor(first / step) * step; round < last + step; round += step) {
        const year = round + (round <= 0 && step > 1); // 1000 BC is the year -999, and there is no year 0
        found.push([dayNumber(year, 1, 1), named(year)]);
      }
    }
    return found.filter(([at]) => at >= t0 && at <= t1);
  };
})();

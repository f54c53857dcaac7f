/** Times in the viewer's zone, and durations in words. */

import { el } from "./h.js";

/** The viewer's zone, such as Europe/Berlin. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hourCycle: "h23" };
const clock = new Intl.DateTimeFormat(undefined, CLOCK);
const shortDay = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });

/**
 * A point in time, with the exact time in UTC as a tooltip.
 *
 * @param detail "full" is day and clock; "usual" omits the day if it is today; "brief" is as short as "usual", and shorter
 *   on other days
 */
export function timeOf(iso, detail = "usual") {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return el.time({ datetime: iso, title: iso }, formatOf(today, detail)(at));
}

function formatOf(today, detail) {
  if (today && detail !== "full") {
    return clock.format;
  }
  return detail === "brief" ? shortDay.format : (at) => `${day.format(at)}, ${clock.format(at)}`;
}

/** Seconds as a duration: 0.4 s, 12 s, 3 min, 5 h, 2 d. */
export function duration(seconds) {
  if (seconds < 10) {
    return `${Math.round(seconds * 10) / 10} s`;
  }
  const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].find(([least]) => seconds >= least);
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** Seconds between two ISO times. */
export const secondsBetween = (from, to) => Math.max(0, (new Date(to) - new Date(from)) / 1000);

const digits = new Intl.NumberFormat();

/** A whole number with the viewer's separators. */
export const number = (value) => digits.format(value);

/** A number of things: "1 event", "3 events". */
export const count = (value, thing) => `${number(value)} ${thing}${value === 1 ? "" : "s"}`;

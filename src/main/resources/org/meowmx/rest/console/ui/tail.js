/** The rows of the log page: the newest events that match a filter. New events are added, or withheld during a pause. */

import { events } from "./api.js";
import { follow } from "./live.js";
import { backOff } from "./monitor.js";
import { store } from "./store.js";

/** The largest number of events in memory. */
export const KEPT = 500;
const PAGE = 100;

/** How long events are collected before they are drawn, in milliseconds. */
const GATHER = 150;

const EMPTY = { rows: [], withheld: [], missed: 0, paused: false, more: false, cut: false, state: "loading" };

/** The state before a tail is started. */
export const NO_TAIL = { shown: store(EMPTY) };

/**
 * Starts a tail.
 *
 * @param filter category and types, each possibly empty
 * @returns {{ shown, pause, resume, older, end }} `shown` is a store of rows, newest first; missed: the number of events
 *   during the pause; more: whether there are older events; state: loading, live or waiting; problem: why the tail does not continue
 */
export function startTail(filter) {
  const shown = store(EMPTY);
  const change = (next) => shown.set({ ...shown.get(), ...next });
  let gathered = [];
  let timer;
  let stop = () => {};
  let ended = false;

  const page = (more) => events({ ...filter, ...more, direction: "backward", limit: PAGE });

  async function load(attempts = 0) {
    stop();
    try {
      const found = await page();
      if (!ended) {
        const { paused } = shown.get();
        change({ ...EMPTY, paused, rows: found.events, more: found.more });
        stop = follow(filter, found.cursor, gather, report);
      }
    } catch (problem) {
      change({ problem });
      if (problem.status !== 400 && !ended) {
        timer = setTimeout(() => load(attempts + 1), backOff(attempts));
      }
    }
  }

  function report(state) {
    change(typeof state === "string" ? { state, problem: undefined } : { state: "waiting", problem: state });
  }

  function gather(event) {
    gathered.unshift(event);
    timer ??= setTimeout(draw, GATHER);
  }

  function draw() {
    const { rows, withheld, missed, paused, more } = shown.get();
    const fresh = gathered;
    gathered = [];
    timer = undefined;
    change(
      paused
        ? { withheld: [...fresh, ...withheld].slice(0, KEPT), missed: missed + fresh.length }
        : { rows: [...fresh, ...rows].slice(0, KEPT), more: more || fresh.length + rows.length > KEPT },
    );
  }

  function resume() {
    const { rows, withheld, missed, cut, more } = shown.get();
    if (cut) {
      change({ paused: false });
      load();
    } else {
      const known = missed > withheld.length ? [] : rows;
      const left = missed + rows.length > KEPT;
      change({ paused: false, rows: [...withheld, ...known].slice(0, KEPT), withheld: [], missed: 0, more: more || left });
    }
  }

  /** Pauses, and appends a page of older events. Drops the newest ones above the limit. */
  async function older() {
    change({ paused: true });
    try {
      const found = await page({ before: shown.get().rows.at(-1).position });
      const rows = [...shown.get().rows, ...found.events];
      const cut = shown.get().cut || rows.length > KEPT;
      change({ rows: rows.slice(-KEPT), more: found.more, cut, problem: undefined });
    } catch (problem) {
      change({ problem });
    }
  }

  function end() {
    ended = true;
    clearTimeout(timer);
    stop();
  }

  load();
  return { shown, pause: () => change({ paused: true }), resume, older, end };
}

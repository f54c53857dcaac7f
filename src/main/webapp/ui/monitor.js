/**
 * The one poll of the console: status and subscriptions every two seconds, kept for ten minutes, whatever page is open. It is
 * also what notices that the server went away, and that it is back: `returns` counts how often it came back.
 */

import { status, subscriptions, Unreachable } from "./api.js";
import { store, useLoad, useStore } from "./store.js";

const EVERY = 2_000;
const LONGEST_WAIT = 10_000;
const SAMPLES = 300;

/**
 * status, subscriptions: undefined before the first answer; problem: why the last answer refused; away: undefined, or
 * `{ seconds }` until the next attempt; samples: `{ at, rate, undecided, lags }`, with nulls where nothing was known.
 */
export const monitor = store({ samples: [], returns: 0 });

let failures = 0;
let wake = () => {};

/** How long to wait after so many failures in a row, in milliseconds. */
export const backOff = (attempts) => Math.min(LONGEST_WAIT, 1_000 * 2 ** Math.min(attempts, 4));

/** Asks at once, as after something was changed. */
export const refresh = () => wake();

async function look() {
  const before = monitor.get();
  try {
    const [log, all] = await Promise.all([status(), subscriptions()]);
    failures = 0;
    const returns = before.returns + (before.away ? 1 : 0);
    monitor.set({ status: log, subscriptions: all, samples: kept(before.samples, sample(log, all)), returns });
  } catch (problem) {
    const gone = problem instanceof Unreachable || problem.status >= 500;
    failures += gone ? 1 : 0;
    const away = gone ? { seconds: backOff(failures - 1) / 1_000 } : undefined;
    monitor.set({ ...before, samples: kept(before.samples, UNKNOWN()), away, problem: gone ? undefined : problem });
  }
}

const kept = (samples, next) => [...samples, next].slice(-SAMPLES);
const now = () => Date.now() / 1_000;
const UNKNOWN = () => ({ at: now(), rate: null, undecided: null, lags: {} });

const sample = (log, all) => ({
  at: now(),
  rate: log.eventsPerSecond,
  undecided: Math.max(0, log.lastPosition - log.highWaterMark),
  lags: Object.fromEntries(all.map((it) => [it.name, it.lagEvents])),
});

/** Polls for as long as the page is open. */
export async function watchServer() {
  for (;;) {
    await look();
    await new Promise((go) => {
      wake = go;
      setTimeout(go, failures ? backOff(failures - 1) : EVERY);
    });
  }
}

/** Like `useLoad`, and loads again when the server came back. */
export function useServer(load, dependencies) {
  const { returns } = useStore(monitor);
  return useLoad(load, [...dependencies, returns]);
}

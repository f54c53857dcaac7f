/**
 * The only poll of the console: status and subscriptions every two seconds, kept for ten minutes, on every page. It also detects
 * that the server is unreachable and that it is back: `returns` counts how often it came back.
 */

import { status, subscriptions, Unreachable } from "./api.js";
import { store, useLoad, useStore } from "./store.js";

const EVERY = 2_000;
const LONGEST_WAIT = 10_000;
const SAMPLES = 300;

/**
 * status, subscriptions: undefined before the first answer; problem: the error of the last answer; away: undefined, or
 * `{ seconds }` until the next attempt; samples: `{ at, rate, undecided, lags }`, with nulls while the server was unreachable.
 */
export const monitor = store({ samples: [], returns: 0 });

let failures = 0;
let wake = () => {};

/** The delay after a number of failures in a row, in milliseconds. */
export const backOff = (attempts) => Math.min(LONGEST_WAIT, 1_000 * 2 ** Math.min(attempts, 4));

/** Polls at once, for example after a change. */
export const refresh = () => wake();

async function poll() {
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

/** Polls as long as the page is open. */
export async function watchServer() {
  for (;;) {
    await poll();
    await new Promise((go) => {
      wake = go;
      setTimeout(go, failures ? backOff(failures - 1) : EVERY);
    });
  }
}

/** Like `useLoad`; also loads again when the server is back. */
export function useServer(load, dependencies) {
  const { returns } = useStore(monitor);
  return useLoad(load, [...dependencies, returns]);
}

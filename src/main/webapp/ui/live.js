/** The live tail of the log: server-sent events that go on after a break exactly where they ended. */

import { liveAddress, whyRefused } from "./api.js";
import { readEvent } from "./json.js";
import { backOff, monitor } from "./monitor.js";

/** Answers that will be the same next time: the place is no place of this log. */
const FINAL = [400, 409];

/**
 * Follows the log.
 *
 * @param filter category and type, each possibly empty
 * @param after LOG:POSITION; every matching event behind it is told once, in order
 * @param tell called with each event
 * @param report called with "live" or "waiting", or with the problem for which the server refuses to go on
 * @returns how to end it
 */
export function follow(filter, after, tell, report) {
  let position = after;
  let failures = 0;
  let returns = monitor.get().returns;
  let source;
  let timer;
  let ended = false;

  const address = () => liveAddress({ ...filter, after: position });

  function open() {
    source = new EventSource(address());
    source.onopen = () => {
      failures = 0;
      report("live");
    };
    source.onmessage = (message) => {
      position = message.lastEventId;
      tell(readEvent(message.data));
    };
    source.onerror = () => {
      source.close();
      report("waiting");
      wait();
    };
  }

  function wait() {
    timer = setTimeout(again, backOff(failures++));
  }

  /** A browser does not tell why a stream failed: ask, before it is opened again. */
  async function again() {
    clearTimeout(timer);
    timer = undefined;
    const problem = await whyRefused(address());
    if (ended) {
      return;
    }
    if (!problem) {
      open();
      return;
    }
    report(problem);
    if (!FINAL.includes(problem.status)) {
      wait();
    }
  }

  const unwatch = monitor.watch((state) => {
    if (state.returns > returns && timer) {
      again();
    }
    returns = state.returns;
  });

  open();
  return () => {
    ended = true;
    unwatch();
    source.close();
    clearTimeout(timer);
  };
}

/** The live tail of the log: server-sent events that go on after a break exactly where they ended. */

import { liveAddress, whyRefused } from "./api.js";
import { readEvent } from "./json.js";
import { backOff } from "./monitor.js";

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
  let source;
  let timer;

  const address = () => liveAddress({ ...filter, after: position });

  function open() {
    source = new EventSource(address());
    source.onopen = () => {
      failures = 0;
      report("live");
    };
    source.addEventListener("event", (message) => {
      position = message.lastEventId || position;
      tell(readEvent(message.data));
    });
    source.onerror = () => {
      source.close();
      report("waiting");
      timer = setTimeout(again, backOff(failures++));
    };
  }

  /** A browser does not tell why a stream failed: ask, before trying for good. */
  async function again() {
    const asked = timer;
    try {
      await whyRefused(address());
    } catch (problem) {
      report(problem);
      return;
    }
    if (asked === timer) {
      open();
    }
  }

  open();
  return () => {
    source.close();
    clearTimeout(timer);
    timer = undefined;
  };
}

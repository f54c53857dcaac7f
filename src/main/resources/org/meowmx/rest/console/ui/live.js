/** The live tail of the log: server-sent events that resume exactly where a connection was lost. */

import { liveAddress, whyRefused } from "./api.js";
import { readEvent } from "./json.js";
import { backOff, monitor } from "./monitor.js";

/** The status of errors that a retry cannot resolve: the position is not in this log. */
const FINAL = [400, 409];

/**
 * Follows the log while the page is visible. A browser opens at most six connections to a host over HTTP/1.1, for all tabs together:
 * a hidden tab closes its connection, so that another tab is not blocked, and continues where it stopped when it is shown again.
 *
 * @param filter category and type, each possibly empty
 * @param after a cursor; each matching event after it is reported once, in order
 * @param tell called with each event
 * @param report called with "live" or "waiting", or with the problem with which the server refuses the tail
 * @returns a function that ends it
 */
export function follow(filter, after, tell, report) {
  let position = after;
  let failures = 0;
  let returns = monitor.get().returns;
  let source;
  let timer;
  let attempts = 0;
  let ended = false;

  const address = () => liveAddress({ ...filter, after: position });

  function open() {
    if (document.hidden) {
      return;
    }
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

  function close() {
    source?.close();
    clearTimeout(timer);
    timer = undefined;
    attempts++;
  }

  function onVisibility() {
    close();
    if (!document.hidden) {
      report("waiting");
      again();
    }
  }

  function wait() {
    timer = setTimeout(again, backOff(failures++));
  }

  /** A browser does not report why a stream failed: ask the server before opening it again. */
  async function again() {
    clearTimeout(timer);
    timer = undefined;
    const attempt = ++attempts;
    const problem = await whyRefused(address());
    if (ended || attempt !== attempts) {
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

  document.addEventListener("visibilitychange", onVisibility);
  open();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", onVisibility);
    unwatch();
    close();
  };
}

/** A value that components watch, and a hook that loads something. */

import { useEffect, useState } from "./h.js";

/** A value with `get`, `set(next)` and `watch(listener)`, which returns a function that stops watching. */
export function store(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      listeners.forEach((listener) => listener(next));
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The value of a store, in a component that is rendered again when it changes. */
export function useStore(watched) {
  const [, setSeen] = useState(watched.get());
  useEffect(() => watched.watch((next) => setSeen(() => next)), [watched]);
  return watched.get();
}

/**
 * Loads when the dependencies change. The previous value stays visible until the next answer arrives.
 *
 * @param load returns a promise
 * @returns {{ value, problem, loading }} value and problem are undefined at first
 */
export function useLoad(load, dependencies) {
  const [state, setState] = useState({ loading: true });
  useEffect(() => {
    let current = true;
    setState((before) => ({ ...before, loading: true }));
    load().then(
      (value) => current && setState({ value, loading: false }),
      (problem) => current && setState((before) => ({ value: before.value, problem, loading: false })),
    );
    return () => {
      current = false;
    };
  }, dependencies);
  return state;
}

/**
 * Places of the console, kept in the fragment of the address: `#/streams/order/4711?from=2`. Every segment and every value is
 * percent-encoded, so that any id can be a link.
 */

import { store } from "./store.js";

/** A query without empty values, for the API and the console. A list becomes a repeated name. */
export function query(parameters) {
  const pairs = Object.entries(parameters)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
    .filter(([, value]) => value !== undefined && value !== null && value !== "");
  return pairs.length ? "?" + pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&") : "";
}

/** An address within the console. */
export const link = (segments, parameters = {}) => "#/" + segments.map(encodeURIComponent).join("/") + query(parameters);

export const eventLink = (id) => link(["events", id]);
export const streamLink = (category, id, parameters) => link(["streams", category, id], parameters);
export const subscriptionLink = (name) => link(["subscriptions", name]);
export const parkedLink = (name) => link(name ? ["parked", name] : ["parked"]);

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const parameters = new URLSearchParams(search);
  const segments = path.split("/").filter(Boolean).map(decoded);
  return {
    page: segments[0] ?? "overview",
    segments: segments.slice(1),
    get: (name) => parameters.get(name) ?? "",
    all: (name) => parameters.getAll(name),
  };
}

/** Where the viewer is: `page`, further `segments`, and the parameters by `get(name)` and `all(name)`. */
export const route = store(parse(location.hash));

addEventListener("hashchange", () => route.set(parse(location.hash)));

/** Goes to a link; with `replace`, without a step in the browser's history. */
export function go(to, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, "", to);
    route.set(parse(to));
  } else {
    location.hash = to;
  }
}

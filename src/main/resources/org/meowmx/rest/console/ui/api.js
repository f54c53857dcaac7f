/** Requests to the REST API, and their failures. */

import { readEvent, readEvents } from "./json.js";
import { query } from "./route.js";

/** The timeout of a read, in milliseconds. A change has none, because it may wait for handlers. */
const PATIENCE = 20_000;

/** An error answer as RFC 9457 problem details: `status`, `name`, and all fields in `facts`. */
export class Problem extends Error {
  constructor(status, facts, role) {
    super(sentence(status, facts, role));
    this.status = status;
    this.facts = facts;
    this.name = String(facts.type ?? "").replace(/^.*:/, "");
  }
}

/** No answer, or one of a proxy, or of a server that has not deployed the application yet. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
  }
}

function sentence(status, facts, role) {
  if (status === 401) {
    return "You are not signed in. Load the page again to sign in.";
  }
  if (status === 403 && !String(facts.type).endsWith("forged-request")) {
    return `This requires the role ${facts.role ?? role}, which you do not have.`;
  }
  return [facts.title, facts.detail].filter(Boolean).join(": ") || `The server answered with status ${status}.`;
}

async function request(method, address, body) {
  const headers = { Accept: "application/json, application/problem+json" };
  if (method !== "GET") {
    headers["X-Requested-With"] = "meowmx-console";
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  const answer = await fetch("api/" + address, {
    method,
    headers,
    body: body && JSON.stringify(body),
    cache: "no-store",
    signal: method === "GET" ? AbortSignal.timeout(PATIENCE) : undefined,
  }).catch(() => undefined);
  const text = await answer?.text().catch(() => undefined);
  if (text === undefined) {
    throw new Unreachable();
  }
  if (!answer.ok) {
    const facts = factsOf(text);
    throw isForeign(answer.status, facts)
      ? new Unreachable()
      : new Problem(answer.status, facts, method === "GET" ? "meowmx-reader" : "meowmx-operator");
  }
  return { text, more: (answer.headers.get("Link") ?? "").includes('rel="next"') };
}

const isForeign = (status, facts) => !facts.type && (status === 404 || status >= 502);

function factsOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

const path = (...segments) => segments.map(encodeURIComponent).join("/");
/** A stream is named in the query: a browser removes the ids `.` and `..` from a path, and a proxy may refuse an encoded slash. */
const ofParked = (subscription, { category, streamId }) => query({ subscription, category, id: streamId });
const get = async (address, read = JSON.parse) => read((await request("GET", address)).text);

/** A page of events; `more` is whether another page follows. A page may end before its limit if events are large. */
const page = async (address) => {
  const { text, more } = await request("GET", address);
  return { ...readEvents(text), more };
};

const change = async (method, address, body) => {
  const { text } = await request(method, address, body);
  return text ? JSON.parse(text) : undefined;
};

export const status = () => get("status");
export const categories = (parameters) => get("categories" + query(parameters));
export const streams = (parameters) => get("streams" + query(parameters));
export const stream = (category, id, parameters) => page("stream" + query({ category, id, ...parameters }));
export const events = (parameters) => page("events" + query(parameters));
export const event = (id) => get(path("events", id), readEvent);
export const subscriptions = async () => (await get("subscriptions")).subscriptions;
export const parked = async (name, parameters) => (await get(path("subscriptions", name, "parked") + query(parameters))).parked;
export const parkedStream = (name, stream) => get("parked-stream" + ofParked(name, stream));

/** The address of the live tail; `after` is a cursor. */
export const liveAddress = (parameters) => "api/events/live" + query(parameters);

/** The problem with which the server refuses a tail; undefined if it does not refuse it or does not answer. */
export async function whyRefused(address) {
  const stop = new AbortController();
  const answer = await fetch(address, { signal: stop.signal }).catch(() => undefined);
  const facts = answer?.ok === false ? factsOf(await answer.text().catch(() => "")) : {};
  stop.abort();
  const refused = answer && answer.status >= 400 && answer.status < 500 && !isForeign(answer.status, facts);
  return refused ? new Problem(answer.status, facts, "meowmx-reader") : undefined;
}

export const pause = (name) => change("POST", path("subscriptions", name, "pause"));
export const resume = (name) => change("POST", path("subscriptions", name, "resume"));
export const replayEffects = (name) => get(path("subscriptions", name, "replay"));
export const replay = (name) => change("POST", path("subscriptions", name, "replay"));
export const reposition = (name, to) => change("POST", path("subscriptions", name, "position"), to);
export const changeSegments = (name, to) => change("POST", path("subscriptions", name, "segments"), { count: to });
export const switchTo = ({ projection, number }, evenIfFailing) =>
  change("POST", path("subscriptions", projection, "versions", number, "switch") + query({ evenIfFailing }));
export const retire = ({ projection, number }) => change("POST", path("subscriptions", projection, "versions", number, "retire"));
export const rename = (name, to) => change("POST", path("subscriptions", name, "name"), { name: to });
export const remove = (name) => change("DELETE", path("subscriptions", name));

/** Resolves a parked stream: `how` is retry, skip or discard. */
export const settle = (name, stream, how) => change("POST", `parked-stream/${how}` + ofParked(name, stream));

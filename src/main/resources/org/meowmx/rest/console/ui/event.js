/** One event: its data and metadata, its stream, its cause and its effects. */

import { el, Fragment, h } from "./h.js";
import { event, events } from "./api.js";
import { useServer } from "./monitor.js";
import { card, json, name, nothing, problemOf, streamOf } from "./parts.js";
import { eventLink } from "./route.js";
import { number, timeOf } from "./time.js";

/** The largest number of correlated events that are searched for the cause and the effects. */
const MOST = 500;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The cause and effects of an event. The first event of a request has no correlation id; its effects have its id as theirs. */
async function family(of) {
  const correlation = of.metadata.correlationId ?? of.id;
  const { events: caused, more } = await events({ correlation, limit: MOST });
  const cause = of.metadata.causationId;
  return {
    cause: caused.find((it) => it.id === cause) ?? (UUID.test(cause ?? "") ? await event(cause) : undefined),
    effects: caused.filter((it) => it.metadata.causationId === of.id),
    more,
  };
}

const oneLine = (it) =>
  el.li(el.a({ href: eventLink(it.id) }, name(it.type)), " in ", streamOf(it.category, it.streamId), " ", timeOf(it.recordedAt));

function Family({ of }) {
  const { value, problem } = useServer(() => family(of), [of.id]);
  const list = (title, found, none) => [el.h3(title), found.length ? el.ul({ class: "plain" }, found.map(oneLine)) : nothing(none)];
  if (problem) {
    return el.section(el.h3("Cause and effects"), problem.status === 404 ? nothing("The cause is not in this log.") : problemOf(problem));
  }
  return el.section(
    { class: "family" },
    value && list("Cause", value.cause ? [value.cause] : [], "Not caused by another event."),
    value && list("Effects", value.effects, value.more ? "None found." : "This event caused no other event."),
    value?.more && nothing("The request has more events than are searched here."),
  );
}

const facts = (it) => [
  ["Stream", streamOf(it.category, it.streamId, { version: it.version })],
  ["Version", number(it.version)],
  ["Position", number(it.position)],
  ["Recorded", timeOf(it.recordedAt, "full")],
  ["Id", el.a({ href: eventLink(it.id) }, el.code(it.id))],
];

const list = (entries) =>
  el.dl({ class: "facts" }, entries.map(([term, value]) => h(Fragment, { key: term }, el.dt(term), el.dd(value))));

/** The details of an event, for its own page or next to a list. */
export function EventDetails({ event: it }) {
  const metadata = Object.entries(it.metadata);
  return el.div(
    { class: "details" },
    list(facts(it)),
    el.h3("Data"),
    json(it.data),
    el.h3("Metadata"),
    metadata.length ? list(metadata.map(([key, value]) => [name(key), name(value)])) : nothing("None."),
    h(Family, { key: it.id, of: it }),
  );
}

export function EventPage({ id }) {
  const { value, problem } = useServer(() => event(id), [id]);
  return [
    el.h1(value ? name(value.type) : "Event"),
    problem?.status === 404 ? nothing("Event not found.") : problemOf(problem),
    value && card("Event", h(EventDetails, { event: value })),
  ];
}

/** A stream: its history on a timeline, the selected event, and the difference of the data of two versions. */

import { el, h, useEffect, useState } from "./h.js";
import { stream } from "./api.js";
import { EventDetails } from "./event.js";
import { difference } from "./json.js";
import { useServer } from "./monitor.js";
import { button, card, categoryLink, name, nothing, problemOf, Typed } from "./parts.js";
import { link, route, streamLink } from "./route.js";
import { useStore } from "./store.js";
import { count, duration, number, secondsBetween, timeOf } from "./time.js";

const PAGE = 100;

/** The dots of a timeline: each event at its time between the first and the last event. */
function strip(events) {
  const [first, last] = [events[0], events.at(-1)].map((event) => Date.parse(event.recordedAt));
  const x = (event) => 1 + (98 * (Date.parse(event.recordedAt) - first)) / (last - first || 1);
  return el.svg(
    { class: "strip", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    el.line({ x1: 0, y1: 2, x2: 100, y2: 2 }),
    events.map((event) => el.line({ class: "dot", x1: x(event), y1: 0.6, x2: x(event), y2: 3.4 })),
  );
}

function step(event, before, chosen, place) {
  const gap = before && secondsBetween(before.recordedAt, event.recordedAt);
  return el.li(
    { key: event.version, class: event.version === chosen ? "chosen" : "" },
    gap >= 1 && el.span({ class: "gap" }, `${duration(gap)} later`),
    el.a(
      { href: streamLink(event.category, event.streamId, { version: event.version, with: place.get("with") }), "aria-current": event.version === chosen ? "true" : undefined },
      el.span({ class: "version" }, number(event.version)),
      name(event.type),
    ),
    timeOf(event.recordedAt),
  );
}

function Difference({ category, id, versions: [from, to] }) {
  const at = async (version) => (await stream(category, id, { from: version, to: version })).events[0];
  const { value, problem } = useServer(() => Promise.all([at(from), at(to)]), [from, to]);
  if (problem) {
    return problemOf(problem);
  }
  if (!value?.every(Boolean)) {
    return value ? nothing("Version not found.") : nothing("Loading…");
  }
  const lines = difference(value[0].data, value[1].data);
  const signs = { same: "  ", added: "+ ", removed: "- " };
  return [
    el.p("From ", name(value[0].type), ` in version ${number(from)} to `, name(value[1].type), ` in version ${number(to)}`,
      lines.every((line) => line.kind === "same") ? ": no difference." : "."),
    el.pre({ class: "code diff", tabindex: 0 }, lines.map((line) => el.span({ class: line.kind }, signs[line.kind] + line.text + "\n"))),
  ];
}

/** Compares two versions; the second one is selected in the timeline. */
function compare(category, id, chosen, other, last) {
  const go = (changed) => {
    location.hash = streamLink(category, id, { version: chosen, with: changed.target.value });
  };
  return card(
    "Difference",
    h(Typed, { label: "Compare with version", type: "number", min: 1, max: last, value: other, onchange: go }),
    h(Difference, { key: `${other} ${chosen}`, category, id, versions: [other, chosen] }),
  );
}

/** Newer events followed by older ones, newest first. Omits the older ones if events in between are missing. */
function joined(newer, older) {
  const next = older.findIndex((event) => event.version === newer.at(-1)?.version - 1);
  return next < 0 ? newer : [...newer, ...older.slice(next)];
}

/** The newest events of the stream, and older ones on demand. A selected version that is not among them is loaded separately. */
function useHistory(category, id, chosen) {
  const [seen, setSeen] = useState([]);
  const [refusal, setRefusal] = useState();
  const page = (more) => stream(category, id, { ...more, direction: "backward", limit: PAGE });
  const { value, problem } = useServer(() => page(), [category, id]);
  useEffect(() => setRefusal(undefined), [value]);
  const events = joined(value?.events ?? [], seen);
  const known = events.find((event) => event.version === chosen);
  const single = useServer(
    async () => (value && chosen && !known ? (await stream(category, id, { from: chosen, to: chosen })).events[0] : undefined),
    [value, chosen],
  );

  async function older() {
    try {
      const found = await page({ to: events.at(-1).version - 1 });
      setSeen(joined(events, found.events));
      setRefusal(undefined);
    } catch (refused) {
      setRefusal(refused);
    }
  }

  return {
    version: value?.version,
    events: [...events].reverse(),
    problem: problem ?? refusal,
    chosenEvent: known ?? single.value,
    older,
  };
}

export function StreamPage({ category, id }) {
  const place = useStore(route);
  const asked = Number(place.get("version")) || undefined;
  const { version, events, problem, chosenEvent, older } = useHistory(category, id, asked);
  const chosen = asked ?? version;
  const shown = chosenEvent ?? (asked ? undefined : events.at(-1));
  const other = Number(place.get("with")) || Math.max(1, chosen - 1);
  return [
    el.p({ class: "crumbs" }, el.a({ href: link(["streams"]) }, "Streams"), " / ",
      el.a({ href: link(["streams", category]) }, name(category)), " / "),
    el.h1(name(id)),
    problemOf(problem),
    version === 0 && nothing("This stream has no events."),
    version > 0 && el.div(
      { class: "history" },
      el.div(
        el.section(
          { class: "card timeline" },
          el.h2("History"),
          el.p({ class: "hint" }, `${count(version, "event")}. `, el.a({ href: categoryLink(category) }, "Category in the log")),
          strip(events),
          el.ol(events.map((event, index) => step(event, events[index - 1], chosen, place)).reverse()),
          events[0].version > 1 && button("Older events", older),
        ),
        version > 1 && compare(category, id, chosen, other, version),
      ),
      shown
        ? card(el.span(`Version ${number(shown.version)}: `, name(shown.type)), h(EventDetails, { event: shown }))
        : nothing("Version not found."),
    ),
  ];
}

/** A stream: its history on a timeline, an event of it, and how its data differ between two versions. */

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

/** The dots of a timeline: where in the time between the first and the last event each was recorded. */
function strip(events) {
  const [first, last] = [events[0], events.at(-1)].map((it) => Date.parse(it.recordedAt));
  const x = (it) => 1 + (98 * (Date.parse(it.recordedAt) - first)) / (last - first || 1);
  return el.svg(
    { class: "strip", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    el.line({ x1: 0, y1: 2, x2: 100, y2: 2 }),
    events.map((it) => el.line({ class: "dot", x1: x(it), y1: 0.6, x2: x(it), y2: 3.4 })),
  );
}

function step(it, before, chosen, place) {
  const gap = before && secondsBetween(before.recordedAt, it.recordedAt);
  return el.li(
    { key: it.version, class: it.version === chosen ? "chosen" : "" },
    gap >= 1 && el.span({ class: "gap" }, `${duration(gap)} later`),
    el.a(
      { href: streamLink(it.category, it.streamId, { version: it.version, with: place.get("with") }), "aria-current": it.version === chosen ? "true" : undefined },
      el.span({ class: "version" }, number(it.version)),
      name(it.type),
    ),
    timeOf(it.recordedAt),
  );
}

function Difference({ category, id, versions: [from, to] }) {
  const at = async (version) => (await stream(category, id, { from: version, to: version })).events[0];
  const { value, problem } = useServer(() => Promise.all([at(from), at(to)]), [from, to]);
  if (problem) {
    return problemOf(problem);
  }
  if (!value?.every(Boolean)) {
    return value ? nothing("There is no such version.") : nothing("Loading…");
  }
  const lines = difference(value[0].data, value[1].data);
  const signs = { same: "  ", added: "+ ", removed: "- " };
  return [
    el.p("From ", name(value[0].type), ` in version ${number(from)} to `, name(value[1].type), ` in version ${number(to)}`,
      lines.every((it) => it.kind === "same") ? ": no difference." : "."),
    el.pre({ class: "code diff", tabindex: 0 }, lines.map((it) => el.span({ class: it.kind }, signs[it.kind] + it.text + "\n"))),
  ];
}

/** Two versions to choose; the second is the one that the timeline has chosen. */
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

/** Newer events with the older ones behind them, newest first; without these when events are missing in between. */
function joined(newer, older) {
  const next = older.findIndex((it) => it.version === newer.at(-1)?.version - 1);
  return next < 0 ? newer : [...newer, ...older.slice(next)];
}

/** The newest events of the stream, and older ones on demand; a chosen version that is further back is loaded by itself. */
function useHistory(category, id, chosen) {
  const [seen, setSeen] = useState([]);
  const [refusal, setRefusal] = useState();
  const page = (more) => stream(category, id, { ...more, direction: "backward", limit: PAGE });
  const { value, problem } = useServer(() => page(), [category, id]);
  useEffect(() => setRefusal(undefined), [value]);
  const events = joined(value?.events ?? [], seen);
  const known = events.find((it) => it.version === chosen);
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
          el.p({ class: "hint" }, `${count(version, "event")}. `, el.a({ href: categoryLink(category) }, "Its category in the log")),
          strip(events),
          el.ol(events.map((it, index) => step(it, events[index - 1], chosen, place)).reverse()),
          events[0].version > 1 && button("Older events", older),
        ),
        version > 1 && compare(category, id, chosen, other, version),
      ),
      shown
        ? card(el.span(`Version ${number(shown.version)}: `, name(shown.type)), h(EventDetails, { event: shown }))
        : nothing("There is no such version."),
    ),
  ];
}

/** Log: a live tail with pause and filters, and the selected event next to the list. */

import { el, h, useEffect, useLayoutEffect, useRef, useState } from "./h.js";
import { categories, event } from "./api.js";
import { EventDetails } from "./event.js";
import { monitor, useServer } from "./monitor.js";
import { badge, button, name, preview, problemOf, streamOf, Typed } from "./parts.js";
import { go, link, route } from "./route.js";
import { useStore } from "./store.js";
import { KEPT, NO_TAIL, startTail } from "./tail.js";
import { count, number, timeOf } from "./time.js";

/** The address of this page with another filter or event. */
const here = (filter, opened) => link(["log"], { ...filter, event: opened });

/** Types are separated by commas. */
const typesOf = (text) => text.split(",").map((type) => type.trim()).filter(Boolean);

function Filters({ filter, opened, types }) {
  const { value } = useServer(() => categories({ limit: 1000 }), []);
  const narrow = (more) => go(here({ ...filter, ...more }, opened));
  const options = (values) => values.map((it) => el.option({ value: it }));
  return el.form(
    { class: "filters", role: "search", onsubmit: (submitted) => submitted.preventDefault() },
    h(Typed, {
      label: "Category", list: "categories", value: filter.category, placeholder: "all",
      onchange: (changed) => narrow({ category: changed.target.value.trim() }),
    }),
    h(Typed, {
      label: "Types, separated by commas", list: "types", value: filter.type.join(", "), placeholder: "all",
      onchange: (changed) => narrow({ type: typesOf(changed.target.value) }),
    }),
    el.datalist({ id: "categories" }, options((value?.categories ?? []).map((it) => it.category))),
    el.datalist({ id: "types" }, options(types)),
    (filter.category || filter.type.length > 0) && button("Clear", () => narrow({ category: "", type: [] })),
  );
}

function Controls({ tail, shown }) {
  const { paused, missed, state } = shown;
  const word = { loading: "Loading…", waiting: "Connecting…", live: "Live" }[state];
  return el.div(
    { class: "controls" },
    el.span({ role: "status" }, paused ? badge("busy", "Paused") : badge(state === "live" ? "fine" : "quiet", word)),
    paused && el.span({ class: "hint" }, `${number(missed)} withheld`),
    paused ? button("Resume", tail.resume, { class: "primary" }) : button("Pause", tail.pause, { disabled: state === "loading" }),
  );
}

/** Arrow keys, Home and End go from row to row. */
function move(pressed) {
  const links = [...pressed.currentTarget.querySelectorAll("a.open")];
  const at = links.indexOf(pressed.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[pressed.key];
  if (at >= 0 && to !== undefined) {
    pressed.preventDefault();
    links[Math.min(Math.max(to, 0), links.length - 1)].focus();
  }
}

const HEADINGS = [["Time", "when"], ["Type", "type"], ["Stream", "of"], ["Data", "what"], ["Position", "number"]];

const row = (it, filter, opened) =>
  el.div(
    { key: it.position, role: "row", class: it.id === opened ? "row opened" : "row" },
    el.span({ role: "cell", class: "when" }, timeOf(it.recordedAt, "brief")),
    el.span(
      { role: "cell", class: "type" },
      el.a({ class: "open", href: here(filter, it.id), "aria-current": it.id === opened ? "true" : undefined }, name(it.type)),
    ),
    el.span({ role: "cell", class: "of" }, streamOf(it.category, it.streamId)),
    el.span({ role: "cell", class: "what" }, preview(it.data)),
    el.span({ role: "cell", class: "number" }, number(it.position)),
  );

/** Draws unchanged rows once: Preact does not touch an element that it receives again. */
function useRows(rows, filter, opened) {
  const drawn = useRef(new Map());
  const place = here(filter, "");
  const before = drawn.current.place === place ? drawn.current : new Map();
  const after = new Map(rows.map((it) => {
    const key = `${it.id} ${it.id === opened}`;
    return [key, before.get(key) ?? row(it, filter, opened)];
  }));
  after.place = place;
  drawn.current = after;
  return [...after.values()];
}

function Rows({ rows, filter, opened }) {
  return el.div(
    { class: "events", role: "table", "aria-label": "Events, newest first", onkeydown: move },
    el.div({ role: "rowgroup" }, el.div({ role: "row", class: "row head" },
      HEADINGS.map(([heading, kind]) => el.span({ role: "columnheader", class: kind }, heading)))),
    el.div({ role: "rowgroup" }, useRows(rows, filter, opened)),
  );
}

function Opened({ id, close }) {
  const { value, problem } = useServer(() => event(id), [id]);
  const heading = useRef();
  useEffect(() => {
    if (matchMedia("(max-width: 900px)").matches) {
      heading.current.focus();
    }
  }, [id]);
  return el.aside(
    { class: "card opened-event", "aria-label": "Event" },
    el.div(
      { class: "title" },
      el.h2({ tabindex: -1, ref: heading }, value ? name(value.type) : "Event"),
      button("Close", close, { "aria-keyshortcuts": "Escape" }),
    ),
    problemOf(problem),
    value && h(EventDetails, { event: value }),
  );
}

/** The tail of matching events. Another filter or another log starts a new one. */
function useTail(filter, log) {
  const [tail, setTail] = useState(NO_TAIL);
  useEffect(() => {
    if (log) {
      const started = startTail(filter);
      setTail(started);
      return started.end;
    }
  }, [JSON.stringify(filter), log]);
  return tail;
}

export function LogPage() {
  const place = useStore(route);
  const filter = { category: place.get("category"), type: place.all("type") };
  const opened = place.get("event") || undefined;
  const tail = useTail(filter, useStore(monitor).status?.log);
  const shown = useStore(tail.shown);
  const { rows, more, problem, state } = shown;
  const opener = useRef();

  function close() {
    opener.current = document.querySelector(".row.opened a.open");
    go(here(filter));
  }

  /** Not earlier: in a narrow window the list is hidden while an event is open, and cannot receive the focus. */
  useLayoutEffect(() => {
    if (!opened) {
      opener.current?.focus();
      opener.current = undefined;
    }
  }, [opened]);

  return el.div(
    { onkeydown: (pressed) => pressed.key === "Escape" && opened && close() },
    el.h1("Log"),
    el.div(
      { class: "toolbar" },
      h(Filters, { filter, opened, types: [...new Set(rows.map((it) => it.type))].sort() }),
      h(Controls, { tail, shown }),
    ),
    problemOf(problem),
    el.div(
      { class: opened ? "beside" : "" },
      el.section(
        { class: "card list", "aria-label": "Events" },
        rows.length > 0 && h(Rows, { rows, filter, opened }),
        rows.length === 0 && el.p(state === "live" ? "No matching events yet. New events appear here." : "Loading…"),
        more && el.p(button("Older events", tail.older)),
        rows.length >= KEPT && el.p({ class: "hint" }, `The list is limited to ${count(KEPT, "event")}.`),
      ),
      opened && h(Opened, { id: opened, close }),
    ),
  );
}

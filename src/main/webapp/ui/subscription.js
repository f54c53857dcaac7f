/** One subscription: its state, segments, nodes, lag and last failure, and what an operator can do. */

import { el } from "./h.js";
import { chart } from "./charts.js";
import { monitor } from "./monitor.js";
import { askPause, askRemove, askRename, askReplay, askReposition, askResume, askSegments } from "./operations.js";
import { button, card, failureOf, name, nothing, stateOf, table } from "./parts.js";
import { link, parkedLink } from "./route.js";
import { useStore } from "./store.js";
import { count, duration, number, timeOf } from "./time.js";

function actions(it) {
  if (!it.declared) {
    return [button("Rename…", () => askRename(it)), button("Delete…", () => askRemove(it), { class: "grave" })];
  }
  const paused = it.state === "paused";
  return [
    paused ? button("Resume…", () => askResume(it), { class: "primary" }) : button("Pause…", () => askPause(it)),
    button("Replay…", () => askReplay(it)),
    button("Reposition…", () => askReposition(it), { disabled: !paused, title: paused ? undefined : "Pause it first" }),
    button("Segments…", () => askSegments(it), { disabled: paused, title: paused ? "Resume it first" : undefined }),
  ];
}

const facts = (it) => [
  ["State", stateOf(it)],
  ["Position", number(it.position)],
  ["Lag", it.lagEvents ? `${count(it.lagEvents, "event")}, ${duration(it.lagSeconds)}` : "none"],
  ["Parked streams", it.parkedStreams ? el.a({ href: parkedLink(it.name) }, number(it.parkedStreams)) : "none"],
];

const SEGMENTS = [["Slices", ""], ["Position", "number"], ["Node", ""], ["Failed attempts", "number"], ["Next attempt", ""], ["Last failure", "failed"]];

const segment = (it) => [
  `${it.firstSlice} to ${it.lastSlice}`,
  number(it.position),
  it.node ? name(it.node) : "none yet",
  number(it.attempts),
  it.retryAt ? timeOf(it.retryAt) : "as events come",
  it.failure ? failureOf(it.failure) : "none",
];

function lag(it, samples) {
  const data = [samples.map((sample) => sample.at), samples.map((sample) => sample.lags[it.name] ?? null)];
  return el.figure(
    { class: "card" },
    el.figcaption(el.h2("Lag, in events")),
    chart({ label: `Lag of ${it.name}: ${it.lagEvents} events`, names: ["lag"], data, least: 10 }),
  );
}

export function SubscriptionPage({ name: wanted }) {
  const { subscriptions, samples } = useStore(monitor);
  const it = subscriptions?.find((one) => one.name === wanted);
  return [
    el.p({ class: "crumbs" }, el.a({ href: link(["subscriptions"]) }, "Subscriptions"), " / "),
    el.h1(name(wanted)),
    !it && nothing(subscriptions ? "There is no such subscription." : "Asking the server…"),
    it && el.section(
      { class: "card summary", "aria-label": "Summary" },
      el.dl(facts(it).map(([term, value]) => el.div(el.dt(term), el.dd(value)))),
      el.div({ class: "buttons" }, actions(it)),
      !it.declared && el.p({ class: "hint" }, "An orphan: no observer of this application names it. Only its checkpoint is left."),
    ),
    it && lag(it, samples),
    it && card(
      it.segments.length === it.wantedSegments ? "Segments" : `Segments, waiting to become ${number(it.wantedSegments)}`,
      it.segments.length ? table("Segments", SEGMENTS, it.segments.map(segment)) : nothing("It has not started yet."),
    ),
  ];
}

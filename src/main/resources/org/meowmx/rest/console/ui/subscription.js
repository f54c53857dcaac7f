/** One subscription: its state, segments, nodes, lag and last failures, and the actions of an operator. */

import { el } from "./h.js";
import { chart } from "./charts.js";
import { monitor } from "./monitor.js";
import { askPause, askRemove, askRename, askReplay, askReposition, askResume, askRetire, askSegments, askSwitch } from "./operations.js";
import { button, card, failureOf, isWaiting, name, nothing, stateOf, table } from "./parts.js";
import { link, parkedLink } from "./route.js";
import { useStore } from "./store.js";
import { count, duration, number, timeOf } from "./time.js";

const removal = (subscription) => [
  button("Rename…", () => askRename(subscription)),
  button("Delete…", () => askRemove(subscription), { class: "grave" }),
];

/** What an operator can do with a version that does not serve. */
const ofVersion = (subscription) =>
  isWaiting(subscription)
    ? [button("Switch…", () => askSwitch(subscription)), button("Retire…", () => askRetire(subscription), { class: "grave" })]
    : [];

function actions(subscription) {
  if (!subscription.declared) {
    return [...ofVersion(subscription), ...removal(subscription)];
  }
  if (subscription.state === "removed") {
    return [button("Resume…", () => askResume(subscription), { class: "primary" })];
  }
  const paused = subscription.state === "paused";
  return [
    paused ? button("Resume…", () => askResume(subscription), { class: "primary" }) : button("Pause…", () => askPause(subscription)),
    button("Replay…", () => askReplay(subscription)),
    button("Reposition…", () => askReposition(subscription), { disabled: !paused, title: paused ? undefined : "Pause it first" }),
    button("Segments…", () => askSegments(subscription), { disabled: paused, title: paused ? "Resume it first" : undefined }),
    ...ofVersion(subscription),
    ...(subscription.external ? removal(subscription) : []),
  ];
}

function versionOf({ version }) {
  if (version.number === version.serving) {
    return `${version.number}, serves readers`;
  }
  const rate = version.rate === null ? "" : ` at ${number(Math.round(version.rate))} per second`;
  const way = version.distance ? `${count(version.distance, "position")} to go${rate}` : "ready to switch";
  return [
    `${version.number}, while version ${version.serving} serves: ${way}`,
    version.expectedEnd && [", expected end ", timeOf(version.expectedEnd)],
  ];
}

const facts = (subscription) => [
  ["State", stateOf(subscription)],
  ...(subscription.external ? [["Handled by", "external workers"]] : []),
  ...(subscription.version ? [["Version", versionOf(subscription)]] : []),
  ["Position", number(subscription.position)],
  ["Lag", subscription.lagEvents ? `${count(subscription.lagEvents, "event")}, ${duration(subscription.lagSeconds)}` : "none"],
  ...(subscription.operation ? [["Requested", subscription.operation]] : []),
  ["Parked streams", subscription.parkedStreams ? el.a({ href: parkedLink(subscription.name) }, number(subscription.parkedStreams)) : "none"],
];

const SEGMENTS = [["Slices", ""], ["Position", "number"], ["Node or worker", ""], ["Failed attempts", "number"], ["Next retry", ""], ["Last failure", "failed"]];

const holderOf = (segment) =>
  segment.lease
    ? el.span(name(segment.lease.worker), ", lease until ", timeOf(segment.lease.until))
    : segment.node ? name(segment.node) : "none yet";

const rowOf = (segment) => [
  `${segment.firstSlice} to ${segment.lastSlice}`,
  number(segment.position),
  holderOf(segment),
  number(segment.attempts),
  segment.retryAt ? timeOf(segment.retryAt) : "none",
  segment.failure ? failureOf(segment.failure) : "none",
];

function lag(subscription, samples) {
  const data = [samples.map((sample) => sample.at), samples.map((sample) => sample.lags[subscription.name] ?? null)];
  return el.figure(
    { class: "card" },
    el.figcaption(el.h2("Lag, in events")),
    chart({ label: `Lag of ${subscription.name}: ${subscription.lagEvents} events`, names: ["lag"], data, least: 10 }),
  );
}

export function SubscriptionPage({ name: wanted }) {
  const { subscriptions, samples } = useStore(monitor);
  const subscription = subscriptions?.find((one) => one.name === wanted);
  return [
    el.p({ class: "crumbs" }, el.a({ href: link(["subscriptions"]) }, "Subscriptions"), " / "),
    el.h1(name(wanted)),
    !subscription && nothing(subscriptions ? "Subscription not found." : "Loading…"),
    subscription && el.section(
      { class: "card summary", "aria-label": "Summary" },
      el.dl(facts(subscription).map(([term, value]) => el.div(el.dt(term), el.dd(value)))),
      el.div({ class: "buttons" }, actions(subscription)),
      !subscription.declared && el.p({ class: "hint" }, "Orphaned: no observer of this application declares it. Only its checkpoint is left."),
    ),
    subscription && lag(subscription, samples),
    subscription && card(
      subscription.segments.length === subscription.wantedSegments ? "Segments" : `Segments, changing to ${number(subscription.wantedSegments)}`,
      subscription.segments.length ? table("Segments", SEGMENTS, subscription.segments.map(rowOf)) : nothing("The subscription has not started yet."),
    ),
  ];
}

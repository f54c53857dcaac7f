/** Overview: whether everything is fine, and what needs attention. */

import { el } from "./h.js";
import { chart, legend, MOST_SERIES } from "./charts.js";
import { monitor } from "./monitor.js";
import { badge, card, isWaiting, name, nothing, stateOf, table } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { count, duration, number, secondsBetween, timeOf } from "./time.js";

/** Above this, a lag or an open append needs attention, in seconds. */
const PATIENCE = 30;

/** Whether a failing subscription waits for a next attempt; a paused one does not. */
const retries = (subscription) => subscription.segments.some((segment) => segment.retryAt);

/** A pause by the store itself has a reason, which is shown as a failure. */
const pausedByStore = (subscription) => subscription.segments.some((segment) => segment.failure && !segment.attempts);

const delayedSince = (subscription) =>
  subscription.segments.map((segment) => segment.delayedSince).filter(Boolean).sort()[0];

/** What needs attention, as sentences; empty if everything is fine. */
function concerns(status, subscriptions) {
  const about = (subscription, ...rest) => el.span(el.a({ href: subscriptionLink(subscription.name) }, name(subscription.name)), " ", ...rest);
  const inState = (state) => subscriptions.filter((subscription) => subscription.state === state);
  const isLate = (subscription) => subscription.lagSeconds > PATIENCE;
  const failing = inState("failing").map((subscription) => about(subscription, retries(subscription)
    ? "is failing; its last attempt is repeated after a delay."
    : "has failed and is paused: it handles nothing until it is resumed."));
  const orphans = inState("orphaned").map((subscription) => about(subscription, "is orphaned: no running node declares it, so it handles nothing. Rename or delete it."));
  const parked = subscriptions
    .filter((subscription) => subscription.parkedStreams > 0)
    .map((subscription) => about(subscription, "has ", el.a({ href: parkedLink(subscription.name) }, count(subscription.parkedStreams, "parked stream")), "."));
  const delayed = inState("delayed").map((subscription) => about(subscription,
    `has been delayed by transient failures for ${duration(secondsBetween(delayedSince(subscription), status.now))}. No event is to blame, and it tries again.`));
  const removed = inState("removed").map((subscription) => about(subscription,
    "was renamed or deleted, but a running node still declares it. It handles nothing. If you want it back, resume it."));
  const pending = subscriptions.filter((subscription) => subscription.operation).map((subscription) => about(subscription,
    `waits for a node that declares it to carry out: ${subscription.operation}.`));
  const paused = inState("paused").filter((subscription) => isLate(subscription) || pausedByStore(subscription))
    .map((subscription) => about(subscription, pausedByStore(subscription)
      ? "was paused because its checkpoint was lost: it handles nothing until it is resumed."
      : `is paused and lags by ${duration(subscription.lagSeconds)}: it handles nothing until it is resumed.`));
  const heldBack = inState("held_back").filter(isLate)
    .map((subscription) => about(subscription, `waits for the high-water mark: ${count(subscription.lagEvents, "event")} cannot be read yet.`));
  // a version that is built reads the log from its beginning: that is no problem, and no reader sees it
  const late = inState("running").filter((subscription) => isLate(subscription) && !isWaiting(subscription)).map((subscription) => about(subscription, `lags by ${duration(subscription.lagSeconds)}.`));
  const holders = status.holders
    .filter((holder) => holder.since && secondsBetween(holder.since, status.now) > PATIENCE)
    .map((holder) => el.span(`${who(holder)} has held back the high-water mark for ${duration(secondsBetween(holder.since, status.now))}.`));
  return [...failing, ...delayed, ...orphans, ...removed, ...pending, ...parked, ...paused, ...heldBack, ...late, ...holders];
}

function verdict(status, subscriptions) {
  const found = concerns(status, subscriptions);
  const paused = subscriptions.filter((subscription) => subscription.state === "paused").length;
  return el.section(
    { class: `verdict ${found.length ? "bad" : "fine"}`, "aria-label": "Verdict" },
    el.p({ class: "headline" }, found.length ? `${count(found.length, "problem")} found` : "Everything is fine"),
    found.length
      ? el.ul(found.map((concern) => el.li(concern)))
      : el.p(`${count(subscriptions.length, "subscription")}${paused ? `, ${paused} of them paused` : ""}; nothing is failing or parked.`),
  );
}

const tile = (title, value, rest, plot) =>
  el.figure({ class: "card" }, el.figcaption(el.h2(title), el.p({ class: "big" }, value, " ", el.span(rest))), plot);

const times = (samples) => samples.map((sample) => sample.at);

function rate(status, samples) {
  const value = number(Math.round(status.eventsPerSecond * 10) / 10);
  return tile("Events per second", value, "appended",
    chart({ label: `${value} events per second`, names: ["events"], data: [times(samples), samples.map((sample) => sample.rate)] }));
}

function mark(status, samples) {
  const difference = Math.max(0, status.lastPosition - status.highWaterMark);
  const rest = difference ? `the high-water mark is ${number(difference)} lower, at ${number(status.highWaterMark)}` : "equal to the high-water mark";
  return tile("Last position and high-water mark", number(status.lastPosition), rest,
    chart({
      label: `The last position is ${status.lastPosition}; the high-water mark is ${difference} lower`,
      names: ["difference"],
      data: [times(samples), samples.map((sample) => sample.undecided)],
      least: 10,
    }));
}

function lag(subscriptions, samples) {
  const most = (subscription) => Math.max(...samples.map((sample) => sample.lags[subscription.name] ?? 0));
  const shown = [...subscriptions].sort((a, b) => most(b) - most(a)).slice(0, MOST_SERIES).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = shown.map((subscription) => subscription.name);
  const data = [times(samples), ...names.map((it) => samples.map((sample) => sample.lags[it] ?? null))];
  return el.figure(
    { class: "card wide" },
    el.figcaption(el.h2("Lag of each subscription, in events")),
    names.length > 0 && chart({ label: "Lag of each subscription", names, data, least: 10 }),
    legend(shown.map((subscription) => [name(subscription.name), number(subscription.lagEvents)])),
    shown.length < subscriptions.length && el.p({ class: "hint" }, `The chart shows the ${MOST_SERIES} subscriptions with the largest lag.`),
    names.length > 0
      ? table("Subscriptions", [["Subscription", ""], ["State", ""], ["Position", "number"], ["Lag", "number"], ["Parked", "number"]],
        subscriptions.map((subscription) => [
          el.a({ href: subscriptionLink(subscription.name) }, name(subscription.name)),
          stateOf(subscription),
          number(subscription.position),
          subscription.lagEvents ? `${count(subscription.lagEvents, "event")}, ${duration(subscription.lagSeconds)}` : "none",
          subscription.parkedStreams ? el.a({ href: parkedLink(subscription.name) }, number(subscription.parkedStreams)) : "none",
        ]))
      : nothing("There are no subscriptions."),
  );
}

const who = (holder) =>
  holder.gid ? `The prepared transaction ${holder.gid}` : `Process ${holder.pid ?? "unknown"}${holder.application ? ` (${holder.application})` : ""}`;

function holders(status) {
  return card(
    "What holds back the high-water mark",
    status.holders.length
      ? table("Open appends", [["Transaction", ""], ["Since", ""], ["Readers stop at", "number"]],
        status.holders.map((holder) => [
          name(who(holder)),
          holder.since ? el.span(timeOf(holder.since), ` (${duration(secondsBetween(holder.since, status.now))})`) : "unknown",
          number(holder.fence),
        ]))
      : nothing("Nothing: no transaction with an append is open."),
  );
}

function nodes(status) {
  return card(
    "Nodes",
    status.nodes.length
      ? table("Nodes", [["Node", ""], ["Release", ""], ["Started", ""], ["Last heartbeat", ""]],
        status.nodes.map((node) => [
          el.span(name(node.name), " ", node.alive ? badge("fine", "alive") : badge("quiet", "no heartbeat")),
          node.release,
          timeOf(node.startedAt, "full"),
          `${duration(secondsBetween(node.seenAt, status.now))} ago`,
        ]))
      : nothing("No node is running subscriptions."),
  );
}

export function OverviewPage() {
  const { status, subscriptions, samples } = useStore(monitor);
  if (!status) {
    return [el.h1("Overview"), nothing("Loading…")];
  }
  return [
    el.h1("Overview"),
    verdict(status, subscriptions),
    el.div({ class: "tiles" }, rate(status, samples), mark(status, samples), lag(subscriptions, samples)),
    el.div({ class: "tiles" }, holders(status), nodes(status)),
  ];
}

/** Overview: is everything fine, and if not, what is it? */

import { el } from "./h.js";
import { chart, legend, MOST_SERIES } from "./charts.js";
import { monitor } from "./monitor.js";
import { badge, card, name, nothing, stateOf, table } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { count, duration, number, secondsBetween, timeOf } from "./time.js";

/** Above this a lag or an open append is worth a look, in seconds. */
const PATIENCE = 30;

/** What needs attention, as sentences; none when everything is fine. */
function concerns(status, subscriptions) {
  const about = (it, ...rest) => el.span(el.a({ href: subscriptionLink(it.name) }, name(it.name)), " ", ...rest);
  const failing = subscriptions.filter((it) => it.state === "failing").map((it) => about(it, "is failing and tries again."));
  const parked = subscriptions
    .filter((it) => it.parkedStreams > 0)
    .map((it) => about(it, "has ", el.a({ href: parkedLink(it.name) }, count(it.parkedStreams, "parked stream")), "."));
  const late = subscriptions
    .filter((it) => it.state === "running" && it.declared && it.lagSeconds > PATIENCE)
    .map((it) => about(it, `is ${duration(it.lagSeconds)} behind.`));
  const holders = status.holders
    .filter((it) => it.since && secondsBetween(it.since, status.now) > PATIENCE)
    .map((it) => el.span(`${who(it)} has held the log back for ${duration(secondsBetween(it.since, status.now))}.`));
  return [...failing, ...parked, ...late, ...holders];
}

function verdict(status, subscriptions) {
  const found = concerns(status, subscriptions);
  const paused = subscriptions.filter((it) => it.state === "paused").length;
  return el.section(
    { class: `verdict ${found.length ? "bad" : "fine"}`, "aria-label": "Verdict" },
    el.p({ class: "headline" }, found.length ? `${count(found.length, "thing")} to look at` : "Everything is fine"),
    found.length
      ? el.ul(found.map((it) => el.li(it)))
      : el.p(`${count(subscriptions.length, "subscription")}${paused ? `, ${paused} of them paused` : ""}; nothing is failing or parked.`),
  );
}

const tile = (title, value, rest, plot) =>
  el.figure({ class: "card" }, el.figcaption(el.h2(title), el.p({ class: "big" }, value, " ", el.span(rest))), plot);

const times = (samples) => samples.map((it) => it.at);

function rate(status, samples) {
  const value = number(Math.round(status.eventsPerSecond * 10) / 10);
  return tile("Events per second", value, "appended",
    chart({ label: `${value} events per second`, names: ["events"], data: [times(samples), samples.map((it) => it.rate)] }));
}

function mark(status, samples) {
  const behind = Math.max(0, status.lastPosition - status.highWaterMark);
  const rest = behind ? `the mark is ${number(behind)} behind, at ${number(status.highWaterMark)}` : "the mark is there, too";
  return tile("End of the log against the mark", number(status.lastPosition), rest,
    chart({
      label: `The log ends at ${status.lastPosition}; the mark is ${behind} behind`,
      names: ["behind"],
      data: [times(samples), samples.map((it) => it.undecided)],
      least: 10,
    }));
}

function lag(subscriptions, samples) {
  const most = (it) => Math.max(...samples.map((sample) => sample.lags[it.name] ?? 0));
  const shown = [...subscriptions].sort((a, b) => most(b) - most(a)).slice(0, MOST_SERIES).sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = shown.map((it) => it.name);
  const data = [times(samples), ...names.map((it) => samples.map((sample) => sample.lags[it] ?? null))];
  return el.figure(
    { class: "card wide" },
    el.figcaption(el.h2("Lag of each subscription, in events")),
    names.length > 0 && chart({ label: "Lag of each subscription", names, data, least: 10 }),
    legend(shown.map((it) => [name(it.name), number(it.lagEvents)])),
    shown.length < subscriptions.length && el.p({ class: "hint" }, `The ${MOST_SERIES} with the largest lag are drawn.`),
    names.length > 0
      ? table("Subscriptions", [["Subscription", ""], ["State", ""], ["Position", "number"], ["Lag", "number"], ["Parked", "number"]],
        subscriptions.map((it) => [
          el.a({ href: subscriptionLink(it.name) }, name(it.name)),
          stateOf(it),
          number(it.position),
          it.lagEvents ? `${count(it.lagEvents, "event")}, ${duration(it.lagSeconds)}` : "none",
          it.parkedStreams ? el.a({ href: parkedLink(it.name) }, number(it.parkedStreams)) : "none",
        ]))
      : nothing("No subscription is declared."),
  );
}

const who = (holder) =>
  holder.gid ? `The prepared transaction ${holder.gid}` : `Process ${holder.pid ?? "unknown"}${holder.application ? ` (${holder.application})` : ""}`;

function holders(status) {
  return card(
    "Who holds the log back",
    status.holders.length
      ? table("Open appends", [["Who", ""], ["Since", ""], ["Nothing is read beyond", "number"]],
        status.holders.map((it) => [
          name(who(it)),
          it.since ? el.span(timeOf(it.since), ` (${duration(secondsBetween(it.since, status.now))})`) : "unknown",
          number(it.fence),
        ]))
      : nothing("Nobody: no transaction that has appended is open."),
  );
}

function nodes(status) {
  return card(
    "Nodes",
    status.nodes.length
      ? table("Nodes", [["Node", ""], ["Release", ""], ["Started", ""], ["Last seen", ""]],
        status.nodes.map((it) => [
          el.span(name(it.name), " ", it.alive ? badge("fine", "alive") : badge("quiet", "silent")),
          it.release,
          timeOf(it.startedAt, "full"),
          `${duration(secondsBetween(it.seenAt, status.now))} ago`,
        ]))
      : nothing("No node runs subscriptions."),
  );
}

export function OverviewPage() {
  const { status, subscriptions, samples } = useStore(monitor);
  if (!status) {
    return [el.h1("Overview"), nothing("Asking the server…")];
  }
  return [
    el.h1("Overview"),
    verdict(status, subscriptions),
    el.div({ class: "tiles" }, rate(status, samples), mark(status, samples), lag(subscriptions, samples)),
    el.div({ class: "tiles" }, holders(status), nodes(status)),
  ];
}

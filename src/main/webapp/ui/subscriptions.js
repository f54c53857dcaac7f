/** Subscriptions: all of them, with state and lag. */

import { el } from "./h.js";
import { monitor } from "./monitor.js";
import { card, name, nothing, stateOf, table } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { duration, number } from "./time.js";

const COLUMNS = [
  ["Subscription", ""], ["State", ""], ["Position", "number"], ["Lag, events", "number"], ["Lag, time", "number"],
  ["Segments", "number"], ["Nodes", ""], ["Parked", "number"],
];

const nodesOf = (it) => [...new Set(it.segments.map((segment) => segment.node).filter(Boolean))].sort();

const row = (it) => [
  el.a({ href: subscriptionLink(it.name) }, name(it.name)),
  stateOf(it),
  number(it.position),
  number(it.lagEvents),
  it.lagEvents ? duration(it.lagSeconds) : "none",
  number(it.segments.length),
  nodesOf(it).map((node) => el.span({ class: "node" }, name(node))),
  it.parkedStreams ? el.a({ href: parkedLink(it.name) }, number(it.parkedStreams)) : "none",
];

export function SubscriptionsPage() {
  const { subscriptions } = useStore(monitor);
  return [
    el.h1("Subscriptions"),
    subscriptions === undefined && nothing("Asking the server…"),
    subscriptions && card(
      "All subscriptions",
      subscriptions.length ? table("Subscriptions", COLUMNS, subscriptions.map(row)) : nothing("No subscription is declared."),
    ),
  ];
}

/** All subscriptions, with state and lag. */

import { el } from "./h.js";
import { monitor } from "./monitor.js";
import { badge, card, isWaiting, name, nothing, stateOf, table } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { duration, number } from "./time.js";

const COLUMNS = [
  ["Subscription", ""], ["State", ""], ["Position", "number"], ["Lag, events", "number"], ["Lag, time", "number"],
  ["Segments", "number"], ["Nodes", ""], ["Parked", "number"],
];

const nodesOf = (subscription) => [...new Set(subscription.segments.map((segment) => segment.node).filter(Boolean))].sort();

const row = (subscription) => [
  el.a({ href: subscriptionLink(subscription.name) }, name(subscription.name)),
  el.span(stateOf(subscription), " ", isWaiting(subscription) && badge("quiet", "does not serve")),
  number(subscription.position),
  number(subscription.lagEvents),
  subscription.lagEvents ? duration(subscription.lagSeconds) : "none",
  number(subscription.segments.length),
  nodesOf(subscription).map((node) => el.span({ class: "node" }, name(node))),
  subscription.parkedStreams ? el.a({ href: parkedLink(subscription.name) }, number(subscription.parkedStreams)) : "none",
];

export function SubscriptionsPage() {
  const { subscriptions } = useStore(monitor);
  return [
    el.h1("Subscriptions"),
    subscriptions === undefined && nothing("Loading…"),
    subscriptions && card(
      "All subscriptions",
      subscriptions.length ? table("Subscriptions", COLUMNS, subscriptions.map(row)) : nothing("There are no subscriptions."),
    ),
  ];
}

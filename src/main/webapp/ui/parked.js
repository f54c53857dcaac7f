/** Parked: streams that were set aside because an event of theirs failed, and what to do about them. */

import { el, h, useRef } from "./h.js";
import { parked, settle } from "./api.js";
import { ask } from "./dialog.js";
import { monitor, useServer } from "./monitor.js";
import { button, card, failureOf, name, nothing, problemOf, streamOf } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { count, number, timeOf } from "./time.js";

/** A stream within a sentence; marks of direction in its name end with it (Unicode's first-strong isolate). */
const label = (it) => `\u2068${it.category}/${it.streamId}\u2069`;

const askRetry = (subscription, it) =>
  ask({
    title: `Retry ${label(it)}?`,
    effects: [
      `${subscription} handles its ${count(it.events, "parked event")} now, in order, beginning with version ${it.firstVersion}.`,
      "When all succeed, the stream takes part again. When one fails again, it and the later ones stay parked.",
    ],
    action: "Retry",
    run: async () => `${count((await settle(subscription, it, "retry")).handled, "event")} of ${label(it)} handled.`,
  });

const askSkip = (subscription, it) =>
  ask({
    title: `Skip the failing event of ${label(it)}?`,
    effects: [
      `Version ${it.firstVersion} is never handled by ${subscription}. It stays in the log.`,
      it.events > 1 ? `The other ${count(it.events - 1, "parked event")} are handled now, in order.` : "The stream takes part again.",
    ],
    action: "Skip",
    grave: true,
    run: async () => `Version ${it.firstVersion} of ${label(it)} skipped, ${(await settle(subscription, it, "skip")).handled} handled.`,
  });

const askDiscard = (subscription, it) =>
  ask({
    title: `Discard what is parked of ${label(it)}?`,
    effects: [
      `${subscription} never handles these events: ${number(it.events)}. They stay in the log.`,
      "The stream takes part again with its next event.",
    ],
    action: "Discard",
    grave: true,
    run: async () => `${count((await settle(subscription, it, "discard")).discarded, "event")} of ${label(it)} discarded.`,
  });

const stream = (subscription, it) =>
  el.article(
    { class: "parked", "aria-label": label(it) },
    el.div(
      { class: "title" },
      el.h3(streamOf(it.category, it.streamId, { version: it.firstVersion })),
      el.div(
        { class: "buttons" },
        button("Retry…", () => askRetry(subscription, it), { class: "primary" }),
        button("Skip…", () => askSkip(subscription, it)),
        button("Discard…", () => askDiscard(subscription, it), { class: "grave" }),
      ),
    ),
    el.p({ class: "hint" }, `${count(it.events, "event")} from version ${number(it.firstVersion)} on, parked `, timeOf(it.parkedAt)),
    failureOf(it.failure),
  );

/** Loaded with each look at the server that finds no load under way, as handlers park and operators settle elsewhere, too. */
function Parked({ subscription, lookedAt }) {
  const loading = useRef();
  const load = () => (loading.current ??= parked(subscription.name).finally(() => (loading.current = undefined)));
  const { value, problem } = useServer(load, [subscription.name, lookedAt]);
  return card(
    el.a({ href: subscriptionLink(subscription.name) }, name(subscription.name)),
    problemOf(problem),
    value?.length === 0 && nothing("Nothing is parked."),
    value?.map((it) => stream(subscription.name, it)),
    value?.length < subscription.parkedStreams && nothing(`The first ${number(value.length)} of ${number(subscription.parkedStreams)}.`),
  );
}

export function ParkedPage({ name: wanted }) {
  const { subscriptions, samples } = useStore(monitor);
  const shown = subscriptions?.filter((it) => (wanted === undefined ? it.parkedStreams > 0 : it.name === wanted));
  return [
    el.h1("Parked"),
    wanted !== undefined && el.p({ class: "crumbs" }, "Of ", name(wanted), ". ", el.a({ href: parkedLink() }, "Of all subscriptions")),
    !shown && nothing("Asking the server…"),
    shown?.length === 0 && card("Nothing is parked", nothing(
      "An event that keeps failing is set aside here, with the later events of its stream, when its subscription is configured with on-failure=park.")),
    shown?.map((it) => h(Parked, { key: it.name, subscription: it, lookedAt: samples.at(-1).at })),
  ];
}

/** Parked: streams with an event that kept failing, and the actions to resolve them. */

import { el, h, useState } from "./h.js";
import { parked, parkedStream, settle } from "./api.js";
import { ask } from "./dialog.js";
import { monitor, useServer } from "./monitor.js";
import { button, card, failureOf, name, nothing, problemOf, streamOf } from "./parts.js";
import { parkedLink, subscriptionLink } from "./route.js";
import { useStore } from "./store.js";
import { count, number, timeOf } from "./time.js";

/** A stream within a sentence, isolated so that text directions in its name do not affect the sentence (Unicode FSI, PDI). */
const label = (stream) => `\u2068${stream.category}/${stream.streamId}\u2069`;

const askRetry = (subscription, stream, act) =>
  ask({
    title: `Retry ${label(stream)}?`,
    effects: [
      `${subscription} handles its ${count(stream.events, "parked event")} now, in order, starting with version ${stream.firstVersion}.`,
      "If all succeed, the stream takes part again. If one fails again, it and the later ones stay parked.",
    ],
    action: "Retry",
    run: async () => `${count((await act("retry")).handled, "event")} of ${label(stream)} handled.`,
  });

const askSkip = (subscription, stream, act) =>
  ask({
    title: `Skip the failing event of ${label(stream)}?`,
    effects: [
      `${subscription} never handles version ${stream.firstVersion}. The event stays in the log.`,
      stream.events > 1 ? `It then handles ${count(stream.events - 1, "later parked event")} now, in order.` : "The stream takes part again.",
    ],
    action: "Skip",
    grave: true,
    run: async () => `Version ${stream.firstVersion} of ${label(stream)} skipped, ${(await act("skip")).handled} handled.`,
  });

const askDiscard = (subscription, stream, act) =>
  ask({
    title: `Discard the parked events of ${label(stream)}?`,
    effects: [
      `${count(stream.events, "parked event")} will never be handled by ${subscription}. Nothing is removed from the log.`,
      "The stream takes part again with its next event.",
    ],
    action: "Discard",
    grave: true,
    run: async () => `${count((await act("discard")).discarded, "event")} of ${label(stream)} discarded.`,
  });

/** How many streams "More" adds, and how many the server lists at most. */
const PAGE = 50;
const MOST = 1000;

/** The first line of a failure; its stack trace is loaded when it is opened. */
function Failure({ subscription, stream }) {
  const [text, setText] = useState(stream.failure);
  const load = async () => setText((await parkedStream(subscription, stream)).failure);
  return failureOf(text, { ontoggle: (toggled) => toggled.target.open && load().catch((problem) => setText(`${stream.failure}\n${problem.message}`)) });
}

const article = (subscription, stream, act) =>
  el.article(
    { class: "parked", "aria-label": label(stream) },
    el.div(
      { class: "title" },
      el.h3(streamOf(stream.category, stream.streamId, { version: stream.firstVersion })),
      el.div(
        { class: "buttons" },
        button("Retry…", () => askRetry(subscription, stream, act), { class: "primary" }),
        button("Skip…", () => askSkip(subscription, stream, act)),
        button("Discard…", () => askDiscard(subscription, stream, act), { class: "grave" }),
      ),
    ),
    el.p({ class: "hint" }, `${count(stream.events, "event")} from version ${number(stream.firstVersion)} on, parked `, timeOf(stream.parkedAt)),
    h(Failure, { key: `${stream.firstPosition} ${stream.parkedAt}`, subscription, stream }),
  );

/**
 * The monitor polls the number of parked streams. The streams are loaded when it changes, after an action, and when more are
 * requested.
 */
function Parked({ subscription }) {
  const [limit, setLimit] = useState(PAGE);
  const [actions, setActions] = useState(0);
  const act = (stream) => (how) => settle(subscription.name, stream, how).finally(() => setActions((before) => before + 1));
  const load = () => parked(subscription.name, { limit });
  const { value, problem } = useServer(load, [subscription.name, subscription.parkedStreams, limit, actions]);
  return card(
    el.a({ href: subscriptionLink(subscription.name) }, name(subscription.name)),
    problemOf(problem),
    value?.length === 0 && nothing("Nothing is parked."),
    value?.map((stream) => article(subscription.name, stream, act(stream))),
    value?.length < subscription.parkedStreams && nothing(`The first ${number(value.length)} of ${number(subscription.parkedStreams)} are shown.`),
    value?.length === limit && limit < MOST && button("More", () => setLimit(Math.min(MOST, limit + PAGE))),
  );
}

export function ParkedPage({ name: wanted }) {
  const { subscriptions } = useStore(monitor);
  const shown = subscriptions?.filter((subscription) => (wanted === undefined ? subscription.parkedStreams > 0 : subscription.name === wanted));
  return [
    el.h1("Parked"),
    wanted !== undefined && el.p({ class: "crumbs" }, "Subscription ", name(wanted), ". ", el.a({ href: parkedLink() }, "All subscriptions")),
    !shown && nothing("Loading…"),
    shown?.length === 0 && card("Nothing is parked", nothing(
      "If a subscription is configured with on-failure=park, an event that keeps failing is parked here, with the later events of its stream.")),
    shown?.map((subscription) => h(Parked, { key: subscription.name, subscription })),
  ];
}

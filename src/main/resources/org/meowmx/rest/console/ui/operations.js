/** The actions of an operator on a subscription. Each asks for confirmation and states its effects. */

import { el, h, useState } from "./h.js";
import { changeSegments, pause, remove, rename, replay, replayEffects, reposition, resume, retire, switchTo } from "./api.js";
import { ask } from "./dialog.js";
import { field } from "./parts.js";
import { go, link } from "./route.js";
import { count, number, zone } from "./time.js";

const AGAIN = "Handlers are called again for events that they have already handled. A node that declares the subscription does it, " +
  "and observers of SubscriptionRepositioned there can clear the read model. Rows that they leave stay unless the handlers overwrite them.";

/** What is known of the observers, in a sentence. Without an answer, the operator is warned. */
async function repeats(subscription) {
  const effects = await replayEffects(subscription.name).catch(() => undefined);
  if (!effects?.declaredHere) {
    return "This node does not know the observers: find out which of them are live-only, and whether events that they append are recognised.";
  }
  const kept = effects.liveOnly.length
    ? `Up to position ${effects.liveAfter}, these observers are not called again: ${effects.liveOnly.join("; ")}.`
    : "No observer is live-only, so mails and other effects outside of the database happen again.";
  const appends = effects.recognisesAppends
    ? "Events that handlers append again are recognised and not stored twice."
    : "Derived ids are switched off, so events that handlers append are stored again.";
  return `${kept} ${appends}${known(effects)}`;
}

/** How often a replay or a retry has appended an event that the log had already. */
function known({ recognised, differing }) {
  if (!recognised) {
    return "";
  }
  const others = differing ? `, ${number(differing)} of them with other data now: the log keeps the original data` : "";
  return ` Since its start, this node has recognised ${count(recognised, "event")}${others}.`;
}

const discards = (subscription) =>
  subscription.parkedStreams ? `${count(subscription.parkedStreams, "parked stream")} will be discarded.` : "It has no parked events.";

const discarded = ({ discarded: events }) => (events ? ` ${count(events, "parked event")} discarded.` : "");

export const askPause = (subscription) =>
  ask({
    title: `Pause ${subscription.name}?`,
    effects: ["Running turns end normally, and no further turn starts on any node. Events wait; none is lost. The lag grows until you resume it."],
    action: "Pause",
    run: async () => (await pause(subscription.name), `${subscription.name} is paused.`),
  });

export const askResume = (subscription) =>
  ask({
    title: `Resume ${subscription.name}?`,
    effects: subscription.state === "removed"
      ? ["Its checkpoint was deleted, and is created again. It begins where the configuration says. A version of a projection that does not serve begins at the beginning of the log.",
        "Empty the tables that it fills first: it handles events again that it has handled before."]
      : [`It continues after position ${subscription.position}, with ${count(subscription.lagEvents, "event")} waiting. Failed events are retried at once.`],
    action: "Resume",
    run: async () => (await resume(subscription.name), `${subscription.name} is resumed.`),
  });

export const askReplay = async (subscription) =>
  ask({
    title: `Replay ${subscription.name}?`,
    effects: ["It is paused, moved to the beginning of the log, and resumed.", AGAIN, await repeats(subscription), discards(subscription)],
    action: "Replay",
    grave: true,
    run: async () => `${subscription.name} replays from the beginning.${discarded(await replay(subscription.name))}`,
  });

/** Where to read from. The input of a choice is enabled and required while that choice is selected. */
function Places({ position }) {
  const [chosen, choose] = useState("beginning");
  const choice = (value, label, input) =>
    el.label(
      { class: "choice" },
      el.input({ type: "radio", name: "to", value, checked: value === chosen, onchange: () => choose(value) }),
      el.span(label),
      input,
    );
  const needed = (name) => ({ name, required: true, disabled: name !== chosen });
  return el.fieldset(
    el.legend("Read from"),
    choice("beginning", "the beginning of the log"),
    choice("now", "now: only new events"),
    choice("position", "after a position",
      el.input({ ...needed("position"), type: "number", min: 0, defaultValue: position, "aria-label": "Position" })),
    choice("time", "a time", el.input({ ...needed("time"), type: "datetime-local", step: 1, "aria-label": `Time in ${zone}` })),
  );
}

function target(form) {
  switch (form.get("to")) {
    case "position":
      return { position: Number(form.get("position")) };
    case "time":
      return { time: new Date(form.get("time")).toISOString() };
    default:
      return { from: form.get("to") };
  }
}

export const askReposition = async (subscription) =>
  ask({
    title: `Reposition ${subscription.name}?`,
    effects: [
      `It is at position ${subscription.position} and stays paused until you resume it.`,
      "If you move it back: " + AGAIN,
      await repeats(subscription),
      "If you move it forward: the events in between are never delivered to it, and count as completed.",
      discards(subscription),
    ],
    fields: h(Places, { position: subscription.position }),
    action: "Reposition",
    grave: true,
    run: async (form) => `${subscription.name} is repositioned.${discarded(await reposition(subscription.name, target(form)))}`,
  });

export const askSegments = (subscription) =>
  ask({
    title: `Change the segments of ${subscription.name}?`,
    effects: [
      `It has ${count(subscription.segments.length, "segment")}. Each segment is processed by one node at a time; the order within a stream is kept.`,
      "Splitting takes effect at once. When segments are merged or divided differently, the faster ones wait for the slower ones.",
    ],
    fields: field("Segments, 1 to 1024", el.input({ type: "number", name: "count", min: 1, max: 1024, required: true, value: subscription.segments.length })),
    action: "Change",
    run: async (form) => (await changeSegments(subscription.name, Number(form.get("count"))), `${subscription.name} is changing to ${count(Number(form.get("count")), "segment")}.`),
  });

export const askSwitch = ({ version }) =>
  ask({
    title: `Switch ${version.projection} to version ${version.number}?`,
    effects: [
      `Readers see version ${version.serving} now, and version ${version.number} afterwards. Readers and writers do not wait.`,
      `The turns of both versions wait until version ${version.number} has handled the events that it lacks. If there are more than 1000, the switch is refused.`,
      `From then on version ${version.number} has the live effects: its handlers append events, and its observers with @LiveOnly are called.`,
      `Version ${version.serving} follows until you retire it. You can switch back to it in the same way.`,
    ],
    fields: el.label(
      { class: "choice" },
      el.input({ type: "checkbox", name: "evenIfFailing", value: "true" }),
      el.span(`Also if version ${version.serving} fails or is paused`),
    ),
    action: "Switch",
    run: async (form) => (await switchTo(version, form.get("evenIfFailing") === "true"), `Version ${version.number} of ${version.projection} serves.`),
  });

export const askRetire = ({ version, ...subscription }) =>
  ask({
    title: `Retire version ${version.number} of ${version.projection}?`,
    effects: [
      "Its checkpoints are deleted. It handles no more events, and you cannot switch back to it.",
      "A node that still declares it does not create it again.",
      discards(subscription),
    ],
    action: "Retire",
    grave: true,
    async run() {
      const { detail } = await retire(version);
      go(link(["subscriptions"]));
      return detail;
    },
  });

const undeclared = (subscription) =>
  subscription.external ? "Workers that use the old name are refused." : "No observer declares it any more.";

export const askRename = (subscription) =>
  ask({
    title: `Rename the checkpoint of ${subscription.name}?`,
    effects: [undeclared(subscription), "A subscription with the new name continues where this one ended."],
    fields: field("New name", el.input({ name: "name", required: true, maxlength: 200 })),
    action: "Rename",
    async run(form) {
      await rename(subscription.name, form.get("name"));
      go(link(["subscriptions", form.get("name")]));
      return `${subscription.name} is now called ${form.get("name")}.`;
    },
  });

export const askRemove = (subscription) =>
  ask({
    title: `Delete the checkpoint of ${subscription.name}?`,
    effects: [undeclared(subscription), "Its position is lost permanently.", discards(subscription)],
    action: "Delete",
    grave: true,
    async run() {
      await remove(subscription.name);
      go(link(["subscriptions"]));
      return `The checkpoint of ${subscription.name} is deleted.`;
    },
  });

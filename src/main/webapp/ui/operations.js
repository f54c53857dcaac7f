/** What an operator can do to a subscription: each asks first, and says what will happen. */

import { el, h, useState } from "./h.js";
import { changeSegments, pause, remove, rename, replay, reposition, resume } from "./api.js";
import { ask } from "./dialog.js";
import { field } from "./parts.js";
import { go, link } from "./route.js";
import { count, zone } from "./time.js";

const AGAIN = "Its handlers are called again for events that they have handled before. The console empties no read model: " +
  "what the handlers have written stays, unless they overwrite it.";

const discards = (it) =>
  it.parkedStreams ? `Its ${count(it.parkedStreams, "parked stream")} will be discarded.` : "It has no parked events to lose.";

const discarded = ({ discarded: events }) => (events ? ` ${count(events, "parked event")} discarded.` : "");

export const askPause = (it) =>
  ask({
    title: `Pause ${it.name}?`,
    effects: ["Turns at hand end in order, then none begins, on any node. Events wait; none is lost. The lag grows until you resume it."],
    action: "Pause",
    run: async () => (await pause(it.name), `${it.name} is paused.`),
  });

export const askResume = (it) =>
  ask({
    title: `Resume ${it.name}?`,
    effects: [`It goes on from position ${it.position}, with ${count(it.lagEvents, "event")} waiting. What had failed is tried again at once.`],
    action: "Resume",
    run: async () => (await resume(it.name), `${it.name} is resumed.`),
  });

export const askReplay = (it) =>
  ask({
    title: `Replay ${it.name}?`,
    effects: ["It is paused, put to the beginning of the log, and resumed.", AGAIN, discards(it)],
    action: "Replay",
    grave: true,
    run: async () => `${it.name} reads from the beginning.${discarded(await replay(it.name))}`,
  });

/** Where to read from; what a place needs can be filled in, and has to be, when that place is chosen. */
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
    choice("now", "now: only what comes"),
    choice("position", "behind a position",
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

export const askReposition = (it) =>
  ask({
    title: `Reposition ${it.name}?`,
    effects: [
      `It stands at position ${it.position} and stays paused until you resume it.`,
      "To an earlier place: " + AGAIN,
      "To a later place: the events in between are never delivered to it.",
      discards(it),
    ],
    fields: h(Places, { position: it.position }),
    action: "Reposition",
    grave: true,
    run: async (form) => `${it.name} is repositioned.${discarded(await reposition(it.name, target(form)))}`,
  });

export const askSegments = (it) =>
  ask({
    title: `Change the segments of ${it.name}?`,
    effects: [
      `It has ${count(it.segments.length, "segment")}. Each is worked on by one node at a time; the order within a stream is kept.`,
      "Splitting each takes effect at once. When segments are joined or cut across, the faster ones wait until the slower ones have come up to them.",
    ],
    fields: field("Segments, 1 to 1024", el.input({ type: "number", name: "count", min: 1, max: 1024, required: true, value: it.segments.length })),
    action: "Change",
    run: async (form) => (await changeSegments(it.name, Number(form.get("count"))), `${it.name} is to have ${count(Number(form.get("count")), "segment")}.`),
  });

export const askRename = (it) =>
  ask({
    title: `Rename the checkpoint of ${it.name}?`,
    effects: ["No observer names it any more. Under the new name, a subscription goes on where this one ended."],
    fields: field("New name", el.input({ name: "name", required: true, maxlength: 200 })),
    action: "Rename",
    async run(form) {
      await rename(it.name, form.get("name"));
      go(link(["subscriptions", form.get("name")]));
      return `${it.name} is ${form.get("name")} now.`;
    },
  });

export const askRemove = (it) =>
  ask({
    title: `Delete the checkpoint of ${it.name}?`,
    effects: ["No observer names it any more. How far it had read is forgotten, for good.", discards(it)],
    action: "Delete",
    grave: true,
    async run() {
      await remove(it.name);
      go(link(["subscriptions"]));
      return `The checkpoint of ${it.name} is deleted.`;
    },
  });

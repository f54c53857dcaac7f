/** Small pieces that several pages share. */

import { el, useLayoutEffect, useRef } from "./h.js";
import { brief, pieces, pretty } from "./json.js";
import { link, streamLink } from "./route.js";

/** Text from outside, such as ids, names and types. Its direction does not affect the text around it. */
export const name = (text) => el.bdi({ class: "name" }, String(text));

/** A stream as a link to its history. */
export const streamOf = (category, id, parameters) =>
  el.a({ class: "stream", href: streamLink(category, id, parameters) }, name(category), el.span({ class: "slash" }, "/"), name(id));

/** The log, filtered by a category. */
export const categoryLink = (category) => link(["log"], { category });

/** An error, in a sentence. */
export const problemOf = (problem) => problem && el.p({ class: "problem", role: "alert" }, problem.message);

/** An empty state. */
export const nothing = (...sentences) => el.p({ class: "nothing" }, ...sentences);

/** A box with a heading. */
export const card = (title, ...content) => el.section({ class: "card" }, el.h2(title), ...content);

/** A state as a coloured word: fine, busy, bad or quiet. */
export const badge = (tone, text) => el.span({ class: `badge ${tone}` }, text);

const TONES = { running: "fine", paused: "busy", delayed: "busy", held_back: "busy", failing: "bad", removed: "quiet", orphaned: "quiet" };

/** The state of a subscription. */
export const stateOf = (subscription) => badge(TONES[subscription.state] ?? "quiet", subscription.state.replace("_", " "));

/** Whether a subscription builds a version of a projection that readers do not see. */
export const isWaiting = ({ version }) => version && version.number !== version.serving;

/** JSON, readable and coloured. */
export const json = (value) =>
  el.pre(
    { class: "code", tabindex: 0 },
    pieces(pretty(value)).map((piece) => (piece.kind === "plain" ? piece.text : el.span({ class: piece.kind }, piece.text))),
  );

/** JSON in one line. */
export const preview = (value) => el.span({ class: "preview" }, brief(value));

/** The first line of a failure, and its stack trace on demand. */
export function failureOf(text, { open = false, ontoggle } = {}) {
  const [first] = text.split("\n", 1);
  return el.details({ class: "failure", open, ontoggle }, el.summary(first), el.pre({ class: "code", tabindex: 0 }, text));
}

/**
 * A table that becomes a list of labelled values on a narrow screen.
 *
 * @param columns `[heading, class]` pairs
 * @param rows lists of cells, in the order of the columns
 */
export function table(label, columns, rows) {
  return el.table(
    { class: "grid", "aria-label": label },
    el.thead(el.tr(columns.map(([heading, kind]) => el.th({ scope: "col", class: kind }, heading)))),
    el.tbody(
      rows.map((cells) =>
        el.tr(cells.map((cell, index) => el.td({ class: columns[index][1], "data-label": columns[index][0] }, cell)))),
    ),
  );
}

/** A button. */
export const button = (text, onclick, attributes = {}) => el.button({ type: "button", ...attributes, onclick }, text);

/** A field with its label above it. */
export const field = (label, input) => el.label({ class: "field" }, el.span(label), input);

/** A field that shows a value of the address. It keeps what is being typed until that value changes. */
export function Typed({ label, value, ...attributes }) {
  const input = useRef();
  useLayoutEffect(() => {
    input.current.value = value;
  }, [value]);
  return field(label, el.input({ ref: input, autocomplete: "off", ...attributes }));
}

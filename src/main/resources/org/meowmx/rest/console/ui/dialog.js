/**
 * Confirmations. Each change has one that states its effects. An error is shown in the same dialog.
 */

import { el, h, useEffect, useRef, useState } from "./h.js";
import { refresh } from "./monitor.js";
import { button, problemOf } from "./parts.js";
import { route } from "./route.js";
import { store, useStore } from "./store.js";

const question = store(undefined);

/** The result of the last change, in a sentence. */
export const notice = store("");

/** How long a notice stays, in milliseconds. */
const NOTICE = 8_000;

let clearing;

export function tell(sentence) {
  notice.set(sentence);
  clearTimeout(clearing);
  clearing = setTimeout(() => notice.set(""), NOTICE);
}

/**
 * Asks before something is changed.
 *
 * @param title what is to be done, as a question
 * @param effects sentences that say what will happen
 * @param action the word on the button
 * @param grave whether something is lost by it
 * @param fields elements of a form, if it needs values
 * @param run called with the form's data; returns a promise of the sentence that tells what was done
 */
export const ask = ({ title, effects, action, grave = false, fields, run }) =>
  question.set({ title, effects, action, grave, fields, run });

function Question({ title, effects, action, grave, fields, run }) {
  const dialog = useRef();
  const [problem, setProblem] = useState();
  const [busy, setBusy] = useState(false);

  useEffect(() => dialog.current.showModal(), []);

  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      tell(await run(new FormData(event.target)));
      dialog.current.close();
    } catch (refusal) {
      setProblem(refusal);
      setBusy(false);
    }
    refresh();
  }

  return el.dialog(
    { ref: dialog, "aria-labelledby": "question", onclose: () => question.set(undefined) },
    el.form(
      { onsubmit: submit },
      el.h2({ id: "question" }, title),
      effects.map((sentence) => el.p(sentence)),
      fields,
      problemOf(problem),
      el.div(
        { class: "buttons" },
        button("Cancel", () => dialog.current.close()),
        el.button({ type: "submit", class: grave ? "grave" : "primary", disabled: busy }, busy ? "Working…" : action),
      ),
    ),
  );
}

/** The dialog that is open, if one is; going to another page closes it. */
export function Dialog() {
  const open = useStore(question);
  useEffect(() => route.watch(() => question.set(undefined)), []);
  return open && h(Question, open);
}

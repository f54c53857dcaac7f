/** JSON as it was stored, formatted for display, and the difference between two JSON values. */

/**
 * Keeps numbers that JavaScript would change (12.50, 9007199254740993) as they are written, if the browser supports it.
 */
function asWritten(_, value, context) {
  const changed = typeof value === "number" && context?.source !== undefined && String(value) !== context.source;
  return changed && JSON.rawJSON ? JSON.rawJSON(context.source) : value;
}

/** An event from its JSON, with its data exactly as written. */
export const readEvent = (text) => ({ ...JSON.parse(text), data: JSON.parse(text, asWritten).data });

/** A page of events from its JSON, with their data exactly as written. */
export function readEvents(text) {
  const page = JSON.parse(text);
  const exact = JSON.parse(text, asWritten);
  page.events.forEach((event, index) => {
    event.data = exact.events[index].data;
  });
  return page;
}

/** JSON in readable form. */
export const pretty = (value) => JSON.stringify(value, null, 2);

/** JSON in one line, cut at a length. */
export function brief(value, length = 160) {
  const text = JSON.stringify(value) ?? "";
  return text.length > length ? text.slice(0, length) + "…" : text;
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/g;

/** The text of readable JSON as pieces `{ kind, text }`; kind is key, string, number, word or plain. */
export function pieces(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    found.push({ kind: "plain", text: text.slice(end, match.index) });
    const [token, quoted, colon] = match;
    if (quoted) {
      found.push({ kind: colon ? "key" : "string", text: quoted }, { kind: "plain", text: colon ?? "" });
    } else {
      found.push({ kind: /^[tfn]/.test(token) ? "word" : "number", text: token });
    }
    end = match.index + token.length;
  }
  found.push({ kind: "plain", text: text.slice(end) });
  return found.filter((piece) => piece.text);
}

/** The largest table for comparing lines, in cells. Above it, everything between the common ends counts as changed. */
const MOST_CELLS = 4_000_000;

const sameLine = (a, b) => a.replace(/,$/, "") === b.replace(/,$/, "");

/**
 * The difference of two JSON values, line by line, as a longest common subsequence.
 *
 * @returns {{ kind: "same" | "added" | "removed", text: string }[]}
 */
export function difference(before, after) {
  const a = pretty(before).split("\n");
  const b = pretty(after).split("\n");
  let start = 0;
  while (start < a.length && start < b.length && sameLine(a[start], b[start])) {
    start++;
  }
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && sameLine(a[a.length - 1 - end], b[b.length - 1 - end])) {
    end++;
  }
  const same = (lines) => lines.map((text) => ({ kind: "same", text }));
  const middle = changes(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...same(b.slice(0, start)), ...middle, ...same(b.slice(b.length - end))];
}

function changes(a, b) {
  const removed = (text) => ({ kind: "removed", text });
  const added = (text) => ({ kind: "added", text });
  if (a.length * b.length > MOST_CELLS) {
    return [...a.map(removed), ...b.map(added)];
  }
  const common = commonLengths(a, b);
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (sameLine(a[i], b[j])) {
      lines.push({ kind: "same", text: b[j] });
      i++;
      j++;
    } else if (common[i + 1][j] >= common[i][j + 1]) {
      lines.push(removed(a[i++]));
    } else {
      lines.push(added(b[j++]));
    }
  }
  return [...lines, ...a.slice(i).map(removed), ...b.slice(j).map(added)];
}

/** `[i][j]`: the number of lines that a from i on and b from j on have in common. */
function commonLengths(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = sameLine(a[i], b[j]) ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

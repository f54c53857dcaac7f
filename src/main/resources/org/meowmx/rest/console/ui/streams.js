/** Streams: search by category and the beginning of the id. */

import { el, h, useEffect, useState } from "./h.js";
import { categories, streams } from "./api.js";
import { useServer } from "./monitor.js";
import { button, card, categoryLink, name, nothing, problemOf, streamOf, table, Typed } from "./parts.js";
import { go, link, route, streamLink } from "./route.js";
import { useStore } from "./store.js";
import { number, timeOf } from "./time.js";

const PAGE = 100;

function Find({ category, prefix }) {
  const { value } = useServer(() => categories({ limit: 1000 }), []);
  return el.form(
    {
      class: "filters",
      role: "search",
      onsubmit(submitted) {
        submitted.preventDefault();
        const asked = new FormData(submitted.target);
        const to = asked.get("category").trim();
        go(to ? link(["streams", to], { prefix: asked.get("prefix") }) : link(["streams"]));
      },
    },
    h(Typed, { label: "Category", name: "category", list: "categories", value: category ?? "", required: true }),
    h(Typed, { label: "Id begins with", name: "prefix", value: prefix, placeholder: "any" }),
    el.datalist({ id: "categories" }, (value?.categories ?? []).map((it) => el.option({ value: it.category }))),
    el.button({ type: "submit", class: "primary" }, "Find"),
  );
}

/** The pages of a list, one after another. */
function usePages(load, nameOfLast, key) {
  const [after, setAfter] = useState([]);
  const [pages, setPages] = useState(new Map());
  const last = after.at(-1);
  const { value, problem } = useServer(() => load(last), [key, last]);
  useEffect(() => value && setPages((before) => new Map(before).set(last, value)), [value]);
  const more = value?.length === PAGE && button("More", () => setAfter([...after, nameOfLast(value.at(-1))]));
  return { found: [...pages.values()].flat(), problem, more, answered: value !== undefined };
}

function Categories() {
  const load = async (after) => (await categories({ after, limit: PAGE })).categories;
  const { found, problem, more, answered } = usePages(load, (it) => it.category, "categories");
  return card(
    "Categories",
    problemOf(problem),
    found.length > 0 && table("Categories",
      [["Category", ""], ["Streams", "number"], ["Events", "number"], ["Last change", ""], ["", ""]],
      found.map((it) => [
        el.a({ href: link(["streams", it.category]) }, name(it.category)),
        (it.estimated ? "about " : "") + number(it.streams),
        (it.estimated ? "about " : "") + number(it.events),
        timeOf(it.lastChange),
        el.a({ href: categoryLink(it.category) }, "In the log"),
      ])),
    answered && found.length === 0 && nothing("The log is empty."),
    more,
  );
}

function Streams({ category, prefix }) {
  const load = async (after) => (await streams({ category, prefix, after, limit: PAGE })).streams;
  const { found, problem, more, answered } = usePages(load, (it) => it.streamId, `${category}\n${prefix}`);
  return card(
    "Streams",
    problemOf(problem),
    found.length > 0 && table("Streams", [["Stream", ""], ["Version", "number"], ["Last change", ""]],
      found.map((it) => [streamOf(it.category, it.streamId), number(it.version), timeOf(it.lastChange)])),
    answered && found.length === 0 && nothing("No stream in this category has an id that begins with this. ",
      prefix && el.a({ href: streamLink(category, prefix) }, "Open the stream with exactly this id")),
    more,
  );
}

export function StreamsPage({ category }) {
  const prefix = useStore(route).get("prefix");
  const key = JSON.stringify([category, prefix]);
  return [
    el.h1("Streams"),
    el.div({ class: "toolbar" }, h(Find, { category, prefix })),
    category ? h(Streams, { key, category, prefix }) : h(Categories),
  ];
}

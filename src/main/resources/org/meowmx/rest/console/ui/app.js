/** The frame of the console: header, banner, the current page, and the dialog. */

import { el, h, render, useEffect, useRef } from "./h.js";
import { Dialog, notice } from "./dialog.js";
import { EventPage } from "./event.js";
import { LogPage } from "./log.js";
import { monitor, refresh, watchServer } from "./monitor.js";
import { OverviewPage } from "./overview.js";
import { ParkedPage } from "./parked.js";
import { badge, button, problemOf } from "./parts.js";
import { link, route } from "./route.js";
import { useStore } from "./store.js";
import { StreamPage } from "./stream.js";
import { StreamsPage } from "./streams.js";
import { SubscriptionPage } from "./subscription.js";
import { SubscriptionsPage } from "./subscriptions.js";
import { zone } from "./time.js";

const TABS = { overview: "Overview", log: "Log", streams: "Streams", subscriptions: "Subscriptions", parked: "Parked" };

/** The component of an address, and the key under which it keeps its state. */
function pageOf({ page, segments }) {
  const [first, second] = segments;
  switch (page) {
    case "log":
      return [LogPage, {}];
    case "events":
      return [EventPage, { id: first }];
    case "streams":
      return second === undefined ? [StreamsPage, { category: first }] : [StreamPage, { category: first, id: second }];
    case "subscriptions":
      return first === undefined ? [SubscriptionsPage, {}] : [SubscriptionPage, { name: first }];
    case "parked":
      return [ParkedPage, { name: first }];
    default:
      return [OverviewPage, {}];
  }
}

function Tabs({ page }) {
  const { subscriptions = [] } = useStore(monitor);
  const parked = subscriptions.reduce((sum, it) => sum + it.parkedStreams, 0);
  const here = page === "events" ? "log" : page;
  return el.nav(
    { "aria-label": "Pages" },
    Object.entries(TABS).map(([key, title]) =>
      el.a(
        { href: link([key]), "aria-current": here === key ? "page" : undefined },
        title,
        key === "parked" && parked > 0 && badge("bad", parked),
      )),
  );
}

function Banner() {
  const { away, problem } = useStore(monitor);
  return el.div(
    { class: "banner", role: "status" },
    away && el.p(
      `The server is not reachable. The data on this page may be outdated. Next attempt within ${away.seconds} s. `,
      button("Try now", refresh),
    ),
    problemOf(problem),
  );
}

function Notice() {
  const sentence = useStore(notice);
  return el.div({ class: "notice", role: "status" }, sentence && el.p(sentence));
}

function App() {
  const place = useStore(route);
  const main = useRef();
  const shown = useRef();
  const [Page, attributes] = pageOf(place);
  const key = [place.page, ...place.segments].join("/");

  useEffect(() => {
    document.title = `${[TABS[place.page] ?? place.page, ...place.segments].join(" · ")} – meowmx`;
    if (shown.current !== undefined && shown.current !== key) {
      main.current.focus();
      scrollTo(0, 0);
    }
    shown.current = key;
  }, [key]);

  return [
    el.a({ class: "skip", href: "#main", onclick: (event) => (event.preventDefault(), main.current.focus()) }, "Skip to content"),
    el.header(el.a({ class: "brand", href: "#/" }, el.img({ src: "ui/favicon.svg", alt: "" }), "meowmx"), h(Tabs, place)),
    h(Banner),
    el.main({ id: "main", tabindex: -1, ref: main }, h(Page, { key, ...attributes })),
    el.footer(`Times are in ${zone}`),
    h(Notice),
    h(Dialog),
  ];
}

render(h(App), document.body);
watchServer();

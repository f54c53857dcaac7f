/** Live charts: uPlot in Preact, in the light or dark colours of the page. */

import { el, h, useEffect, useRef } from "./h.js";

const HEIGHT = 140;
/** The shortest range of time that a chart shows, in seconds, even with few samples. */
const SHORTEST = 60;

const FONT = "11px system-ui, sans-serif";

/** The number of series that the palette has colours for. */
export const MOST_SERIES = 6;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options(names, width, least) {
  const line = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: FONT };
  const series = names.map((label, index) => ({
    label,
    stroke: colour(`--series-${index + 1}`),
    fill: names.length === 1 ? colour("--series-1-area") : undefined,
    width: 2,
    dash: index > 2 ? [6, 4] : undefined,
    points: { show: false },
  }));
  return {
    width,
    height: HEIGHT,
    series: [{}, ...series],
    axes: [
      { ...line, space: 110, size: 26, values: (_, ticks) => ticks.map((seconds) => clock.format(seconds * 1_000)) },
      { ...line, size: 46, space: 34 },
    ],
    scales: {
      x: { time: true, range: (_, first, last) => [Math.min(first, last - SHORTEST), last] },
      y: { range: (_, __, most) => [0, Math.max(least, most * 1.15)] },
    },
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    padding: [8, 8, 0, 0],
  };
}

/** @param data times in seconds, then one list of numbers for each name; null is a gap */
function Chart({ label, names, data, least = 1 }) {
  const host = useRef();
  const plot = useRef();
  const latest = useRef();
  latest.current = data;

  useEffect(() => {
    const draw = () => {
      plot.current?.destroy();
      plot.current = new window.uPlot(options(names, host.current.clientWidth, least), latest.current, host.current);
    };
    const fit = new ResizeObserver(() => plot.current?.setSize({ width: host.current.clientWidth, height: HEIGHT }));
    draw();
    fit.observe(host.current);
    dark.addEventListener("change", draw);
    return () => {
      fit.disconnect();
      dark.removeEventListener("change", draw);
      plot.current.destroy();
      plot.current = undefined;
    };
  }, [names.join("\n")]);

  useEffect(() => plot.current?.setData(data), [data]);

  return el.div({ class: "chart", role: "img", "aria-label": label, ref: host });
}

/** A chart. Its label describes it for screen readers. */
export const chart = (attributes) => h(Chart, attributes);

/** The legend of a chart, with the current values. */
export const legend = (entries) =>
  el.ul(
    { class: "legend" },
    entries.map(([label, value], index) => el.li(el.span({ class: `swatch series-${index + 1}` }), label, " ", el.b(value))),
  );

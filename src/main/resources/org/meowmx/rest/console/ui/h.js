/**
 * Hyperscript over Preact: elements as functions, `el.div({ class: "card" }, el.h2("Log"), text)`.
 *
 * If the first argument is a plain object, it has the attributes; everything else is a child. A string stays a string: no part of
 * the console turns text into markup, and no object from a server is passed to an element.
 */

const { h, render, Fragment } = window.preact;
const { useEffect, useLayoutEffect, useRef, useState } = window.preactHooks;

export { Fragment, h, render, useEffect, useLayoutEffect, useRef, useState };

const isAttributes = (it) => it !== null && typeof it === "object" && it.constructor === Object;

/** `el.TAG(attributes?, ...children)` */
export const el = new Proxy({}, {
  get: (_, tag) => (first, ...rest) => (isAttributes(first) ? h(tag, first, ...rest) : h(tag, null, first, ...rest)),
});

/**
 * Hyperscript over Preact: elements as functions, `el.div({ class: "card" }, el.h2("Log"), text)`.
 *
 * The first argument is the attributes when it is a plain object; everything else is a child. A string stays a string: no part of
 * the console makes markup of text, and no object that came from a server is ever passed to an element.
 */

const { h, render, Fragment } = window.preact;
const { useEffect, useLayoutEffect, useRef, useState } = window.preactHooks;

export { Fragment, h, render, useEffect, useLayoutEffect, useRef, useState };

const isAttributes = (it) => it !== null && typeof it === "object" && it.constructor === Object;

/** `el.TAG(attributes?, ...children)` */
export const el = new Proxy({}, {
  get: (_, tag) => (first, ...rest) => (isAttributes(first) ? h(tag, first, ...rest) : h(tag, null, first, ...rest)),
});

/**
 * The rules of orders, credit and accounts as records and functions, without any infrastructure. A test checks that the
 * package uses none.
 */
@NullMarked
package org.meowmx.demo.domain;

import org.jspecify.annotations.NullMarked;

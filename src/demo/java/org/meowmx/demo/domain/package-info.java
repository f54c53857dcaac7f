/** What orders, credit and accounts are: records and functions, without any infrastructure. A test holds the package to it. */
@NullMarked
package org.meowmx.demo.domain;

import org.jspecify.annotations.NullMarked;

/**
 * The sample's bank accounts: long streams with snapshots, conflicts that are retried, and an inline projection.
 */
@NullMarked
package org.meowmx.demo.account;

import org.jspecify.annotations.NullMarked;

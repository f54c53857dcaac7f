/**
 * The configuration keys that hold for the whole application.
 *
 * <p>The idea: a value is read where it is used, by injection; what is allowed stands here, in one table, and is looked at before
 * anything else starts. Those of subscriptions are looked at where subscriptions are.
 *
 * <p>Invariants: no key is read whose value is not looked at; a mistake fails the deployment.
 */
@NullMarked
package org.meowmx.configuration;

import org.jspecify.annotations.NullMarked;

/**
 * Classes that only the tests on a server need.
 */
package shop.trial;

/** What the tests on a server ask of the application beside its own purpose. */
package shop.trial;

/**
 * A user's application: the README's five minutes in code, and the class of the guide {@code docs/existing-application.md}. It
 * knows the library by its Maven coordinates alone; the build compares what README and guides show with these files.
 */
package shop;

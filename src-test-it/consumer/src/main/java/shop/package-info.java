/**
 * A user's application: the README's five minutes in code, and the class of the guide
 * {@code docs/existing-application.md}. It uses the library by its Maven coordinates only. The build compares the
 * snippets in README and guides with these files.
 */
package shop;

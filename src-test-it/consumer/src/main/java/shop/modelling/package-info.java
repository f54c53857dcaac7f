/** The examples of the guide {@code docs/modelling.md}. */
package shop.modelling;

/** The example of the guide {@code docs/multi-tenancy.md}: several tenants in one log. */
package shop.tenant;

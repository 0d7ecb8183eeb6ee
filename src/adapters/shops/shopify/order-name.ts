/** An order's name without the "#" that Shopify puts before it: "1001". Prefixes that a shop chose itself stay. */
export const orderName = (name: string): string => name.trim().replace(/^#/, '').slice(0, 120);

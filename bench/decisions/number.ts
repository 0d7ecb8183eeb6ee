/** Stands where each request has a number of its own, so that everybody asks once: many orders of one person are a matter of their own. */
export const NUMBER = '4444444';

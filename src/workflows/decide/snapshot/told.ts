import type { DecisionWish } from '../types.ts';

/** What a request tells of a person, apart from a number in the shop. */
export type Told = Pick<DecisionWish['customer'], 'name' | 'email' | 'phone' | 'address' | 'device' | 'card'>;

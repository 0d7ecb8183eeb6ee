import type { MedusaContainer } from './types.d.ts';

/** The part of `@medusajs/framework` that is used. */
export interface SubscriberArgs<Data> {
  readonly event: { readonly name: string; readonly data: Data };
  readonly container: MedusaContainer;
}

export interface SubscriberConfig {
  event: string | string[];
  context?: { subscriberId?: string };
}

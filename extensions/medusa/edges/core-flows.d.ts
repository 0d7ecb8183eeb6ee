import type { MedusaContainer } from './types.d.ts';

type Validate<Input> = (
  handler: (given: Input, context: { readonly container: MedusaContainer }) => Promise<void>,
) => void;

/** The part of `@medusajs/medusa/core-flows` that is used. */
export declare const completeCartWorkflow: {
  readonly hooks: { readonly validate: Validate<{ readonly input: { readonly id: string }; readonly cart: unknown }> };
};
export declare const addToCartWorkflow: {
  readonly hooks: { readonly validate: Validate<{ readonly input: { readonly cart_id: string } }> };
};

import type { MedusaContainer } from './types.d.ts';

/** The part of `@medusajs/framework/http` that is used. */
export interface MedusaRequest {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly scope: MedusaContainer;
}

export interface MedusaResponse {
  status(code: number): MedusaResponse;
  json(body: unknown): MedusaResponse;
}

export type MedusaNextFunction = (error?: unknown) => void;

export declare function defineMiddlewares(config: {
  readonly routes: {
    readonly matcher: string;
    readonly methods: 'POST'[];
    readonly middlewares: ((request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction) => unknown)[];
  }[];
}): unknown;

/** Why a workflow of the desk did not do what was asked: each kind is one thing a caller can act on. */
export type Refused =
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string }
  | { readonly kind: 'not-found'; readonly message: string }
  | { readonly kind: 'conflict'; readonly message: string }
  | { readonly kind: 'not-allowed'; readonly message: string }
  | { readonly kind: 'wrong-credentials'; readonly message: string }
  | { readonly kind: 'too-many'; readonly message: string; readonly retryAfterSeconds: number };

export const invalid = (field: string, message: string): Refused => ({ kind: 'invalid', field, message });
export const notFound = (message: string): Refused => ({ kind: 'not-found', message });
export const conflict = (message: string): Refused => ({ kind: 'conflict', message });
export const notAllowed = (message: string): Refused => ({ kind: 'not-allowed', message });

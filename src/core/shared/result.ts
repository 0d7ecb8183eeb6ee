/** The answer of anything that may refuse for a reason its caller is expected to handle. Bugs throw instead. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const err = <E>(error: E): { readonly ok: false; readonly error: E } => ({ ok: false, error });

/** Takes the value out, for places where a refusal would be a bug (tests, shipped documents). Throws the refusal as text. */
export function unwrap<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value;
  throw new Error(typeof result.error === 'string' ? result.error : JSON.stringify(result.error));
}

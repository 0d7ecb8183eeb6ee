/**
 * Why nothing came back. address: it cannot be fetched at all (another scheme, a password in it) · private: the name stands for an
 * address that is not public · unknown: the name stands for nothing · silent: no answer, or no more of it, in time · refused: the
 * connection · certificate · large: more than was allowed · broken: the connection broke, or the answer cannot be read.
 */
export type FetchFault = 'address' | 'private' | 'unknown' | 'silent' | 'refused' | 'certificate' | 'large' | 'broken';

/** What a guarded fetch rejects with. Its message never repeats the address, which may hold what is nobody's business. */
export class FetchFailed extends TypeError {
  readonly fault: FetchFault;

  constructor(fault: FetchFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FetchFailed';
    this.fault = fault;
  }
}

const REFUSED: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES'];

/** Says of an error of Node's what it comes to. */
export function fetchFailed(error: unknown): FetchFailed {
  if (error instanceof FetchFailed) return error;
  const code = codeOf(error);
  if (REFUSED.includes(code)) return new FetchFailed('refused', 'The connection was refused.', error);
  if (code === 'ETIMEDOUT') return new FetchFailed('silent', 'There was no answer in time.', error);
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new FetchFailed('certificate', 'No safe connection could be made: the certificate is not good.', error);
  return new FetchFailed('broken', 'The connection broke before there was an answer.', error);
}

/** Several addresses that were tried are told of as one error. */
function codeOf(error: unknown): string {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly { code?: unknown }[] };
  return String(code ?? errors?.find((each) => each.code !== undefined)?.code ?? '');
}

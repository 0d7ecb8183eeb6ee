import type { BodyOf, ParamsOf, QueryOf, ResponseOf, RouteName } from '../../contracts/routes.ts';
import { spokenLanguage, translate } from './i18n.ts';

/** Only what the route takes, and only as optional as it is. */
type Part<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : Record<string, never> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };
export type ArgsOf<R extends RouteName> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryOf<R>> &
  ([BodyOf<R>] extends [undefined] ? { readonly body?: undefined } : { readonly body: BodyOf<R> });

interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** An answer other than success. `message` is fit to show; `field('owner.email')` gives what is wrong with one field of a form. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly fields: readonly FieldProblem[];
  /** Which refusal it is, where the service says so: "changed-meanwhile". */
  readonly why: string | undefined;

  constructor(status: number, type: string, message: string, fields: readonly FieldProblem[], why?: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.type = type;
    this.fields = fields;
    this.why = why;
  }

  field(name: string): string | undefined {
    return this.fields.find((each) => each.field === name)?.message;
  }
}

/** What is wrong with one field, if this error says so. */
export function fieldError(error: Error | null, name: string): string | undefined {
  return error instanceof ApiError ? error.field(name) : undefined;
}

/** What is left to say of an error once the fields have said theirs: nothing when it is about fields. */
export function otherError(error: Error | null): Error | null {
  return error instanceof ApiError && error.fields.length > 0 ? null : error;
}

let csrf = '';

/** Keeps the token that every change must carry; it comes with the session. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** The header that proves a change comes from this page. */
export function csrfHeader(): Record<string, string> {
  return csrf ? { 'x-evenhand-csrf': csrf } : {};
}

/** The header that tells which language the service should write its part of the screen in. */
export function languageHeader(): Record<string, string> {
  const language = spokenLanguage();
  return language ? { 'accept-language': language } : {};
}

/** The address of a route or file with its parameters filled in and its query added; lists repeat their name. */
export function addressOf(path: string, params: object = {}, query: object = {}): string {
  const values = new Map(Object.entries(params));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name) ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') search.append(name, String(each));
    }
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

async function problemFrom(response: Response): Promise<ApiError> {
  const known: unknown = /json/.test(response.headers.get('content-type') ?? '')
    ? await response.json().catch(() => null)
    : null;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const body = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : {};
  const fields = Array.isArray(body.errors)
    ? body.errors.filter(
        (each): each is FieldProblem => text(each?.field) !== undefined && text(each?.message) !== undefined,
      )
    : [];
  const message =
    text(body.detail) ??
    text(body.title) ??
    translate(response.status >= 500 ? 'common:error.server' : 'common:error.refused', { status: response.status });
  return new ApiError(response.status, text(body.type) ?? 'about:blank', message, fields, text(body.why));
}

/** Sends one request and gives the answer, or throws an ApiError. Status 0: the service was not reached. */
export async function send(method: string, address: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      ...init,
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...languageHeader(),
        ...(CHANGES.has(method) && csrfHeader()),
        ...init.headers,
      },
    });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, 'about:blank', translate('common:error.offline'), []);
  }
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/** Calls a route of the table in contracts/routes.ts. */
export async function api<R extends RouteName>(
  route: R,
  args: ArgsOf<R>,
  signal?: AbortSignal,
): Promise<ResponseOf<R>> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const response = await send(method, addressOf(path, args.params ?? {}, args.query ?? {}), {
    ...(signal && { signal }),
    ...(args.body !== undefined && {
      body: JSON.stringify(args.body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  return (await response.json()) as ResponseOf<R>;
}

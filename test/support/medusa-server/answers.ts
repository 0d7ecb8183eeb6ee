export interface Answer {
  readonly status: number;
  /** Text goes out as HTML, as Express answers for paths that nobody serves. */
  readonly body: object | string;
}

export const ok = (body: object): Answer => ({ status: 200, body });
export const invalid = (message: string): Answer => ({ status: 400, body: { type: 'invalid_data', message } });
export const notAllowed = (message: string): Answer => ({ status: 400, body: { type: 'not_allowed', message } });
export const notFound = (message: string): Answer => ({ status: 404, body: { type: 'not_found', message } });
export const noRoute = (method: string, path: string): Answer => ({
  status: 404,
  body: `<!DOCTYPE html><pre>Cannot ${method} /admin/${path}</pre>`,
});

/** Classes of SQLSTATE that say that the database cannot be worked with at all: connections, resources, stopping, its disk. */
const UNREACHABLE = /^(08|53|57P|58)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;
const SYSTEM = /^E[A-Z]{3,}/;

/** Whether an error says that the database cannot be reached, and not that it refused what it was given. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && SYSTEM.test(code)) return true;
  if (typeof code === 'string' && SQLSTATE.test(code)) return UNREACHABLE.test(code);
  // What the driver itself says of a connection that broke, or that there is none, has no code.
  return error.name === 'Error' && /connect|pool|database|timeout/i.test(error.message);
}

import type { z } from 'zod';
import { err, ok, type Result } from '../../core/shared/result.ts';
import { type Instant, parseInstant, whyNoInstant } from '../../core/shared/time.ts';
import type { Json, ReadingFault } from '../../ports/platforms.ts';

/** Something that a record must have and has not. Caught where reading begins. */
export class Drift extends Error {
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** The payload by its shape. Throws `Drift` with the path of the first thing that is missing or is not what it was. */
export function shaped<T>(shape: z.ZodType<T>, payload: Json): T {
  const read = shape.safeParse(payload);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Drift(issue?.path.join('.') || 'body', issue?.message ?? 'is not as expected');
}

/** An instant that must be there. */
export function instantAt(text: string, path: string): Instant {
  const at = parseInstant(text);
  if (at === null) throw new Drift(path, whyNoInstant(text));
  return at;
}

/** Runs a reading, and gives what drifted as a value. */
export function withoutDrift<T>(read: () => T): Result<T, Extract<ReadingFault, { kind: 'drift' }>> {
  try {
    return ok(read());
  } catch (error) {
    if (error instanceof Drift) return err({ kind: 'drift', path: error.path, message: error.message });
    throw error;
  }
}

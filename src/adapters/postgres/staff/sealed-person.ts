import { z } from 'zod';
import type { StaffId } from '../../../core/shared/brand.ts';
import { SAMPLE_COLLEAGUE } from '../../../ports/sample-colleague.ts';
import type { Vault } from '../../../ports.ts';

const person = z.strictObject({ name: z.string(), email: z.string() });

/** Name and address of a member of staff as the database keeps them. */
export const sealPerson = (vault: Vault, { name, email }: { name: string; email: string }): Buffer =>
  vault.seal(JSON.stringify({ name, email }));

export const openPerson = (vault: Vault, sealed: Buffer): { name: string; email: string } =>
  person.parse(JSON.parse(vault.open(sealed)));

/** The name to show for a member of staff; null for nobody and for somebody this installation does not know. */
export function staffName(vault: Vault, id: StaffId | null, sealed: Buffer | null): string | null {
  if (sealed !== null) return openPerson(vault, sealed).name;
  return id === SAMPLE_COLLEAGUE.id ? SAMPLE_COLLEAGUE.name : null;
}

import { z } from 'zod';
import type { Vault } from '../../../ports.ts';

const person = z.strictObject({ name: z.string(), email: z.string() });

/** Name and address of a member of staff as the database keeps them. */
export const sealPerson = (vault: Vault, { name, email }: { name: string; email: string }): Buffer =>
  vault.seal(JSON.stringify({ name, email }));

export const openPerson = (vault: Vault, sealed: Buffer): { name: string; email: string } =>
  person.parse(JSON.parse(vault.open(sealed)));

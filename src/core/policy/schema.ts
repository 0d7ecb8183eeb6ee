import { z } from 'zod';
import { policyDocument } from './document.ts';

/** The JSON Schema (2020-12) of a policy document, for editors: `policies/policy.schema.json` is this, written out. */
export function policyJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policyDocument, { io: 'input', reused: 'inline' });
  return { ...schema, title: 'Evenhand policy', description: 'Rules, ladders and procedure of an online shop.' };
}

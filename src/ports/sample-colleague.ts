import { id, type StaffId } from '../core/shared/brand.ts';

/** Who decided in the sample shop's past: invented like the shop itself, and nobody's account. */
export const SAMPLE_COLLEAGUE = {
  id: id<StaffId>('00000000-0000-4000-8000-000000000000'),
  name: 'A colleague of the sample shop',
} as const;

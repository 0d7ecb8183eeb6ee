/** A thing of the shop as the Admin API shows it. */
export interface Thing {
  readonly id: string;
  [field: string]: unknown;
}

/** What a Medusa keeps that tests ask about. */
export interface MedusaShop {
  readonly secretKey: string;
  readonly customers: Thing[];
  readonly groups: Thing[];
  readonly orders: Thing[];
  readonly returns: Thing[];
  /** By order. */
  readonly changes: Record<string, Thing[]>;
  readonly payments: Thing[];
  readonly promotions: Thing[];
  /** Null: our plug-in is not installed. */
  plugin: { configured: boolean; hook_url: string | null; waiting: number; refunds: Thing[] } | null;
  /** Paths that the key has no right to. */
  readonly forbidden: Set<string>;
}

export function emptyShop(): MedusaShop {
  return {
    secretKey: 'sk_test',
    customers: [],
    groups: [],
    orders: [],
    returns: [],
    changes: {},
    payments: [],
    promotions: [],
    plugin: { configured: true, hook_url: null, waiting: 0, refunds: [] },
    forbidden: new Set(),
  };
}

/** Medusa joins metadata key by key, and takes away what is set to "". */
export function joinMetadata(thing: Thing, change: unknown): void {
  if (typeof change !== 'object' || change === null) return;
  const joined = { ...(thing.metadata as object | null), ...change };
  thing.metadata = Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== ''));
}

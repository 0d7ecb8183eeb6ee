import type { DisposableDomains } from '../../ports/live.ts';

export interface LoadedDomains extends DisposableDomains {
  /** Loads the list now, once; whoever only asks need not call it. Never throws: trouble is told, and nothing is known. */
  load(): Promise<void>;
}

/**
 * The domains of services for throw-away addresses (disposable-email-domains-js, CC0: the list that disposable-email-domains keeps on
 * GitHub). Nothing is read before somebody asks, and nothing is asked of the network.
 */
export function openDisposableDomains({ onTrouble }: { readonly onTrouble: (message: string) => void }): LoadedDomains {
  let domains: ReadonlySet<string> | null = null;
  let loading: Promise<void> | null = null;
  const load = (): Promise<void> => {
    loading ??= import('disposable-email-domains-js').then(
      ({ default: list }) => {
        domains = list.disposableEmailBlocklistSet();
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        onTrouble(`The domains of throw-away addresses are not known: ${why}`);
      },
    );
    return loading;
  };
  return {
    load,
    has(domain) {
      if (domains !== null) return hasOrBelongs(domains, domain.toLowerCase());
      void load();
      return null;
    },
  };
}

/** "a.b.example.com" belongs to "example.com". A domain of one part is nobody's. */
function hasOrBelongs(domains: ReadonlySet<string>, domain: string): boolean {
  for (let rest = domain; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1))
    if (domains.has(rest)) return true;
  return false;
}

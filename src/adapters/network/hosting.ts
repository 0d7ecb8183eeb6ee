import { createReadStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostingRange } from '../../core/network/hosting.ts';
import { type AddressRange, RangeSet } from '../../core/network/range-set.ts';
import type { Networks } from '../../ports/networks.ts';

/** The files of the data, as ip-location-db names them: "first,last,asn,name". */
export const NETWORK_FILES = ['asn-ipv4-num.csv', 'asn-ipv6.csv'] as const;

/** Read at a time, so that requests are answered between two pieces. */
const PIECE = 64 * 1024;

export interface LoadedNetworks extends Networks {
  /** Loads the data now, once; whoever only asks need not call it. Never throws: trouble is told to `onTrouble`, and nothing is known. */
  load(): Promise<void>;
}

/**
 * Which addresses belong to hosting providers, by the networks' numbers (RouteViews, DB-IP and NRO, through @ip-location-db/asn; see
 * docs/networks.md). `folder` holds newer files of the same form. Nothing is read before somebody asks.
 */
export function openNetworks({
  folder,
  onTrouble,
}: {
  readonly folder?: string | undefined;
  readonly onTrouble: (message: string) => void;
}): LoadedNetworks {
  let set: RangeSet | null = null;
  let loading: Promise<void> | null = null;
  const load = (): Promise<void> => {
    loading ??= readAll(folder).then(
      (read) => {
        set = read;
      },
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        onTrouble(`The networks of hosting providers are not known: ${why}`);
      },
    );
    return loading;
  };
  return {
    load,
    hosting(ip) {
      if (set !== null) return set.has(ip);
      void load();
      return null;
    },
  };
}

const packageFolder = (): string => dirname(fileURLToPath(import.meta.resolve('@ip-location-db/asn/package.json')));

async function readAll(given: string | undefined): Promise<RangeSet> {
  const folder = given ?? packageFolder();
  const ranges: AddressRange[] = [];
  const known = new Map<string, boolean>();
  for (const file of NETWORK_FILES) {
    const path = join(folder, file);
    let rows = 0;
    let rest = '';
    for await (const piece of createReadStream(path, { encoding: 'latin1', highWaterMark: PIECE })) {
      const lines = `${rest}${String(piece)}`.split('\n');
      rest = lines.pop() ?? '';
      rows += lines.length;
      for (const line of lines) {
        const range = hostingRange(line, known);
        if (range !== null) ranges.push(range);
      }
    }
    if (rows === 0) throw new Error(`${path} has no rows`);
  }
  if (ranges.length === 0) throw new Error(`the files in ${folder} name no hosting provider`);
  return new RangeSet(ranges);
}

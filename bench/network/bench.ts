import { BlockList } from 'node:net';
import LongestPrefixMatch from 'longest-prefix-match';
import { addressText } from '../../src/core/network/address.ts';
import { type Cidr, cidrText } from '../../src/core/network/cidr.ts';
import { entryOf, isHit, PrefixTable } from '../../src/core/network/prefix-table.ts';
import { alternate, type Candidate, type Figure, percentile } from '../harness.ts';
import { IntervalTable } from './interval-table.ts';
import { addresses, networks } from './networks.ts';

const RANGES = 100_000;
const LOOKUPS = 100_000;
const CHANGES = 100_000;

/**
 * Look-ups from text in 100,000 networks of both families: ours against an interval table by hand (the limit) and two peers. Throws unless all
 * agree about every address: the three tables about which entry answers, node's BlockList about whether any does.
 */
export async function benchNetwork(): Promise<readonly Figure[]> {
  const listed = networks(RANGES);
  const texts = addresses(LOOKUPS, listed);
  const ours = new PrefixTable();
  for (const [entry, cidr] of listed.entries()) ours.set(cidr, 'deny', entry);
  const byHand = new IntervalTable(listed.map((cidr, entry) => ({ cidr, entry })));
  const trie = new LongestPrefixMatch();
  for (const [entry, cidr] of listed.entries()) trie.addPrefix(`${addressText(cidr)}/${cidr.length}`, entry);
  const blockList = new BlockList();
  for (const cidr of listed) blockList.addSubnet(addressText(cidr), cidr.length, cidr.family === 4 ? 'ipv4' : 'ipv6');
  const inBlockList = (text: string): boolean => blockList.check(text, text.includes(':') ? 'ipv6' : 'ipv4');

  // It reads addresses only as prefixes; writing them so is not on its clock.
  const prefixes = texts.slice(0, 2_000).map((text) => `${text}/${text.includes(':') ? 128 : 32}`);
  for (const text of texts) agree(text, 'the interval table', answer(ours, text), byHand.find(text));
  for (const [at, prefix] of prefixes.entries())
    agree(prefix, 'longest-prefix-match', answer(ours, texts[at] ?? ''), trie.getMatch(prefix)[0] ?? -1);
  for (const text of texts) agree(text, 'BlockList', answer(ours, text) >= 0, inBlockList(text));

  let sum = 0;
  const each = (name: string, over: readonly string[], lookUp: (text: string) => number): Candidate => ({
    name,
    operations: over.length,
    run: () => {
      for (const text of over) sum += lookUp(text);
    },
  });
  const [table, hand, package_, node] = await alternate([
    each('Evenhand', texts, (text) => ours.find(text)),
    each('an interval table by hand', texts, (text) => byHand.find(text)),
    each('longest-prefix-match 1.3', prefixes, (prefix) => trie.getMatch(prefix).length),
    each("node's BlockList", texts, (text) => Number(inBlockList(text))),
  ]);
  if (!table || !hand || !package_ || !node || Number.isNaN(sum)) throw new Error('A contestant is missing');
  const changes = timeChanges(ours, listed);
  const group = `Networks: ${RANGES.toLocaleString('en')} ranges, IPv4 and IPv6, looked up from text`;
  const unit = 'look-ups/s';
  const against = (peer: typeof table) => ({
    group,
    name: `÷ ${peer.name}`,
    value: peer.perSecond,
    unit,
    ratio: table.perSecond / peer.perSecond,
  });
  return [
    { group, name: 'Evenhand', value: table.perSecond, unit },
    { ...against(hand), goal: { atLeast: 0.5 } },
    against(package_),
    against(node),
    { group, name: 'memory', value: ours.bytes / 2 ** 20, unit: 'MiB', goal: { atMost: 32 } },
    { group, name: 'one change at that size, median', value: changes.median * 1000, unit: 'µs' },
    { group, name: 'one change at that size, p99.9', value: changes.high, unit: 'ms', goal: { atMost: 2 } },
    { group, name: 'one change at that size, the slowest', value: changes.worst, unit: 'ms' },
  ];
}

const answer = (table: PrefixTable, text: string): number => {
  const hit = table.find(text);
  return isHit(hit) ? entryOf(hit) : hit;
};

/** Milliseconds of single changes: new networks come while others go. Throws unless what stands afterwards is what should. */
function timeChanges(table: PrefixTable, listed: readonly Cidr[]): { median: number; high: number; worst: number } {
  const known = new Set(listed.map(cidrText));
  const fresh = networks(CHANGES + 1_000, 3).filter((cidr) => !known.has(cidrText(cidr)));
  const times: number[] = [];
  const timed = (change: () => void): void => {
    const start = performance.now();
    change();
    times.push(performance.now() - start);
  };
  for (let at = 0; at < CHANGES; at++) {
    const [coming, going] = [fresh[at], listed[at % listed.length]];
    if (coming === undefined || going === undefined) break;
    timed(() => void table.set(coming, 'deny', at));
    timed(() => void table.remove(going, 'deny'));
  }
  for (const [at, cidr] of fresh.entries())
    agree(cidrText(cidr), 'what was set', table.get(cidr, 'deny'), at < CHANGES ? at : -1);
  for (const cidr of listed) agree(cidrText(cidr), 'what was removed', table.get(cidr, 'deny'), -1);
  return { median: percentile(times, 0.5), high: percentile(times, 0.999), worst: percentile(times, 1) };
}

function agree(what: string, peer: string, ours: unknown, theirs: unknown): void {
  if (ours !== theirs) throw new Error(`${what}: Evenhand and ${peer} disagree: ${ours} / ${theirs}`);
}

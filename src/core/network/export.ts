import { addressText } from './address.ts';
import { type Cidr, cidrText } from './cidr.ts';

/** A network on a list, and why it is there, as others may read it. */
export interface Listed {
  readonly cidr: Cidr;
  readonly list: 'allow' | 'deny';
  readonly comment: string;
}

/** A file for another program, and how many networks that program cannot hold, which were left out. */
export interface Exported {
  readonly text: string;
  readonly leftOut: number;
}

const COMMENT = 100;

/**
 * For `include` in nginx (ngx_http_access_module), which takes the first rule that holds an address: so the longest come first, and allow
 * before deny at equal length, which is how Evenhand answers too.
 */
export function nginxDeny(listed: readonly Listed[]): Exported {
  return {
    text: lines(sorted(listed).map(({ cidr, list, comment }) => `${list} ${cidrText(cidr)};${remark(comment)}`)),
    leftOut: 0,
  };
}

/** Longer names are refused by the kernel. */
const LONGEST_SET = 31;
const NEW = '-new';

/**
 * For `ipset restore`: a set each for IPv4 and IPv6, filled aside and swapped in at once, so that there is no moment without. The most specific
 * network answers there too; one to allow is an exception (`nomatch`), and only entered where a wider one denies. At equal length allow wins.
 * `name` is of letters, digits, - and _; the sets are called so and with a 6.
 */
export function ipsetRestore(listed: readonly Listed[], name = 'evenhand-deny'): Exported {
  if (!/^[\w-]+$/.test(name) || name.length + 1 + NEW.length > LONGEST_SET)
    throw new Error(`An ipset is called by at most ${LONGEST_SET - 1 - NEW.length} letters, digits, - and _`);
  const entries = onePerNetwork(listed);
  const sets = ([4, 6] as const).map((family) => {
    const set = family === 4 ? name : `${name}6`;
    const mine = entries.filter(({ cidr }) => cidr.family === family).flatMap(halves);
    const type = `hash:net family ${family === 4 ? 'inet' : 'inet6'} maxelem ${Math.max(65_536, 2 * mine.length)} comment`;
    return [
      `create ${set} ${type} -exist`,
      `create ${set}${NEW} ${type} -exist`,
      `flush ${set}${NEW}`,
      ...mine.map(({ cidr, list, comment }) => {
        const said = plain(comment).replaceAll(/["\\]/g, "'");
        return `add ${set}${NEW} ${cidrText(cidr)}${list === 'allow' ? ' nomatch' : ''}${said === '' ? '' : ` comment "${said}"`} -exist`;
      }),
      `swap ${set}${NEW} ${set}`,
      `destroy ${set}${NEW}`,
    ];
  });
  return { text: lines(sets.flat()), leftOut: 0 };
}

/** What a Cloudflare list holds (https://developers.cloudflare.com/waf/tools/lists/custom-lists/). */
const CLOUDFLARE_WIDEST = { 4: 8, 6: 12 } as const;

/**
 * For upload as a Cloudflare custom list of IP addresses: address, description. Such a list knows no exceptions, so those to allow are left out,
 * and so are networks wider than it takes.
 */
export function cloudflareList(listed: readonly Listed[]): Exported {
  const taken = onePerNetwork(listed).filter(
    ({ cidr, list }) => list === 'deny' && cidr.length >= CLOUDFLARE_WIDEST[cidr.family],
  );
  const rows = taken.map(({ cidr, comment }) => {
    // A spreadsheet, through which such files pass, would run what begins like a formula.
    const said = plain(comment).replace(/^[=+\-@\s]+/, '');
    return `${cidrText(cidr)},${/[",]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said}`;
  });
  return { text: lines(rows), leftOut: listed.length - taken.length };
}

/** Longest first, then IPv4 before IPv6, then by address, then allow before deny: the same file for the same entries. */
function sorted(listed: readonly Listed[]): readonly Listed[] {
  return listed.toSorted(
    (a, b) =>
      b.cidr.length - a.cidr.length ||
      a.cidr.family - b.cidr.family ||
      compareWords(a.cidr.words, b.cidr.words) ||
      (a.list < b.list ? -1 : a.list > b.list ? 1 : 0),
  );
}

function compareWords(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((word, index) => word !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Of equal networks the one that answers. */
function onePerNetwork(listed: readonly Listed[]): readonly Listed[] {
  const all = sorted(listed);
  return all.filter(({ cidr }, at) => {
    const before = all[at - 1]?.cidr;
    return before === undefined || before.length !== cidr.length || addressText(before) !== addressText(cidr);
  });
}

/** A set of networks takes none of length 0; its two halves are the same. */
function halves(entry: Listed): readonly Listed[] {
  if (entry.cidr.length > 0) return [entry];
  return [0, 0x8000_0000].map((first) => ({
    ...entry,
    cidr: { ...entry.cidr, words: entry.cidr.words.map((_, at) => (at === 0 ? first : 0)), length: 1 },
  }));
}

/** One line, nothing that steers a terminal or turns writing around, at most `COMMENT` characters: nobody writes rules by way of a reason. */
function plain(comment: string): string {
  const said = comment.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...said].slice(0, COMMENT).join('');
}

const remark = (comment: string): string => (plain(comment) === '' ? '' : ` # ${plain(comment)}`);

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

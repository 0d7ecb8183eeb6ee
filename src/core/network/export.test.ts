import { describe, expect, it, test } from 'vitest';
import { unwrap } from '../shared/result.ts';
import { parseCidr } from './cidr.ts';
import { cloudflareList, ipsetRestore, type Listed, nginxDeny } from './export.ts';

const entry = (text: string, list: 'allow' | 'deny' = 'deny', comment = ''): Listed => ({
  cidr: unwrap(parseCidr(text, { allowWide: true })),
  list,
  comment,
});

const some = [
  entry('198.51.100.0/24', 'deny', 'carding'),
  entry('2001:db8::/32'),
  entry('198.51.100.7', 'allow', 'our office'),
  entry('203.0.113.0/24', 'deny', 'both'),
  entry('203.0.113.0/24', 'allow', 'allow wins'),
];

test('nginx takes the first rule that fits, so the longest come first and allow before deny', () => {
  expect(nginxDeny(some)).toEqual({
    text: `allow 198.51.100.7; # our office
deny 2001:db8::/32;
deny 198.51.100.0/24; # carding
allow 203.0.113.0/24; # allow wins
deny 203.0.113.0/24; # both
`,
    leftOut: 0,
  });
});

test('an ipset each for IPv4 and IPv6 is filled aside and swapped in', () => {
  expect(ipsetRestore(some).text).toBe(`create evenhand-deny hash:net family inet maxelem 65536 comment -exist
create evenhand-deny-new hash:net family inet maxelem 65536 comment -exist
flush evenhand-deny-new
add evenhand-deny-new 198.51.100.7 nomatch comment "our office" -exist
add evenhand-deny-new 198.51.100.0/24 comment "carding" -exist
add evenhand-deny-new 203.0.113.0/24 nomatch comment "allow wins" -exist
swap evenhand-deny-new evenhand-deny
destroy evenhand-deny-new
create evenhand-deny6 hash:net family inet6 maxelem 65536 comment -exist
create evenhand-deny6-new hash:net family inet6 maxelem 65536 comment -exist
flush evenhand-deny6-new
add evenhand-deny6-new 2001:db8::/32 -exist
swap evenhand-deny6-new evenhand-deny6
destroy evenhand-deny6-new
`);
  expect(ipsetRestore([entry('0.0.0.0/0')]).text).toMatch(/ 0\.0\.0\.0\/1 .*\n.* 128\.0\.0\.0\/1 /);
  expect(() => ipsetRestore([], 'a b')).toThrow(/letters/);
  expect(() => ipsetRestore([], 'a'.repeat(27))).toThrow(/26/);
});

test('a Cloudflare list has what it can hold', () => {
  expect(cloudflareList([...some, entry('2000::/8'), entry('198.51.100.9', 'deny', 'a, "b"')])).toEqual({
    text: `198.51.100.9,"a, ""b"""\n2001:db8::/32,\n198.51.100.0/24,carding\n`,
    leftOut: 4,
  });
});

describe('a reason writes no rules', () => {
  const hostile = 'ok\nallow all;\r\u2028x\u0085y" -exist\u202e\u0000\u200bz\\';
  it.each([nginxDeny, ipsetRestore, cloudflareList])('%o', (write) => {
    const quiet = write([entry('198.51.100.7', 'deny', 'ok')]).text;
    const said = write([entry('198.51.100.7', 'deny', hostile)]).text;
    expect(said.split('\n').length).toBe(quiet.split('\n').length);
    expect(said).not.toMatch(/[^\n\x20-\x7e]/);
    expect(said.match(/(?<!")"(?!")/g)?.length ?? 0).toBeLessThanOrEqual(2);
    expect(write([entry('198.51.100.7', 'deny', 'x'.repeat(5000))]).text.length).toBeLessThan(900);
  });
  test('nor a formula', () => {
    expect(cloudflareList([entry('198.51.100.7', 'deny', '=HYPERLINK(1)')]).text).toBe('198.51.100.7,HYPERLINK(1)\n');
  });
});

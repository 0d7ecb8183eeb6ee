import { compilePolicy } from '../../src/core/policy/compile.ts';
import { parsePolicy } from '../../src/core/policy/parse.ts';
import type { CompiledPolicy, Policy } from '../../src/core/policy/types.ts';
import { unwrap } from '../../src/core/shared/result.ts';

/** A small fair policy: one rule about returns, one about threats. Tests change single lines of it. */
export const smallPolicy = `name: Small
introduction: What we ask of everybody who shops with us.
rules:
  - id: sends-most-back
    conduct: compulsive-returns
    title: Sends most of it back
    because: You send back most of what you order.
    advice: Order what you mean to keep.
    gravity: minor
    when:
      all:
        - {metric: return_rate_by_value, over: 12 months, at_least: 50 %}
        - {metric: returns, over: 12 months, at_least: 3}
    settle: 30 days
    leave_out: [goodwill]
    ladder: returns
  - id: threatens
    conduct: threats
    title: Threatens our staff
    because: You threatened somebody who works for us.
    gravity: grave
    when: {metric: threats_of_violence, over: 12 months, at_least: 1}
    settle: 1 day
    ladder: respect
ladders:
  - id: returns
    title: Returns
    steps:
      - {do: warning, for: 180 days, lift: {clean_for: 90 days, orders_kept: 1}}
      - {do: restriction, obligations: [no_free_returns], for: 180 days, after_previous: 30 days}
      - {do: block, surfaces: [purchase], for: 1 year, after_previous: 30 days}
  - id: respect
    title: Respect
    steps:
      - {do: warning, for: 180 days}
      - {do: restriction, obligations: [official_channels_only], for: 1 year, after_previous: 7 days}
      - {do: block, surfaces: [purchase], for: 1 year, after_previous: 7 days}
    grave_starts_at: {step: 2, because: threat}
procedure:
  appeal: Write to us by e-mail or press "I disagree" in the notice.
  appeal_within: 6 months
  answer_within: 14 days
  answered_by: another person
`;

/** The text with each change made; a change that finds nothing to replace is a slip of the pen and throws. */
export function changed(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  let result = text;
  for (const [from, to] of changes) {
    if (!result.includes(from)) throw new Error(`The text to change is not there: ${from}`);
    result = result.replace(from, to);
  }
  return result;
}

export function readPolicy(text: string): Policy {
  return unwrap(parsePolicy(text)).policy;
}

export function compiled(text: string = smallPolicy, version: number | null = 1): CompiledPolicy {
  return compilePolicy(readPolicy(text), version);
}

import { Refusal } from '../../adapters/refusal.ts';
import { workflowDeps } from '../../compose-workflows.ts';
import { surface } from '../../core/events/measures.ts';
import { sayObligation } from '../../core/policy/say.ts';
import { formatInstant } from '../../core/shared/time.ts';
import { PolicyShelf } from '../../workflows/console/policy-shelf.ts';
import { Decisions } from '../../workflows/decide/decisions.ts';
import type { DecisionWish, MadeDecision } from '../../workflows/decide/types.ts';
import { defineCommand } from '../frame.ts';
import { withInstallation } from '../installation.ts';
import { shopNamed } from '../shop.ts';

const RETURN_KINDS = ['withdrawal', 'faulty', 'goodwill'] as const;

export default defineCommand({
  name: 'decide',
  summary: 'Decides about a customer at a surface, as a checkout would ask',
  options: {
    shop: { type: 'string', value: 'SLUG', about: 'the shop', required: true },
    surface: { type: 'string', value: 'SURFACE', about: 'where', default: 'purchase', choices: surface.options },
    'external-id': { type: 'string', value: 'ID', about: 'the customer’s number in the shop' },
    email: { type: 'string', value: 'ADDRESS', about: 'the customer’s e-mail address' },
    phone: { type: 'string', value: 'NUMBER', about: 'the customer’s phone number' },
    'return-kind': {
      type: 'string',
      value: 'KIND',
      about: 'what kind of return is asked for; without it, a right',
      choices: RETURN_KINDS,
    },
    language: { type: 'string', value: 'TAG', about: 'the language of the message, such as nl' },
    json: { type: 'boolean', about: 'Prints JSON, as POST /v1/decisions answers' },
  },
  examples: ['evenhand decide --shop linde-and-loom --surface purchase --external-id 1042'],
  run: (call) =>
    withInstallation(call, async (installation) => {
      const { options, terminal } = call;
      const shop = await shopNamed(installation, options.shop);
      const deps = workflowDeps(installation);
      const decisions = new Decisions(
        { ...deps, policies: new PolicyShelf(deps.store.policies) },
        {
          onFault: (error) => {
            throw error;
          },
        },
      );
      try {
        const made = await decisions.decide(shop, {
          surface: surface.parse(options.surface),
          customer: { externalId: options['external-id'], email: options.email, phone: options.phone },
          returnKind: RETURN_KINDS.find((kind) => kind === options['return-kind']),
          language: options.language,
        } satisfies DecisionWish);
        if (!made.ok) throw new Refusal(refusalWords(made.error));
        for (const line of options.json ? [JSON.stringify(asJson(made.value))] : describe(made.value))
          terminal.out(line);
        return 0;
      } finally {
        await decisions.close();
      }
    }),
});

const OPTION_OF: Readonly<Record<string, string>> = {
  customer: 'Nobody is named: give --external-id, --email or --phone',
  'customer.externalId': '--external-id',
  'customer.email': '--email',
  'customer.phone': '--phone',
};

function refusalWords(refused: { readonly message: string; readonly field?: string }): string {
  const option = OPTION_OF[refused.field ?? ''];
  if (option === undefined) return refused.message;
  return refused.field === 'customer' ? `${option}.` : `${option} ${refused.message}.`;
}

function asJson(made: MadeDecision) {
  return {
    decision: made.decision,
    outcome: made.outcome,
    obligations: made.obligations.map((name) => ({ name, words: sayObligation(made.language, name) })),
    reasons: made.reasons.map((reason) => ({
      ...reason,
      until: reason.until === null ? null : formatInstant(reason.until),
    })),
    message: made.message,
    stale: made.stale,
  };
}

function describe(made: MadeDecision): readonly string[] {
  const listed = made.allowListed ? ' (on the allow-list)' : '';
  return [
    `${made.outcome}${listed}`,
    ...made.obligations.map((name) => `  asked for: ${name}`),
    ...made.reasons.map(({ rule, title, policyVersion, until }) => {
      const source =
        rule === null ? '' : ` (${rule}${policyVersion === null ? '' : `, policy version ${policyVersion}`})`;
      return `  because: ${title}${source}${until === null ? '' : `, until ${formatInstant(until).slice(0, 10)}`}`;
    }),
    ...(made.message === null ? [] : ['', made.message.text]),
  ];
}

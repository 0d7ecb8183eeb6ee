import type { Prose } from '../../contracts/policy.ts';
import { diffPolicies } from '../../core/policy/diff.ts';
import { renderPolicy } from '../../core/policy/render.ts';
import { sayIn, sayProse } from '../../core/policy/say.ts';
import type { Policy } from '../../core/policy/types.ts';
import { formatInstant } from '../../core/shared/time.ts';
import type { Language } from '../../core/shared/words.ts';
import { checkPolicy } from '../../core/standing/check.ts';
import type { PolicyDrafts } from '../../ports/console.ts';
import type { Laws } from '../../ports/law.ts';
import type { PolicyStore } from '../../ports/standing.ts';
import type { Shop } from '../../ports.ts';
import type { ShelvedPolicy } from '../../workflows/console/policy-shelf.ts';
import { type ImpactDeps, policyImpact } from '../../workflows/policy/impact.ts';
import { publishPolicy } from '../../workflows/policy/publish.ts';
import { problem, refused } from '../problem.ts';
import type { RegisterRoute } from './route.ts';

export interface PolicyDeps extends ImpactDeps {
  readonly versions: PolicyStore;
  readonly drafts: PolicyDrafts;
  readonly laws: Laws;
}

/** The policy: in force, earlier, what changed between, and the next one being written, checked, tried and published. */
export function policyRoutes(route: RegisterRoute, deps: PolicyDeps): void {
  route('GET /api/shops/:shop/policy', async ({ shop, language }) =>
    viewOf(shop, await deps.policies.inForce(shop.id), language),
  );

  route('GET /api/shops/:shop/policy/versions', async ({ shop }) => {
    const versions = await deps.versions.list(shop.id);
    return {
      items: versions.map(({ version, authorName, note, publishedAt }) => ({
        version,
        author: authorName,
        note,
        publishedAt: formatInstant(publishedAt),
      })),
    };
  });

  route('GET /api/shops/:shop/policy/versions/:version', async ({ shop, params, language }) => {
    const policy = await deps.policies.version(shop.id, params.version);
    return policy === null ? noSuchVersion(params.version) : viewOf(shop, policy, language);
  });

  route('GET /api/shops/:shop/policy/diff', async ({ shop, query, language }) => {
    const from = await deps.policies.version(shop.id, query.from);
    if (from === null) return noSuchVersion(query.from);
    const to = await deps.policies.version(shop.id, query.to);
    if (to === null) return noSuchVersion(query.to);
    const changes = diffPolicies(from.compiled.policy, to.compiled.policy, language.code);
    return { from: query.from, to: query.to, changes: changes.map((each) => sayIn(language, each)) };
  });

  route(
    'PUT /api/shops/:shop/policy/draft',
    async ({ shop, session, body }) => {
      await deps.drafts.keep(shop.id, { source: body.source, by: session.staff.id, savedAt: deps.clock.now() });
      return { ok: true };
    },
    { bodyLimit: LARGEST_SOURCE },
  );

  route('DELETE /api/shops/:shop/policy/draft', async ({ shop }) => {
    await deps.drafts.drop(shop.id);
    return { ok: true };
  });

  route(
    'POST /api/shops/:shop/policy/check',
    async ({ shop, body, language }) => {
      const { valid, findings, tests, policy } = checkPolicy(body.source, {
        law: deps.laws.of(shop),
        at: deps.clock.now(),
      });
      return {
        valid,
        findings: findings.map(({ severity, about, line, column, message }) => ({
          severity,
          about,
          line,
          column,
          message,
        })),
        tests: { ...tests },
        prose: policy === null ? null : proseOf(policy, language),
      };
    },
    { bodyLimit: LARGEST_SOURCE },
  );

  route(
    'POST /api/shops/:shop/policy/impact',
    async ({ shop, body, reply }) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const impact = await policyImpact(deps, shop, body.source, gone.signal);
      if (!impact.ok) return refused(impact.error);
      return { ...impact.value, added: [...impact.value.added], removed: [...impact.value.removed] };
    },
    { bodyLimit: LARGEST_SOURCE },
  );

  route(
    'POST /api/shops/:shop/policy/publish',
    async ({ shop, session, body }) => {
      const published = await publishPolicy(deps, shop, session.staff, body);
      if (!published.ok) return refused(published.error);
      await deps.drafts.drop(shop.id);
      return { version: published.value.version };
    },
    { bodyLimit: LARGEST_SOURCE },
  );

  async function viewOf(shop: Shop, { version, compiled }: ShelvedPolicy, language: Language) {
    const [touches, draft] = await Promise.all([deps.reads.touches(shop.id), deps.drafts.of(shop.id)]);
    return {
      version: version.version,
      source: version.source,
      author: version.authorName,
      note: version.note,
      publishedAt: formatInstant(version.publishedAt),
      prose: proseOf(compiled.policy, language),
      touches,
      draft: draft === null ? null : { source: draft.source, savedAt: formatInstant(draft.savedAt), by: draft.by },
    };
  }
}

/** A policy's text is at most 256 KiB; as JSON it may take several times that. */
export const LARGEST_SOURCE = 2 * 1_048_576;

const noSuchVersion = (version: number) => problem(404, `There is no version ${version} of the policy.`);

/** As the customer will read it, in the reader's language: what staff publish is what they should read. */
export function proseOf(policy: Policy, language: Language): Prose {
  const { title, introduction, sections } = sayProse(language, renderPolicy(policy, 'customer', language.code));
  return { title, introduction, sections: sections.map((each) => ({ ...each, sentences: [...each.sentences] })) };
}

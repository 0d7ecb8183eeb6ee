import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { ShopId } from '../core/shared/brand.ts';
import { acceptedTags } from '../core/shared/words.ts';
import type { HookWire } from '../ports/announcing.ts';
import type { ChangeFeed } from '../ports/changes.ts';
import type { ConsoleReads, PolicyDrafts } from '../ports/console.ts';
import type { Blobs, Pictures } from '../ports/hearing.ts';
import type { DecisionJournal } from '../ports/journal.ts';
import type { Languages } from '../ports/languages.ts';
import type { Shop } from '../ports.ts';
import { appealsOf } from '../workflows/appeals/appeals-of.ts';
import { fileAppeal } from '../workflows/appeals/file-appeal.ts';
import { giveInformation } from '../workflows/appeals/give-information.ts';
import { mayFile } from '../workflows/appeals/may-file.ts';
import { withdrawAppeal } from '../workflows/appeals/withdraw-appeal.ts';
import { Imports } from '../workflows/console/imports.ts';
import type { PolicyShelf } from '../workflows/console/policy-shelf.ts';
import { Trends } from '../workflows/console/trend.ts';
import { Decisions } from '../workflows/decide/decisions.ts';
import type { FirstRunDeps } from '../workflows/desk/first-run.ts';
import type { LiveRules } from '../workflows/live/live-rules.ts';
import type { ShopsDeps } from '../workflows/shops/deps.ts';
import { Inbox } from '../workflows/shops/receive.ts';
import { compression } from './compression.ts';
import { actRoutes } from './console/act-routes.ts';
import { actingRoutes } from './console/acting-routes.ts';
import { appealRoutes } from './console/appeal-routes.ts';
import { attachmentRoute } from './console/attachment-route.ts';
import { brandingRoutes } from './console/branding-routes.ts';
import { connectionRoutes } from './console/connection-routes.ts';
import { customerRoutes } from './console/customer-routes.ts';
import { entryRoutes } from './console/entry-routes.ts';
import { fileRoutesOf } from './console/files.ts';
import { lawRoutes } from './console/law-routes.ts';
import { linkRoutes } from './console/link-routes.ts';
import { listRoutes } from './console/list-routes.ts';
import { type MailDeps, mailRoutes } from './console/mail-routes.ts';
import { noticeRoutesOf } from './console/notice-routes.ts';
import { policyRoutes } from './console/policy-routes.ts';
import { reviewRoutes } from './console/review-routes.ts';
import { consoleRouter } from './console/route.ts';
import { sessionRoutes } from './console/session-routes.ts';
import { type SettingsDeps, settingsRoutes } from './console/settings-routes.ts';
import { timelineRoute } from './console/timeline-route.ts';
import { webhookRoutes } from './console/webhook-routes.ts';
import { openApi } from './docs/openapi.ts';
import { docsRoutes } from './docs/routes.ts';
import { type ReadinessCheck, registerHealth } from './health.ts';
import { hookRoute } from './hooks/hook-route.ts';
import { signInRoutes } from './hooks/sign-in-routes.ts';
import { Lane } from './lane/lane.ts';
import { type LogTarget, logAnswers, loggerOptions } from './logging.ts';
import { policyPageRoutes } from './policy-page/routes.ts';
import { portalRoutes } from './portal/routes.ts';
import { answerErrors, problem, sendProblem } from './problem.ts';
import { ProblemWords } from './problem-words.ts';
import { securityHeaders } from './security-headers.ts';
import { bouncesRoute } from './v1/bounces.ts';
import { customersRoute } from './v1/customers.ts';
import { decisionsRoute } from './v1/decisions.ts';
import { eventsRoute } from './v1/events.ts';
import { KeyGuard } from './v1/key-guard.ts';
import { webFiles } from './web-files.ts';

const MEGABYTE = 1_048_576;

export interface ServerDeps
  extends ShopsDeps,
    FirstRunDeps,
    Omit<MailDeps, 'reads'>,
    Omit<SettingsDeps, 'onKeyRevoked'> {
  readonly reads: ConsoleReads;
  readonly drafts: PolicyDrafts;
  readonly policies: PolicyShelf;
  /** Files that customers sent, and what makes pictures anew. */
  readonly blobs: Blobs;
  /** How webhooks to other systems leave. */
  readonly hookWire: HookWire;
  readonly pictures: Pictures;
  /** The live rules of all shops, at work in this process. */
  readonly live: LiveRules;
  /** News of what other processes change; null: decisions ask from time to time. */
  readonly changes: ChangeFeed | null;
  /** Where decisions wait that the database does not take; null: nowhere, and one that it does not take is not given. */
  readonly journal: DecisionJournal | null;
  readonly shopOf: (shop: ShopId) => Promise<Shop | null>;
  /** Where uploads wait to be imported. */
  readonly uploadsFolder: string;
  readonly largestUpload: number;
  readonly examplesFolder: string;
  /** Where the built console is. */
  readonly webFolder: string;
  readonly readiness: ReadinessCheck;
  readonly log: LogTarget;
}

/**
 * The HTTP server, complete but not listening. Forwarded addresses are believed from a proxy on the same machine only.
 * Throws when a row of the route table has no handler.
 */
export async function buildServer(deps: ServerDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(deps.log) ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: 'loopback',
    bodyLimit: MEGABYTE,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    frameworkErrors: (_error, _request, reply) => {
      sendProblem(reply, problem(400, 'The address cannot be read.'));
    },
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('asking', null);
  app.decorateRequest('keyShop', null);
  app.decorateRequest('keyConnection', null);
  app.decorateRequest('sayProblem', null);
  sayProblems(app, deps.languages);
  answerErrors(app);
  securityHeaders(app);
  compression(app);
  app.addHook('onResponse', async (request, reply) => {
    const { id, method, routeOptions } = request;
    logAnswers(app.log, { id, method, route: routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime);
  });
  await app.register(fastifyCookie);

  await openApi(app);

  const keys = new KeyGuard(deps);
  const trends = new Trends(deps.reads, deps.clock);
  const imports = new Imports(deps, {
    folder: deps.uploadsFolder,
    onFault: (error) => app.log.error({ err: error }, 'An import failed'),
  });
  app.addHook('preClose', () => imports.close());
  const pages = { ...deps, trends, imports, ledger: deps.store.ledger, versions: deps.store.policies };

  const onShopFault = (error: unknown): void => app.log.error({ err: error }, 'Work with a shop system');
  const inbox = new Inbox(deps, { onFault: onShopFault });
  app.addHook('onClose', () => inbox.close());
  const shops = { ...deps, onChanged: () => connectionsChanged(inbox, keys), onFault: onShopFault };

  const { route, assertComplete } = consoleRouter(app, deps);
  sessionRoutes(route, deps);
  settingsRoutes(route, { ...deps, onKeyRevoked: () => keys.forget() });
  lawRoutes(route, deps);
  listRoutes(route, pages);
  entryRoutes(route, deps, new ProblemWords(deps.languages));
  customerRoutes(route, pages);
  linkRoutes(route, deps);
  mailRoutes(route, deps);
  noticeRoutesOf(app, route, deps);
  timelineRoute(route, pages);
  reviewRoutes(route, pages);
  actingRoutes(route, pages);
  appealRoutes(route, pages);
  attachmentRoute(app, deps);
  policyRoutes(route, pages);
  await fileRoutesOf(app, route, pages);
  brandingRoutes(app, route, deps);
  actRoutes(route, deps);
  connectionRoutes(route, shops);
  webhookRoutes(route, { ...deps, onFault: (error) => app.log.error({ err: error }, 'A webhook was not sent') });
  assertComplete();

  await hookRoute(app, inbox);
  signInRoutes(app, shops);
  eventsRoute(app, deps, keys);
  customersRoute(app, deps, keys);
  await bouncesRoute(app, deps, keys);
  deps.live.reportTo((error) => app.log.error({ err: error }, 'Live rules in the background'));
  app.addHook('onClose', () => deps.live.close());
  const decisions = new Decisions(deps, {
    live: deps.live,
    changes: deps.changes,
    journal: deps.journal,
    shopOf: deps.shopOf,
    onFault: (error) => app.log.error({ err: error }, 'Decisions in the background'),
  });
  app.addHook('onClose', () => decisions.close());
  // Behind the first requests, which wait for nobody else's shop.
  app.addHook('onListen', async () => void decisions.warmAll());
  decisionsRoute(app, decisions, keys);
  new Lane(app, { keys, decisions }).open();

  policyPageRoutes(app, pages);
  await portalRoutes(app, { ...deps, hearing: { fileAppeal, giveInformation, withdrawAppeal, appealsOf, mayFile } });
  docsRoutes(app, deps);
  registerHealth(app, deps.readiness, () => decisions.staleSeconds());
  await webFiles(app, deps.webFolder);
  return app;
}

/** What is remembered of shop systems, and of the keys of their extensions, is no longer so. */
function connectionsChanged(inbox: Inbox, keys: KeyGuard): void {
  inbox.forget();
  keys.forget();
}

/** The console hears of problems in its reader's language; programs hear of them in English. */
function sayProblems(app: FastifyInstance, languages: Languages): void {
  const words = new ProblemWords(languages);
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return;
    const language = languages.firstOf(acceptedTags(request.headers['accept-language']));
    request.sayProblem = (said) => words.problem(language, said);
  });
}

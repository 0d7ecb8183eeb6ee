import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { CSRF_HEADER } from '../request-forgery.ts';
import { SESSION_COOKIE } from '../session-cookie.ts';
import { eventSchemas } from './event-schemas.ts';
import { webhookSchemas } from './webhook-schemas.ts';

const PUBLIC_TAGS = [
  { name: 'events', description: 'Tell Evenhand what happened in the shop.' },
  { name: 'decisions', description: 'Ask, at a checkout or another surface, what a customer may do now.' },
  { name: 'customers', description: 'Look up a customer’s standing.' },
  { name: 'mail', description: 'Report messages that came back.' },
  { name: 'webhooks', description: 'What Evenhand tells your other systems.' },
];

/** What the routes say about themselves, as OpenAPI 3.1. Register before them. */
export async function openApi(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Evenhand API',
        version: release(),
        description:
          'Everything under /v1 is for your systems and stays compatible within the version. Send an API key of the shop as "Authorization: Bearer ehk_…"; keys are made in Settings and shown once. Answers other than success are problem+json (RFC 9457) and name the field that is wrong. The routes tagged "internal" serve the console and may change with any release.',
      },
      tags: [
        ...PUBLIC_TAGS,
        {
          name: 'internal',
          description: 'Routes of the console: session cookie, and the CSRF header with all but GET.',
        },
      ],
      webhooks: webhookSchemas(),
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the shop.' },
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          csrf: { type: 'apiKey', in: 'header', name: CSRF_HEADER },
        },
      },
    },
    transform: withEventKinds,
  });
}

/** The body of POST /v1/events names every kind of event; its items are otherwise open (see `eventSchemas`). */
const withEventKinds: typeof jsonSchemaTransform = (input) => {
  const output = jsonSchemaTransform(input);
  if (input.url !== '/v1/events') return output;
  const body = output.schema.body as { properties: { events: { items: unknown } } };
  body.properties.events.items = { oneOf: eventSchemas() };
  return output;
};

export function release(): string {
  const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

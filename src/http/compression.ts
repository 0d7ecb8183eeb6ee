import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Text as gzip. */
export const compress = promisify(gzip);

/** Below this a compressed answer is hardly smaller. */
export const WORTH_BYTES = 2_048;
const TEXT = /^(text\/|application\/(json|problem\+json|javascript|x-ndjson|manifest\+json)|image\/svg\+xml)/;
/** Answers that hold a session's token are sent as they are, so that their length tells nothing about it. */
const SECRET = /^\/(api\/(session|setup)|c)(\/|$)/;

/** Compresses text on its way out, for whoever takes gzip. */
export function compression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!isWanted(request, reply)) return payload;
    if (payload instanceof Readable) {
      prepare(reply);
      // A reader who goes away ends both streams; the answer is then nobody's.
      return pipeline(payload, createGzip(), () => undefined);
    }
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    if (Buffer.byteLength(payload) < WORTH_BYTES) return payload;
    prepare(reply);
    return compress(payload);
  });
}

function isWanted(request: FastifyRequest, reply: FastifyReply): boolean {
  return (
    request.method !== 'HEAD' &&
    reply.statusCode !== 206 &&
    reply.statusCode !== 304 &&
    /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')) &&
    reply.getHeader('content-encoding') === undefined &&
    TEXT.test(String(reply.getHeader('content-type') ?? '')) &&
    !SECRET.test(request.routeOptions.url ?? '')
  );
}

function prepare(reply: FastifyReply): void {
  reply.removeHeader('content-length');
  reply
    .header('content-encoding', 'gzip')
    .header('vary', [reply.getHeader('vary'), 'accept-encoding'].filter((each) => each !== undefined).join(', '));
}

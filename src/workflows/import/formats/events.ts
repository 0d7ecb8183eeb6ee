import { readIncoming } from '../../intake/incoming.ts';
import type { Column, FileFormat, FormatReader, ReaderContext } from '../format.ts';

const columns: readonly Column[] = [
  { name: 'kind', required: true, meaning: 'What happened: order.placed, return.received, message.received, …' },
  { name: 'id', required: true, meaning: "The source's own id of the event. The same id again changes nothing." },
  { name: 'occurredAt', required: true, meaning: 'When it happened, with a zone: 2026-03-01T10:00:00Z.' },
  {
    name: 'customer',
    required: true,
    meaning: 'Who: at least one of id, externalId, email, phone; and a name, if known.',
  },
  { name: 'body', required: false, meaning: 'What there is to know about it, by kind.' },
  { name: 'text', required: false, meaning: 'Free text (a message, a review). Kept encrypted only.' },
  { name: 'source', required: false, meaning: 'Which system reports it; "api" unless said otherwise.' },
];

/** One JSON object a line, as `POST /v1/events` takes them. */
export const events: FileFormat = {
  name: 'events',
  title: 'Events (JSON lines)',
  summary: 'One event a line, in the form the API takes. Holds everything Evenhand knows of.',
  columns,
  exampleFile: 'events.ndjson',
  check: () => linesReader(() => undefined),
  open: readEvents,
};

function readEvents(context: ReaderContext): FormatReader {
  const { sink } = context;
  const reading = { currency: context.currency, region: context.region, now: context.now, source: 'api' };
  return linesReader((line, number) => {
    const where = `line ${number}`;
    let item: unknown;
    try {
      item = JSON.parse(line);
    } catch {
      sink.skip('Lines that are not JSON', where, 'the line is no complete JSON object');
      return;
    }
    const read = readIncoming(item, reading);
    if (read.ok) sink.offer(read.value, where);
    else
      sink.skip(
        `Events that cannot be read: ${read.error.field || 'the event'}`,
        where,
        `${read.error.field} ${read.error.message}`.trim(),
      );
  });
}

function linesReader(take: (line: string, number: number) => void): FormatReader {
  let rows = 0;
  return {
    feed({ text, line }) {
      let number = line;
      for (let at = 0; at < text.length; number += 1) {
        const newline = text.indexOf('\n', at);
        const end = newline === -1 ? text.length : newline;
        const content = text.slice(at, end).trim();
        at = end + 1;
        if (content === '') continue;
        rows += 1;
        take(content, number);
      }
    },
    end: () => undefined,
    get rows() {
      return rows;
    },
  };
}

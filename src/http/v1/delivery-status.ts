import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { err, ok, type Result } from '../../core/shared/result.ts';

/** What a delivery status notification says about one message of ours. */
export interface DeliveryStatus {
  readonly messageId: string;
  readonly reason: string | null;
}

/** Deeper or larger is no notification, but somebody's attempt. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 262_144 };

/**
 * Reads a delivery status notification (RFC 3464) as a mailbox received it. Only "Action: failed" counts: what is delayed, relayed
 * or delivered did not come back. An error says, in words that follow "The message", what kind of message it is instead.
 */
export async function readDeliveryStatus(raw: Uint8Array): Promise<Result<DeliveryStatus, string>> {
  const mail = await parse(raw);
  if (mail === null) return err('cannot be read as an e-mail message.');
  const report = partOf(mail, 'message/delivery-status');
  if (report === null) return err('holds no delivery status (a part of the type message/delivery-status, RFC 3464).');
  const recipients = fieldGroups(report).filter((fields) => fields.has('action'));
  const failed = recipients.find((fields) => fields.get('action')?.toLowerCase() === 'failed');
  if (failed === undefined) return err('reports no failure: only "Action: failed" is a bounce.');
  const returned = partOf(mail, 'message/rfc822') ?? partOf(mail, 'text/rfc822-headers');
  const messageId = returned === null ? null : ((await parse(Buffer.from(returned)))?.messageId ?? null);
  if (messageId === null)
    return err('does not hold the returned message or its headers, so nobody can tell which one it is about.');
  const [, diagnostic] = /^[\w-]+\s*;\s*(.*)$/s.exec(failed.get('diagnostic-code') ?? '') ?? [];
  const words = [failed.get('status'), diagnostic].filter((each) => each !== undefined && each !== '');
  return ok({ messageId, reason: words.length === 0 ? null : words.join(' ') });
}

async function parse(raw: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw, { ...LIMITS, forceRfc822Attachments: true });
  } catch {
    return null;
  }
}

function partOf(mail: Email, type: string): string | null {
  const part = mail.attachments.find(({ mimeType }) => mimeType === type);
  return part === undefined ? null : textOf(part);
}

const textOf = ({ content }: Attachment): string =>
  typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('utf8');

/** Groups of header fields, separated by empty lines: one about the message, then one for each recipient (RFC 3464 2.1). */
function fieldGroups(text: string): readonly ReadonlyMap<string, string>[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map((group) => {
      const unfolded = group.replace(/\n[ \t]+/g, ' ');
      return new Map(
        unfolded.split('\n').flatMap((line): [string, string][] => {
          const [, name, value] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
          return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]];
        }),
      );
    });
}

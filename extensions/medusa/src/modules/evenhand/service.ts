import { MedusaService } from '@medusajs/framework/utils';
import type { Message, Outbox } from '../../logic/deliver.ts';
import { type Configuration, configure, type EvenhandOptions } from '../../logic/options.ts';
import type { Mention, ThingKind, Topic } from '../../logic/topics.ts';
import EvenhandMessage from './models/message.ts';
import EvenhandOpenQuestion from './models/open-question.ts';

interface MessageRow {
  readonly id: string;
  readonly topic: string;
  readonly kind: string;
  readonly reference: string;
  readonly return_reference: string | null;
  readonly attempts: number;
  readonly created_at: Date | string;
}

/** The options, what waits to be told, and carts that went through without a clear answer. */
export class EvenhandService extends MedusaService({ EvenhandMessage, EvenhandOpenQuestion }) {
  readonly configuration: Configuration;

  constructor(container: Record<string, unknown>, options: EvenhandOptions = {}) {
    super(container, options);
    this.configuration = configure(options);
  }

  readonly outbox: Outbox = {
    due: async (now, most) => {
      const rows = await this.listEvenhandMessages(
        { due_at: { $lte: now } },
        { take: most, order: { created_at: 'ASC' } },
      );
      return (rows as unknown as readonly MessageRow[]).map(messageOf);
    },
    done: async (id) => {
      await this.deleteEvenhandMessages(id);
    },
    again: async (id, attempts, at, problem) => {
      await this.updateEvenhandMessages({ id, attempts, due_at: at, problem });
    },
  };

  /** Keeps what is to be told. It is due once its first try, which follows at once, had its time. */
  async keep(mentions: readonly Mention[], due: Date): Promise<readonly Message[]> {
    const rows = await this.createEvenhandMessages(
      mentions.map(({ topic, kind, reference, return: returned }) => ({
        topic,
        kind,
        reference,
        return_reference: returned,
        due_at: due,
      })),
    );
    return (rows as unknown as readonly MessageRow[]).map(messageOf);
  }

  /** Keeps that a cart went through without a clear answer. */
  async leaveOpen(cart: string, silent: boolean): Promise<void> {
    await this.createEvenhandOpenQuestions({ cart_id: cart, silent });
  }

  /** What was left open at a cart's completion; null: nothing. */
  async openAt(cart: string): Promise<{ readonly silent: boolean } | null> {
    const found = (await this.listEvenhandOpenQuestions({ cart_id: cart }, { take: 1 })) as unknown as readonly {
      readonly silent: boolean;
    }[];
    return found[0] ?? null;
  }

  /** Forgets what was left open so long ago that its order was told, or never came to be. */
  async forgetOpen(before: Date): Promise<void> {
    const old = (await this.listEvenhandOpenQuestions(
      { created_at: { $lt: before } },
      { take: 500 },
    )) as unknown as readonly { readonly id: string }[];
    if (old.length > 0) await this.deleteEvenhandOpenQuestions(old.map(({ id }) => id));
  }

  /** How many messages wait. */
  async waiting(): Promise<number> {
    const [, count] = await this.listAndCountEvenhandMessages({}, { take: 1 });
    return count;
  }
}

const messageOf = (row: MessageRow): Message => ({
  id: row.id,
  topic: row.topic as Topic,
  kind: row.kind as ThingKind,
  reference: row.reference,
  return: row.return_reference,
  attempts: row.attempts,
  createdAt: new Date(row.created_at),
});

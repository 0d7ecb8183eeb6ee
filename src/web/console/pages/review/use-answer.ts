import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProposalDetail } from '../../../../contracts/review.ts';
import type { BodyOf } from '../../../../contracts/routes.ts';
import { toast, useFormats } from '../../../ui/index.ts';
import { isolate } from '../../../ui/isolate.ts';
import { ApiError, api } from '../../api.ts';
import { personInSentence } from '../../conduct/person.tsx';
import { followUp } from '../../follow-up.ts';
import { type Kept, refresh, restore, takeOut } from './queue-cache.ts';

type Case = Pick<ProposalDetail, 'id' | 'customer' | 'effect' | 'seen'>;

export type Answer =
  | { readonly kind: 'approve'; readonly about: Case; readonly said: { readonly personal?: string } }
  | { readonly kind: 'soften'; readonly about: Case; readonly body: BodyOf<'POST /api/shops/:shop/review/:id/soften'> }
  | {
      readonly kind: 'decline';
      readonly about: Case;
      readonly body: BodyOf<'POST /api/shops/:shop/review/:id/decline'>;
    }
  | {
      readonly kind: 'ask';
      readonly about: Case;
      readonly body: BodyOf<'POST /api/shops/:shop/review/:id/ask'>;
      readonly colleague: string;
    };

interface Options {
  /** The case is out of the way: open the next one. */
  onLeave: (id: string) => void;
  /** The answer was taken back, or could not be given: open the case again. */
  onReturn: (id: string) => void;
}

/**
 * Gives an answer. The case leaves the queue at once; should the server refuse, it comes back, is asked for again, and the
 * reason is said. When a colleague was faster that is said instead, and the queue moves on.
 */
export function useAnswer(shop: string, { onLeave, onReturn }: Options) {
  const { t } = useTranslation(['review', 'events']);
  const { t: words } = useTranslation('events');
  const formats = useFormats();
  const cache = useQueryClient();

  const undo = async (about: Case, name: string) => {
    try {
      await api('POST /api/shops/:shop/review/:id/undo', { params: { shop, id: about.id } });
      toast({ title: t('said.undone', { name }) });
      onReturn(about.id);
    } catch (error) {
      toast({ title: error instanceof Error ? error.message : String(error), meaning: 'failed' });
    } finally {
      await refresh(cache);
    }
  };

  const says = (answer: Answer, waiting: boolean): string => {
    const name = personInSentence(answer.about.customer, words);
    switch (answer.kind) {
      case 'approve': {
        const { type, until } = answer.about.effect;
        return waiting ? t('said.second', { name }) : t(`said.${type}`, { name, date: isolate(formats.date(until)) });
      }
      case 'soften':
        return t(`said.${answer.body.type}`, { name, date: isolate(formats.date(answer.body.until)) });
      case 'decline':
        return t('said.declined', { name });
      case 'ask':
        return t('said.asked', { name, colleague: isolate(answer.colleague) });
    }
  };

  return useMutation<Awaited<ReturnType<typeof give>>, Error, Answer, Kept>({
    mutationFn: (answer) => give(shop, answer),
    onMutate: async (answer) => {
      const kept = answer.kind === 'ask' ? [] : await takeOut(cache, answer.about.id);
      onLeave(answer.about.id);
      return kept;
    },
    onSuccess: (done, answer) => {
      const name = personInSentence(answer.about.customer, words);
      toast({
        title: says(answer, done.waitingForSecond),
        ...(done.undoUntil !== null && { undo: () => void undo(answer.about, name) }),
      });
    },
    onError: (error, answer, kept) => {
      const name = personInSentence(answer.about.customer, words);
      const why = error instanceof ApiError ? error.why : undefined;
      if (why === 'already-answered') {
        toast({ title: t('said.faster', { name }), detail: error.message });
        return;
      }
      restore(cache, kept ?? []);
      onReturn(answer.about.id);
      // It may be about to be assessed: what is asked for at once can still be what was refused.
      if (why === 'changed-meanwhile') followUp(cache, ['GET /api/shops/:shop/review/:id']);
      toast({
        ...(why === 'changed-meanwhile'
          ? { title: t('said.changed'), detail: error.message }
          : { title: error.message }),
        meaning: 'failed',
      });
    },
    onSettled: () => refresh(cache),
  });
}

function give(shop: string, answer: Answer) {
  const params = { shop, id: answer.about.id };
  switch (answer.kind) {
    case 'approve':
      return api('POST /api/shops/:shop/review/:id/approve', {
        params,
        body: { seen: answer.about.seen, ...answer.said },
      });
    case 'soften':
      return api('POST /api/shops/:shop/review/:id/soften', { params, body: answer.body });
    case 'decline':
      return api('POST /api/shops/:shop/review/:id/decline', { params, body: answer.body });
    case 'ask':
      return api('POST /api/shops/:shop/review/:id/ask', { params, body: answer.body });
  }
}

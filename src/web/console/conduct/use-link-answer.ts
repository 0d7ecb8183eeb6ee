import { useTranslation } from 'react-i18next';
import { useAction } from '../query.ts';

const ROUTE = 'POST /api/shops/:shop/customers/:id/links';

/** Answers whether two customers are one person, says what that did, and offers to take it back. */
export function useLinkAnswer() {
  const { t } = useTranslation('links');
  return useAction(ROUTE, {
    touches: [
      'GET /api/shops/:shop/links',
      'GET /api/shops/:shop/customers/:id/links',
      'GET /api/shops/:shop/customers/:id',
      'GET /api/shops/:shop/customers/:id/timeline',
      'GET /api/shops/:shop/home',
    ],
    follows: true,
    says: (answer, { body }) =>
      t(body.answer === 'confirm' && answer.evasions > 0 ? 'done.evasion' : `done.${body.answer}`),
    undo: (_answer, { params, body }) =>
      body.answer === 'reopen'
        ? null
        : {
            route: ROUTE,
            args: { params, body: { other: body.other, answer: 'reopen' as const } },
            says: t('done.reopen'),
          },
  });
}

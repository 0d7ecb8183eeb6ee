import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Field, Input } from '../../../ui/index.ts';
import { fieldError, otherError } from '../../api.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useAction } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { type Endpoint, TOPIC_GROUPS, TOPICS, type Topic, topicKey } from './types.ts';

interface AddEndpointProps {
  onClose: () => void;
  onMade: (made: { endpoint: Endpoint; secret: string }) => void;
}

/** A new system to be told. */
export function AddEndpoint({ onClose, onMade }: AddEndpointProps) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const add = useAction('POST /api/shops/:shop/webhooks', {
    touches: ['GET /api/shops/:shop/webhooks'],
    quietErrors: true,
  });
  return (
    <EndpointForm
      first={{ url: '', note: '', topics: TOPICS }}
      title={t('form.addTitle')}
      description={t('form.addAnswer')}
      submit={t('form.submit')}
      pending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={(body) => add.mutate({ params: { shop: shop.slug }, body }, { onSuccess: onMade })}
    />
  );
}

/** Another address, or other topics. */
export function ChangeEndpoint({ endpoint, onClose }: { endpoint: Endpoint; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const shop = useShop();
  const change = useAction('PATCH /api/shops/:shop/webhooks/:id', {
    touches: ['GET /api/shops/:shop/webhooks'],
    says: () => t('form.saved'),
    quietErrors: true,
  });
  return (
    <EndpointForm
      first={endpoint}
      title={t('form.changeTitle')}
      description={t('form.changeAnswer')}
      submit={t('form.save')}
      pending={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={(body) => change.mutate({ params: { shop: shop.slug, id: endpoint.id }, body }, { onSuccess: onClose })}
    />
  );
}

interface Typed {
  readonly url: string;
  readonly note: string;
  readonly topics: readonly Topic[];
}

interface EndpointFormProps {
  first: Typed;
  title: string;
  description: string;
  submit: string;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
  onSubmit: (body: { url: string; note: string; topics: Topic[] }) => void;
}

function EndpointForm({ first, title, description, submit, pending, error, onClose, onSubmit }: EndpointFormProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const [typed, setTyped] = useState(first);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Typed>) => setTyped({ ...typed, ...change });
  const urlWrong = !URL.canParse(typed.url.trim()) || !/^https?:/.test(typed.url.trim());
  const missing = typed.topics.length === 0;
  const all = typed.topics.length === TOPICS.length;
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      description={description}
      cancel={t('common:cancel')}
      submit={submit}
      pending={pending}
      error={otherError(error)?.message}
      noValidate
      onSubmit={() => {
        setTried(true);
        if (!urlWrong && !missing)
          onSubmit({
            url: typed.url.trim(),
            note: typed.note.trim(),
            topics: TOPICS.filter((each) => typed.topics.includes(each)),
          });
      }}
    >
      <Field
        label={t('form.url')}
        hint={t('form.urlHint')}
        error={tried && urlWrong ? t('form.urlHint') : fieldError(error, 'url')}
      >
        <Input
          type="url"
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          value={typed.url}
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      <Field label={t('form.note')} hint={t('form.noteHint')} optional error={fieldError(error, 'note')}>
        <Input maxLength={120} value={typed.note} onChange={(event) => set({ note: event.target.value })} />
      </Field>
      <fieldset className="flex min-w-0 flex-col gap-3">
        <legend className="text-sm font-medium text-ink">{t('form.topics')}</legend>
        <div className="mt-1">
          <Button look="quiet" className="-ms-3" onClick={() => set({ topics: all ? [] : TOPICS })}>
            {t(all ? 'form.none' : 'form.all')}
          </Button>
        </div>
        {TOPIC_GROUPS.map(({ group, topics }) => (
          <div key={group}>
            <p className="text-sm text-muted">{t(`topicGroup.${group}`)}</p>
            {topics.map((topic) => (
              <Checkbox
                key={topic}
                label={t(`topic.${topicKey(topic)}`)}
                checked={typed.topics.includes(topic)}
                onChange={(event) =>
                  set({
                    topics: event.target.checked
                      ? [...typed.topics, topic]
                      : typed.topics.filter((each) => each !== topic),
                  })
                }
              />
            ))}
          </div>
        ))}
        {tried && missing && (
          <p role="alert" className="text-sm text-block">
            {t('form.topicsMissing')}
          </p>
        )}
      </fieldset>
    </FormDialog>
  );
}

import { ErrorState, Page, PageHeader, Prose } from '../../../ui/index.ts';
import { useApi } from '../../query.ts';
import { useShop } from '../../session.tsx';
import { PagePending } from '../../shell/fallbacks.tsx';

/** What do we promise? */
export default function PolicyPage() {
  const shop = useShop();
  const policy = useApi('GET /api/shops/:shop/policy', { params: { shop: shop.slug } });
  if (policy.error) return <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />;
  if (!policy.data) return <PagePending />;
  const { prose } = policy.data;
  return (
    <Page width="prose">
      <PageHeader title={prose.title} answer={prose.introduction} />
      <Prose>
        {prose.sections.map((section) => (
          <section key={section.id}>
            <h2>{section.title}</h2>
            {section.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </section>
        ))}
      </Prose>
    </Page>
  );
}

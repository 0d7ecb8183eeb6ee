import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiDocument, sdkTypes } from '../../scripts/sdk-types.ts';
import { startApi, type TestApi } from '../../test/support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('has the types of the document that the server serves', async () => {
  const document: ApiDocument = (await api.app.inject({ url: '/docs/openapi.json' })).json();
  await expect(sdkTypes(document)).toMatchFileSnapshot('../src/api.gen.ts');
});

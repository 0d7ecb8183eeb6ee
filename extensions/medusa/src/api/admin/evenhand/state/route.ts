import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { EVENHAND } from '../../../../modules/evenhand/index.ts';
import type { EvenhandService } from '../../../../modules/evenhand/service.ts';
import { VERSION } from '../../../../version.ts';

/** What the connection test wants to know. GET /admin/evenhand/state */
export async function GET(request: MedusaRequest, response: MedusaResponse): Promise<void> {
  const service = request.scope.resolve<EvenhandService>(EVENHAND);
  const { settings, whenSilent } = service.configuration;
  response.json({
    version: VERSION,
    configured: settings !== null,
    hook_url: settings?.hookUrl ?? null,
    when_silent: whenSilent,
    waiting: await service.waiting(),
  });
}

export type {
  BounceRequest,
  BounceResponse,
  CustomerRequest,
  CustomerResponse,
  DecisionRequest,
  DecisionResponse,
  EventBodies,
  EventKind,
  EventsResponse,
  Problem,
  ReportedEvent,
  WebhookData,
} from './api.gen.ts';
export type { Result } from './call.ts';
export {
  type CallOptions,
  createEvenhand,
  type Decided,
  type Evenhand,
  type EvenhandOptions,
  type EventResult,
  type Reported,
  type WhenSilent,
} from './client.ts';
export { EvenhandError, type Fault } from './fault.ts';
export {
  type Received,
  signWebhook,
  verifySignature,
  verifyWebhook,
  type WebhookEvent,
  type WebhookFault,
  type WebhookTopic,
} from './webhooks.ts';

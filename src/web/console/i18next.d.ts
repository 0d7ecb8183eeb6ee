import type appeals from '../../../languages/en/console/appeals.json';
import type common from '../../../languages/en/console/common.json';
import type connections from '../../../languages/en/console/connections.json';
import type customer from '../../../languages/en/console/customer.json';
import type customers from '../../../languages/en/console/customers.json';
import type events from '../../../languages/en/console/events.json';
import type home from '../../../languages/en/console/home.json';
import type imports from '../../../languages/en/console/imports.json';
import type links from '../../../languages/en/console/links.json';
import type lists from '../../../languages/en/console/lists.json';
import type measures from '../../../languages/en/console/measures.json';
import type metrics from '../../../languages/en/console/metrics.json';
import type notices from '../../../languages/en/console/notices.json';
import type outbox from '../../../languages/en/console/outbox.json';
import type policy from '../../../languages/en/console/policy.json';
import type review from '../../../languages/en/console/review.json';
import type settings from '../../../languages/en/console/settings.json';
import type ui from '../../../languages/en/console/ui.json';
import type webhooks from '../../../languages/en/console/webhooks.json';
import type welcome from '../../../languages/en/console/welcome.json';

/* Every key is checked against the English files: a key that does not exist does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      appeals: typeof appeals;
      common: typeof common;
      connections: typeof connections;
      customer: typeof customer;
      customers: typeof customers;
      events: typeof events;
      home: typeof home;
      imports: typeof imports;
      links: typeof links;
      lists: typeof lists;
      measures: typeof measures;
      metrics: typeof metrics;
      notices: typeof notices;
      outbox: typeof outbox;
      policy: typeof policy;
      review: typeof review;
      settings: typeof settings;
      ui: typeof ui;
      webhooks: typeof webhooks;
      welcome: typeof welcome;
    };
  }
}

import type common from './locales/en/common.json';
import type customer from './locales/en/customer.json';
import type customers from './locales/en/customers.json';
import type events from './locales/en/events.json';
import type home from './locales/en/home.json';
import type imports from './locales/en/imports.json';
import type measures from './locales/en/measures.json';
import type metrics from './locales/en/metrics.json';
import type policy from './locales/en/policy.json';
import type review from './locales/en/review.json';
import type settings from './locales/en/settings.json';
import type ui from './locales/en/ui.json';
import type welcome from './locales/en/welcome.json';

/* Every key is checked against the English files: a key that does not exist does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      customer: typeof customer;
      customers: typeof customers;
      events: typeof events;
      home: typeof home;
      imports: typeof imports;
      measures: typeof measures;
      metrics: typeof metrics;
      policy: typeof policy;
      review: typeof review;
      settings: typeof settings;
      ui: typeof ui;
      welcome: typeof welcome;
    };
  }
}

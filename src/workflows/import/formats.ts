import type { FileFormat, FormatName } from './format.ts';
import { customersCsv, shopifyCustomers, woocommerceCustomers } from './formats/customers.ts';
import { events } from './formats/events.ts';
import { listsCsv } from './formats/lists.ts';
import { blockifyIps, fraudFilterRules, woocommerceBlacklist } from './formats/lists-elsewhere.ts';
import { measuresCsv } from './formats/measures.ts';
import { onlineRetail } from './formats/online-retail.ts';
import { ordersCsv } from './formats/orders-csv.ts';

/** Every file format, by name. */
export const formats: Readonly<Record<FormatName, FileFormat>> = {
  events,
  'orders-csv': ordersCsv,
  'customers-csv': customersCsv,
  'shopify-customers': shopifyCustomers,
  'woocommerce-customers': woocommerceCustomers,
  'measures-csv': measuresCsv,
  'lists-csv': listsCsv,
  'fraud-filter': fraudFilterRules,
  'blockify-ips': blockifyIps,
  'woocommerce-blacklist': woocommerceBlacklist,
  'online-retail': onlineRetail,
};

export const formatNames = Object.keys(formats) as readonly FormatName[];

import type { FileFormat, FormatName } from './format.ts';
import { events } from './formats/events.ts';
import { onlineRetail } from './formats/online-retail.ts';
import { ordersCsv } from './formats/orders-csv.ts';

/** Every file format, by name. */
export const formats: Readonly<Record<FormatName, FileFormat>> = {
  events,
  'orders-csv': ordersCsv,
  'online-retail': onlineRetail,
};

export const formatNames = Object.keys(formats) as readonly FormatName[];

import { model } from '@medusajs/framework/utils';

/** What Evenhand is to be told and was not told yet: ids only. */
const EvenhandMessage = model.define('evenhand_message', {
  id: model.id({ prefix: 'ehmsg' }).primaryKey(),
  topic: model.text(),
  kind: model.text(),
  reference: model.text(),
  return_reference: model.text().nullable(),
  attempts: model.number().default(0),
  due_at: model.dateTime(),
  problem: model.text().nullable(),
});

export default EvenhandMessage;

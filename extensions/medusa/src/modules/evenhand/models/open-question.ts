import { model } from '@medusajs/framework/utils';

/** A cart that was completed without a clear answer of Evenhand, until its order was told. */
const EvenhandOpenQuestion = model.define('evenhand_open_question', {
  id: model.id({ prefix: 'ehoq' }).primaryKey(),
  cart_id: model.text(),
  silent: model.boolean(),
});

export default EvenhandOpenQuestion;

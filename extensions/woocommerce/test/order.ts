/** An order that the block checkout is about to place, in PHP. */
export const ORDER = `$order = new Thing( array(
  'id' => 7, 'status' => 'pending', 'customer_id' => 25,
  'payment_method' => 'cod', 'total' => '20.10', 'currency' => 'EUR', 'item_count' => 3,
  'billing' => array( 'email' => 'bo@example.com', 'phone' => '+31612345678', 'first_name' => 'Bo', 'last_name' => 'Buyer', 'address_1' => ' Dam 1 ', 'address_2' => 'Apt 4', 'city' => 'Amsterdam', 'postcode' => '1012 JS', 'country' => 'BE' ),
  'shipping' => array( 'address_1' => 'Kerkstraat 1', 'city' => 'Utrecht', 'postcode' => '3511 AA', 'country' => 'NL' ),
  'items' => array( new Thing( array( 'product_id' => 9, 'variation_id' => 91 ) ), new Thing( array( 'product_id' => 9, 'variation_id' => 92 ) ) ),
) );`;

/** Places it, and says what came of it. */
export const PLACE = `${ORDER}
  try {
    do_action( 'woocommerce_store_api_checkout_update_order_from_request', $order, new Request( 'POST' ) );
    return array( 'taken' => true, 'meta' => $order->meta, 'asked' => $GLOBALS['asked'] );
  } catch ( \\Automattic\\WooCommerce\\StoreApi\\Exceptions\\RouteException $e ) {
    return array( 'taken' => false, 'code' => $e->code_name, 'html' => $e->getMessage(), 'meta' => $order->meta );
  }`;

export interface Placed {
  readonly taken: boolean;
  readonly code?: string;
  readonly html?: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly asked?: number;
}

<?php
/**
 * What orders tell, and holding them.
 *
 * @package Evenhand
 */

namespace Evenhand\WooCommerce;

defined( 'ABSPATH' ) || exit;

/** Puts beside orders in the REST API, and so in webhooks, what WooCommerce leaves out; and holds those that a colleague is to look at. */
final class Orders {
	/**
	 * The settings.
	 *
	 * @var Options
	 */
	private $options;

	/**
	 * Makes one.
	 *
	 * @param Options $options The settings.
	 */
	public function __construct( Options $options ) {
		$this->options = $options;
	}

	/** Hooks it in. */
	public function hook() {
		add_filter( 'woocommerce_rest_prepare_shop_order_object', array( $this, 'tell_all' ), 10, 2 );
		add_action( 'woocommerce_order_status_cancelled', array( $this, 'note_cancelled' ), 10, 2 );
		add_action( 'woocommerce_cancelled_order', array( $this, 'note_cancelled_by_customer' ), 10, 1 );
		add_filter( 'woocommerce_payment_complete_order_status', array( $this, 'status_after_payment' ), 100, 3 );
		add_filter( 'woocommerce_cod_process_payment_order_status', array( $this, 'status_on_delivery' ), 100, 2 );
		add_action( 'woocommerce_order_status_changed', array( $this, 'hold' ), 90, 4 );
		add_action( 'woocommerce_order_status_changed', array( $this, 'note_conditions' ), 100, 4 );
		add_action( 'rest_api_init', array( $this, 'offer_status' ) );
	}

	/**
	 * Refunds whole, and when and by whom an order was cancelled.
	 *
	 * @param \WP_REST_Response $response The order as REST tells it.
	 * @param \WC_Order         $order    The order.
	 */
	public function tell_all( $response, $order ) {
		$data             = $response->get_data();
		$told             = array(
			'version' => VERSION,
			'refunds' => array(),
		);
		foreach ( is_callable( array( $order, 'get_refunds' ) ) ? $order->get_refunds() : array() as $refund ) {
			$told['refunds'][] = self::refund( $refund );
		}
		$cancelled = $order->get_meta( '_evenhand_cancelled' );
		if ( is_array( $cancelled ) && isset( $cancelled['at'], $cancelled['by'] ) ) {
			$told['cancelled'] = array(
				'at' => (string) $cancelled['at'],
				'by' => 'customer' === $cancelled['by'] ? 'customer' : 'shop',
			);
		}
		$data['evenhand'] = $told;
		$response->set_data( $data );
		return $response;
	}

	/**
	 * A refund in the words of the REST API.
	 *
	 * @param \WC_Order_Refund $refund The refund.
	 */
	private static function refund( $refund ): array {
		$decimals = wc_get_price_decimals();
		$lines    = array();
		foreach ( $refund->get_items() as $item ) {
			$product = $item->get_product();
			$lines[] = array(
				'id'           => (int) $item->get_id(),
				'name'         => (string) $item->get_name(),
				'product_id'   => (int) $item->get_product_id(),
				'variation_id' => (int) $item->get_variation_id(),
				'quantity'     => $item->get_quantity() + 0,
				'total'        => wc_format_decimal( $item->get_total(), $decimals ),
				'total_tax'    => wc_format_decimal( $item->get_total_tax(), $decimals ),
				'sku'          => $product ? (string) $product->get_sku() : '',
			);
		}
		return array(
			'id'               => (int) $refund->get_id(),
			'date_created_gmt' => wc_rest_prepare_date_response( $refund->get_date_created() ),
			'amount'           => wc_format_decimal( $refund->get_amount(), $decimals ),
			'reason'           => (string) $refund->get_reason(),
			'line_items'       => $lines,
		);
	}

	/**
	 * Writes down that an order was cancelled now: by the shop, unless the next hook says otherwise.
	 *
	 * @param int       $order_id Its number.
	 * @param \WC_Order $order    The order.
	 */
	public function note_cancelled( $order_id, $order = null ) {
		$this->write_cancelled( $order ? $order : wc_get_order( $order_id ), 'shop' );
	}

	/**
	 * The customer pressed "Cancel".
	 *
	 * @param int $order_id Its number.
	 */
	public function note_cancelled_by_customer( $order_id ) {
		$this->write_cancelled( wc_get_order( $order_id ), 'customer' );
	}

	/**
	 * Writes it down.
	 *
	 * @param \WC_Order|false $order The order.
	 * @param string          $by    By whom.
	 */
	private function write_cancelled( $order, string $by ) {
		if ( ! $order ) {
			return;
		}
		$order->update_meta_data(
			'_evenhand_cancelled',
			array(
				'at' => gmdate( 'Y-m-d\TH:i:s' ),
				'by' => $by,
			)
		);
		$order->save_meta_data();
	}

	/**
	 * An order that a colleague is to look at is on hold once it is paid. Only answers: WooCommerce asks this at other times too.
	 *
	 * @param string    $status   As it would be.
	 * @param int       $order_id Its number.
	 * @param \WC_Order $order    The order.
	 */
	public function status_after_payment( $status, $order_id, $order = null ) {
		return $this->is_to_be_held( $order ) ? 'on-hold' : $status;
	}

	/**
	 * The same with cash on delivery, which is paid later.
	 *
	 * @param string    $status As it would be.
	 * @param \WC_Order $order  The order.
	 */
	public function status_on_delivery( $status, $order = null ) {
		return $this->is_to_be_held( $order ) ? 'on-hold' : $status;
	}

	/**
	 * Remembers that an order was held, and where it goes back to; holds it now where its way of paying asked nobody.
	 *
	 * @param int       $order_id Its number.
	 * @param string    $from     Its status before.
	 * @param string    $to       Its status now.
	 * @param \WC_Order $order    The order.
	 */
	public function hold( $order_id, $from, $to, $order = null ) {
		if ( ! $this->is_to_be_held( $order ) || ! in_array( $to, array( 'processing', 'on-hold' ), true ) ) {
			return;
		}
		// Orders that wait for a bank transfer are on hold anyway: they are held again when the money is there.
		if ( 'on-hold' === $to && in_array( $order->get_payment_method(), array( 'bacs', 'cheque' ), true ) && ! $order->get_date_paid() ) {
			return;
		}
		// Whoever lets it go on has looked: it is held once.
		$order->delete_meta_data( '_evenhand_look' );
		$order->update_meta_data( '_evenhand_held_from', 'processing' );
		$order->save_meta_data();
		$order->add_order_note( __( 'Evenhand: please look at this order before you send it.', 'evenhand-for-woocommerce' ) );
		if ( 'processing' === $to ) {
			$order->update_status( 'on-hold' );
		}
	}

	/**
	 * It is to be looked at, and was not held yet.
	 *
	 * @param \WC_Order|null $order The order.
	 */
	private function is_to_be_held( $order ): bool {
		return is_object( $order ) && 'yes' === $order->get_meta( '_evenhand_look' );
	}

	/**
	 * Tells staff once of conditions they must see to.
	 *
	 * @param int       $order_id Its number.
	 * @param string    $from     Its status before.
	 * @param string    $to       Its status now.
	 * @param \WC_Order $order    The order.
	 */
	public function note_conditions( $order_id, $from, $to, $order = null ) {
		$conditions = is_object( $order ) && in_array( $to, array( 'processing', 'on-hold' ), true ) ? (string) $order->get_meta( '_evenhand_conditions' ) : '';
		if ( '' === $conditions ) {
			return;
		}
		$order->delete_meta_data( '_evenhand_conditions' );
		$order->save_meta_data();
		/* translators: %s: names of conditions. */
		$order->add_order_note( sprintf( __( 'Evenhand: this order is under conditions: %s.', 'evenhand-for-woocommerce' ), str_replace( '_', ' ', $conditions ) ) );
	}

	/** What Evenhand's test of a connection asks. The namespace is one that WooCommerce's keys open. */
	public function offer_status() {
		register_rest_route(
			'wc-evenhand/v1',
			'/status',
			array(
				'methods'             => 'GET',
				'callback'            => array( $this, 'status' ),
				'permission_callback' => static function () {
					return current_user_can( 'manage_woocommerce' );
				},
			)
		);
	}

	/** Versions, and whether anything is asked. */
	public function status() {
		return rest_ensure_response(
			array(
				'extension'   => VERSION,
				'woocommerce' => defined( 'WC_VERSION' ) ? WC_VERSION : '',
				'wordpress'   => get_bloginfo( 'version' ),
				'asking'      => $this->options->asks_at( 'purchase' ),
			)
		);
	}
}

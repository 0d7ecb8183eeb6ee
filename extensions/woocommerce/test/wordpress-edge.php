<?php
/**
 * The functions of WordPress and WooCommerce that the plug-in calls, as they are documented, for tests without either. Nothing here decides
 * anything: hooks are called in their order, options are an array, and requests go out over HTTP.
 */

define( 'ABSPATH', '/wordpress/' );
define( 'WC_VERSION', '10.0.2' );
class WooCommerce {}
class RefusedToGoOn extends Exception {}

class WP_Error {
	public $errors = array();
	public function __construct( $code = '', $message = '' ) {
		if ( '' !== $code ) {
			$this->add( $code, $message );
		}
	}
	public function add( $code, $message ) {
		$this->errors[ $code ][] = $message;
	}
	public function has_errors() {
		return array() !== $this->errors;
	}
	public function get_error_message() {
		return (string) ( array_values( $this->errors )[0][0] ?? '' );
	}
}
class WP_User {
	public $ID;
	public $user_email;
	public $caps;
	public function __construct( $id, $email = '', $caps = array() ) {
		$this->ID         = $id;
		$this->user_email = $email;
		$this->caps       = $caps;
	}
}
class Session {
	public $kept = array();
	public function get( $key, $else = null ) {
		return $this->kept[ $key ] ?? $else;
	}
	public function set( $key, $value ) {
		$this->kept[ $key ] = $value;
	}
}
class Cart {
	public $items = array();
	public $total = 20.0;
	public function get_cart() {
		return $this->items;
	}
	public function get_cart_contents_count() {
		return array_sum( array_column( $this->items, 'quantity' ) );
	}
	public function get_total( $context = 'view' ) {
		return $this->total;
	}
}
/** An order or refund: what it has is in `is`. */
class Thing {
	public $is;
	public $meta  = array();
	public $notes = array();
	public $saved = 0;
	public function __construct( $is ) {
		$this->is = $is;
	}
	public function __call( $name, $arguments ) {
		return $this->is[ substr( $name, 4 ) ] ?? '';
	}
	public function get_address( $kind ) {
		return $this->is[ $kind ] ?? array();
	}
	public function get_items() {
		return $this->is['items'] ?? array();
	}
	public function get_refunds() {
		return $this->is['refunds'] ?? array();
	}
	public function get_product() {
		return $this->is['product'] ?? false;
	}
	public function get_meta( $key ) {
		return $this->meta[ $key ] ?? '';
	}
	public function update_meta_data( $key, $value ) {
		$this->meta[ $key ] = $value;
	}
	public function delete_meta_data( $key ) {
		unset( $this->meta[ $key ] );
	}
	public function save_meta_data() {
		++$this->saved;
	}
	public function add_order_note( $note ) {
		$this->notes[] = $note;
	}
	public function update_status( $to ) {
		$from               = $this->is['status'];
		$this->is['status'] = $to;
		do_action( 'woocommerce_order_status_changed', $this->is['id'], $from, $to, $this );
	}
}
class Request {
	private $method;
	public function __construct( $method ) {
		$this->method = $method;
	}
	public function get_method() {
		return $this->method;
	}
}
class Response {
	private $data;
	public function __construct( $data ) {
		$this->data = $data;
	}
	public function get_data() {
		return $this->data;
	}
	public function set_data( $data ) {
		$this->data = $data;
	}
}
class WC_Geolocation {
	public static function get_ip_address() {
		return $GLOBALS['ip'];
	}
}
eval( 'namespace Automattic\WooCommerce\Utilities; class OrderUtil { public static function custom_orders_table_usage_is_enabled() { return $GLOBALS[\'own_tables\']; } }' );
eval( 'namespace Automattic\WooCommerce\StoreApi\Exceptions; class RouteException extends \Exception { public $code_name; public function __construct( $name, $message, $status = 400 ) { parent::__construct( $message, $status ); $this->code_name = $name; } }' );

$GLOBALS['hooks']  = array();
$GLOBALS['asked']  = 0;
$GLOBALS['notices'] = array();
$GLOBALS['user']   = new WP_User( 0 );
$GLOBALS['orders'] = array();
$GLOBALS['ip']     = '127.0.0.1';
$GLOBALS['own_tables'] = false;
$GLOBALS['wc']     = (object) array( 'session' => new Session(), 'cart' => new Cart() );

function add_filter( $name, $does, $priority = 10, $arguments = 1 ) {
	$GLOBALS['hooks'][ $name ][ $priority ][] = array( $does, $arguments );
	return true;
}
function add_action( $name, $does, $priority = 10, $arguments = 1 ) {
	return add_filter( $name, $does, $priority, $arguments );
}
function remove_action( $name, $does, $priority = 10 ) {
	foreach ( $GLOBALS['hooks'][ $name ][ $priority ] ?? array() as $at => $one ) {
		if ( $one[0] === $does ) {
			unset( $GLOBALS['hooks'][ $name ][ $priority ][ $at ] );
		}
	}
}
function has_hook( $name ) {
	return ! empty( $GLOBALS['hooks'][ $name ] );
}
function apply_filters( $name, $value, ...$more ) {
	$at_priorities = $GLOBALS['hooks'][ $name ] ?? array();
	ksort( $at_priorities );
	foreach ( $at_priorities as $ones ) {
		foreach ( $ones as list( $does, $arguments ) ) {
			$value = $does( ...array_slice( array_merge( array( $value ), $more ), 0, $arguments ) );
		}
	}
	return $value;
}
function do_action( $name, ...$more ) {
	$at_priorities = $GLOBALS['hooks'][ $name ] ?? array();
	ksort( $at_priorities );
	foreach ( $at_priorities as $ones ) {
		foreach ( $ones as list( $does, $arguments ) ) {
			call_user_func_array( $does, array_slice( $more, 0, $arguments ) );
		}
	}
}
function get_option( $name, $else = false ) {
	return $GLOBALS['options'][ $name ] ?? $else;
}
function update_option( $name, $value ) {
	$GLOBALS['options'][ $name ] = $value;
	return true;
}
function delete_option( $name ) {
	unset( $GLOBALS['options'][ $name ] );
}
function delete_metadata( $of, $id, $key, $value, $all ) {
	$GLOBALS['forgotten'][] = array( $of, $key, $all );
}
function wp_remote_post( $url, $arguments ) {
	++$GLOBALS['asked'];
	$GLOBALS['curl'] = has_hook( 'http_api_curl' );
	$answer          = json_decode( post_message_to_js( json_encode( array( 'url' => $url, 'headers' => $arguments['headers'], 'body' => $arguments['body'], 'timeout' => $arguments['timeout'] ) ) ), true );
	return isset( $answer['error'] ) ? new WP_Error( 'http_request_failed', $answer['error'] ) : $answer;
}
function wp_remote_retrieve_response_code( $answer ) {
	return $answer['status'];
}
function wp_remote_retrieve_body( $answer ) {
	return $answer['body'];
}
function is_wp_error( $thing ) {
	return $thing instanceof WP_Error;
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function remove_accents( $text ) {
	return strtr( $text, array( 'Á' => 'A', 'á' => 'a' ) );
}
function is_email( $text ) {
	return filter_var( $text, FILTER_VALIDATE_EMAIL );
}
function determine_locale() {
	return 'nl_NL';
}
function get_current_user_id() {
	return $GLOBALS['user']->ID;
}
function wp_get_current_user() {
	return $GLOBALS['user'];
}
function is_user_logged_in() {
	return $GLOBALS['user']->ID > 0;
}
function user_can( $user, $cap ) {
	$user = $user instanceof WP_User ? $user : $GLOBALS['user'];
	return in_array( $cap, $user->caps, true );
}
function current_user_can( $cap ) {
	return user_can( $GLOBALS['user'], $cap );
}
function get_woocommerce_currency() {
	return 'EUR';
}
function WC() {
	return $GLOBALS['wc'];
}
function wc_get_orders( $asked ) {
	$GLOBALS['looked_for'] = $asked;
	return $GLOBALS['orders'];
}
function wc_get_order_statuses() {
	return array_fill_keys( array( 'wc-pending', 'wc-processing', 'wc-on-hold', 'wc-completed', 'wc-cancelled', 'wc-refunded', 'wc-failed', 'wc-checkout-draft', 'wc-packed' ), '' );
}
function wc_get_order( $id ) {
	return $GLOBALS['orders'][0] ?? false;
}
function wc_add_notice( $text, $type ) {
	$GLOBALS['notices'][] = array( $type, $text );
}
function wc_get_price_decimals() {
	return 2;
}
function wc_format_decimal( $number, $decimals ) {
	return number_format( (float) $number, $decimals, '.', '' );
}
function wc_rest_prepare_date_response( $date ) {
	return $date;
}
function get_post_type( $id ) {
	return 9 === $id ? 'product' : 'post';
}
function wp_die( $text, $title = '', $arguments = array() ) {
	throw new RefusedToGoOn( $text, $arguments['response'] ?? 500 );
}
function check_admin_referer( $action ) {
	if ( ( $_POST['_wpnonce'] ?? '' ) !== 'nonce of ' . $action ) {
		throw new RefusedToGoOn( 'The link you followed has expired.', 403 );
	}
}
function wp_nonce_field( $action ) {
	echo '<input type="hidden" name="_wpnonce" value="nonce of ' . esc_attr( $action ) . '">';
}
function wp_safe_redirect( $to ) {
	throw new RefusedToGoOn( $to, 302 );
}
function add_query_arg( $more, $url ) {
	return $url . '?' . http_build_query( $more );
}
function admin_url( $path ) {
	return 'https://shop.test/wp-admin/' . $path;
}
function __( $text ) {
	return $text;
}
function esc_html__( $text ) {
	return esc_html( $text );
}
function esc_html( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_attr( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_url_raw( $url, $protocols = array( 'http', 'https' ) ) {
	$scheme = parse_url( $url, PHP_URL_SCHEME );
	return in_array( $scheme, $protocols, true ) ? $url : '';
}
function esc_url( $url ) {
	return esc_attr( esc_url_raw( $url ) );
}
function wp_kses_post( $html ) {
	return strip_tags( $html, '<a><br><p>' );
}
function wp_parse_url( $url ) {
	return parse_url( $url );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function sanitize_key( $text ) {
	return preg_replace( '/[^a-z0-9_\-]/', '', strtolower( trim( $text ) ) );
}
function sanitize_text_field( $text ) {
	return trim( strip_tags( $text ) );
}
function wp_unslash( $value ) {
	return is_array( $value ) ? array_map( 'wp_unslash', $value ) : stripslashes( $value );
}
function selected( $one, $other, $echo ) {
	return $one === $other ? ' selected="selected"' : '';
}
function submit_button( $text = 'Save Changes' ) {
	echo '<button>' . esc_html( $text ) . '</button>';
}
function absint( $value ) {
	return abs( (int) $value );
}
function add_submenu_page() {}

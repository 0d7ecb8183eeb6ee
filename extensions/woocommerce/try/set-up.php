<?php
/**
 * Sets up a fresh shop in an empty database, for trying the plug-in on: WordPress and WooCommerce as they are, a product, a customer, both
 * checkouts, cash on delivery, and a REST key. Prints what a test needs to know, as JSON. Run by `start.mjs`.
 */

$root = getenv( 'WORDPRESS_DIR' );
$url  = getenv( 'WORDPRESS_URL' );
$_SERVER['HTTP_HOST']   = (string) parse_url( $url, PHP_URL_HOST ) . ':' . parse_url( $url, PHP_URL_PORT );
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['HTTPS']       = 'on';

if ( 'install' === $argv[1] ) {
	define( 'WP_INSTALLING', true );
	require $root . '/wp-load.php';
	require ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'The Mug Shop', 'owner', 'owner@shop.test', true, '', 'owner-password' );
	update_option( 'siteurl', $url );
	update_option( 'home', $url );
	update_option( 'permalink_structure', '/%postname%/' );
	exit;
}

require $root . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_set_current_user( 1 );

if ( 'options' === $argv[1] ) {
	update_option( 'evenhand_options', json_decode( getenv( 'EVENHAND_OPTIONS' ), true ) + get_option( 'evenhand_options' ) );
	exit;
}

if ( 'deliver' === $argv[1] ) {
	// What a cron job does: sends the webhooks that wait.
	wp_set_current_user( 0 );
	ActionScheduler_QueueRunner::instance()->run( 'WP CLI' );
	exit;
}

if ( 'activate' === $argv[1] ) {
	foreach ( array( 'woocommerce/woocommerce.php', 'evenhand-for-woocommerce/evenhand-for-woocommerce.php' ) as $plugin ) {
		$done = activate_plugin( $plugin );
		if ( is_wp_error( $done ) ) {
			fwrite( STDERR, $plugin . ': ' . $done->get_error_message() . "\n" );
			exit( 1 );
		}
	}
	exit;
}

WC_Install::create_pages();
if ( 'posts' !== getenv( 'WORDPRESS_ORDERS' ) ) {
	// Where new shops keep orders. WORDPRESS_ORDERS=posts tries the older place.
	wc_get_container()->get( \Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer::class )->create_database_tables();
	update_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
}
update_option( 'woocommerce_coming_soon', 'no' );
update_option( 'woocommerce_currency', 'EUR' );
update_option( 'woocommerce_default_country', 'NL' );
update_option( 'woocommerce_onboarding_profile', array( 'skipped' => true ) );
update_option( 'woocommerce_cod_settings', array( 'enabled' => 'yes' ) );
update_option( 'woocommerce_bacs_settings', array( 'enabled' => 'yes' ) );
update_option( 'timezone_string', 'Europe/Amsterdam' );
update_option( 'blog_public', '0' );
update_option( 'comment_moderation', '0' );
update_option( 'comment_previously_approved', '0' );
flush_rewrite_rules();

$classic = wp_insert_post( array( 'post_title' => 'Classic checkout', 'post_name' => 'classic-checkout', 'post_type' => 'page', 'post_status' => 'publish', 'post_content' => '[woocommerce_checkout]' ) );
$zone    = new WC_Shipping_Zone( 0 );
$zone->add_shipping_method( 'free_shipping' );

$product = new WC_Product_Simple();
$product->set_name( 'Stoneware mug' );
$product->set_regular_price( '20.00' );
$product->set_sku( 'MUG' );
$product->save();

$bo = wc_create_new_customer( 'bo@example.com', 'bo', 'bo-password' );
wp_insert_user( array( 'user_login' => 'staff', 'user_pass' => 'staff-password', 'user_email' => 'staff@shop.test', 'role' => 'shop_manager' ) );

global $wpdb;
$key    = 'ck_' . wc_rand_hash();
$secret = 'cs_' . wc_rand_hash();
$wpdb->insert(
	$wpdb->prefix . 'woocommerce_api_keys',
	array( 'user_id' => 1, 'description' => 'Evenhand', 'permissions' => 'read_write', 'consumer_key' => wc_api_hash( $key ), 'consumer_secret' => $secret, 'truncated_key' => substr( $key, -7 ) )
);
update_option(
	'evenhand_options',
	array( 'address' => getenv( 'EVENHAND_URL' ), 'key' => getenv( 'EVENHAND_KEY' ), 'portal' => 'https://fair.example.com/p/mugs', 'withdrawal' => 'https://shop.test/withdraw', 'pay_later' => 'cod', 'purchase' => 'allow', 'cart' => 'allow', 'review' => 'allow', 'login' => 'allow' )
);

echo wp_json_encode( array( 'consumerKey' => $key, 'consumerSecret' => $secret, 'product' => $product->get_id(), 'customer' => $bo, 'wordpress' => get_bloginfo( 'version' ), 'woocommerce' => WC_VERSION ) );

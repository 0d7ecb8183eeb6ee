<?php
/**
 * Put into mu-plugins of a shop for trying things out: its webhooks may go to this machine, which WordPress forbids for good reason; reviews
 * may come quickly; and no mail is sent.
 */

add_filter( 'http_request_host_is_external', '__return_true' );
add_filter( 'comment_flood_filter', '__return_false', 100 );
add_filter( 'pre_wp_mail', '__return_true' );
add_filter(
	'http_allowed_safe_ports',
	static function ( $ports, $host, $url ) {
		$port = wp_parse_url( $url, PHP_URL_PORT );
		return $port ? array_merge( $ports, array( $port ) ) : $ports;
	},
	10,
	3
);

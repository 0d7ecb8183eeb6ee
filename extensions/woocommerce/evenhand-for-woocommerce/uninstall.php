<?php
/**
 * Takes away what the plug-in and Evenhand wrote to this shop. Orders keep their history.
 *
 * @package Evenhand
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'evenhand_options' );
foreach ( array( 'evenhand_standing', 'evenhand_refused', 'evenhand_conditions', 'evenhand_until' ) as $evenhand_key ) {
	delete_metadata( 'user', 0, $evenhand_key, '', true );
}

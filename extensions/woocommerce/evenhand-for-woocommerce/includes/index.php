<?php // Nothing to see.

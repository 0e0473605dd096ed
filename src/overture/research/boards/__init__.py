"""Job boards: one file a vendor, each from documented public endpoints. None was called live from here."""

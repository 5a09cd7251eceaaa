"""What does the work of many shards: one interface, an engine a module."""

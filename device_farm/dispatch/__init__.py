"""Dispatch of units to many hosts, by an exchangeable queue engine on PostgreSQL."""

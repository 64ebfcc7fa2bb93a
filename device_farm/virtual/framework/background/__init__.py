"""Starts apps in the background and restricts them: alarms, jobs, syncs, Doze, standby buckets, the ROM."""

"""A farm on paper: how many phones, hosts, disks and people a campaign takes."""

"""What a report is written as for other programs."""

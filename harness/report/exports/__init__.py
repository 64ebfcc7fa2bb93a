"""A report as data for other programs: tables for spreadsheets and trackers, JUnit for build servers, JSON."""

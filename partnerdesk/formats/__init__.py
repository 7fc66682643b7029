"""Files in and out: spreadsheets, JSON lists. Knows nothing of the office file."""

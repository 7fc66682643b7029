"""What users do: deeds (writing) and questions (reading). Plain Python, no Qt."""

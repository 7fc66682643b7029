"""Where it is kept: the office file, its schema, its journal. SQLAlchemy lives here and nowhere else."""

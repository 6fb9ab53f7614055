"""Django's PostgreSQL, reading instants as fast as everything else."""

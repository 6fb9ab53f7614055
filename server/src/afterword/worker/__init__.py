"""The part that works without being asked: rebuilds, expands mailings, sends, sweeps."""

"""How findings are shown: for people, for machines, for code hosts."""

"""A module per kind of page: what it shows, from publications, into bytes."""

"""Promises made in public, and their keeping. Owner and tracker link never leave this room."""

"""Mail to the team itself, before readers wait in vain. Nothing here reaches readers."""

"""Settings from the environment, addresses, the WSGI entry and the error map."""

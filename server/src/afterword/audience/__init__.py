"""Who may be told: subscribers and their consent, customers and contacts, frozen lists."""

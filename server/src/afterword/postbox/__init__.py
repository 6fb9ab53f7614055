"""Letters waiting to leave: claimed, sent, tried again, given up. The only room that talks SMTP."""

"""What anyone may open: built pages (without database) and the few forms that need one."""

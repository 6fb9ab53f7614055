"""The rules: a folder for each category, a file for each rule, named for the fault it finds."""

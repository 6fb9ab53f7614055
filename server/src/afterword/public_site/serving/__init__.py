"""The front as a process of its own: it holds the port, answers built pages, passes on the rest.

Apart from the application, so that a page is there while that one is slow, broken or restarting.
Knows neither Django nor the database.
"""

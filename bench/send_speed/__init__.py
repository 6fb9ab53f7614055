"""Sending to Postfix's smtp-sink on the loopback, beside what others do in the same run.

Every letter is multipart, about 6 KB, with an unsubscribe address of its own. Our figures hold the
ledger: claims, attempts, the server's answers, marks. smtp-source and `send_mass_mail` keep none.
"""

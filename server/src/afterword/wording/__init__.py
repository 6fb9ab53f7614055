"""The only importer of plaintalk: checks texts against the record, by policy per statement kind.

Also holds salted hashes of the internal review's 8-word runs, so that copied passages are found
without being able to read them. Holds no text.
"""

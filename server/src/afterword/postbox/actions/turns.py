"""Writing very many letters at once, and leaving meanwhile: who leaves gets none of them."""

from django.db import connection

# Any number that nothing else locks; "letters" in ASCII, cut.
_POSTING = 0x6C657474


def begin_posting() -> None:
    """Let nobody take letters back until this transaction ends, and see whoever left before.

    Call it before a statement writes letters to all that it finds. A lock for each of a million
    subscribers would be a second write of a million rows. The transaction must be one that can be
    repeated: a crash of the database may take it back as a whole, after it was committed.
    """
    if connection.vendor != "postgresql":  # SQLite lets one writer in at a time
        return
    with connection.cursor() as cursor:
        # Compiling the plan takes longer than carrying it out. Whoever claims a letter waits for
        # the disk, and with it for all that was written before.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTING])


def wait_for_posting() -> None:
    """Wait until what is being written at this instant can be seen, so that it is taken back, too.

    Call it in the transaction in which somebody leaves; who writes next sees that they left.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_POSTING])

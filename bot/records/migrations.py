"""The tables of the SQLite store, step by step: each step is the SQL that leads from one version to the next.

A step that was released is never changed; what is to be different is a new step. `PRAGMA user_version` says how many
have been taken.
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE owners (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT
        """,
        """
        CREATE TABLE votes (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            answer INTEGER NOT NULL,
            person INTEGER NOT NULL,
            verdict INTEGER NOT NULL CHECK (verdict IN (-1, 1)),
            question TEXT NOT NULL,
            article TEXT NOT NULL,
            sentences TEXT NOT NULL CHECK (json_valid(sentences)),
            confidence REAL NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (owner, answer, person)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX votes_by_time ON votes (owner, at)",
        """
        CREATE TABLE refusals (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            answer INTEGER NOT NULL,
            person INTEGER NOT NULL,
            question TEXT NOT NULL,
            missing TEXT NOT NULL CHECK (json_valid(missing)),
            article TEXT NOT NULL,
            confidence REAL NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (owner, answer)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX refusals_by_time ON refusals (owner, at)",
        """
        CREATE TABLE tallies (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            day TEXT NOT NULL,
            answered INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (owner, day)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE settings (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL CHECK (json_valid(value)),
            PRIMARY KEY (owner, name)
        ) STRICT, WITHOUT ROWID
        """,
    ),
    (
        # A server that removed the bot is erased after a while; a person is found without a walk through all.
        "ALTER TABLE owners ADD COLUMN departed INTEGER",
        "CREATE INDEX votes_by_person ON votes (person)",
        "CREATE INDEX refusals_by_person ON refusals (person)",
    ),
    (
        """
        CREATE TABLE conversations (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            person INTEGER NOT NULL,
            place INTEGER NOT NULL,
            conversation TEXT NOT NULL CHECK (json_valid(conversation)),
            at INTEGER NOT NULL,
            PRIMARY KEY (owner, person, place)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX conversations_by_time ON conversations (at)",
        "CREATE INDEX conversations_by_person ON conversations (person)",
    ),
)

VERSION = len(MIGRATIONS)
"""The version that this program reads and writes."""

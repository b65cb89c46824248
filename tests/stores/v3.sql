-- A store of version 3, written by `python -m tests.stores`; never to be changed.
PRAGMA application_id = 1347515748;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE conversations (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            person INTEGER NOT NULL,
            place INTEGER NOT NULL,
            conversation TEXT NOT NULL CHECK (json_valid(conversation)),
            at INTEGER NOT NULL,
            PRIMARY KEY (owner, person, place)
        ) STRICT, WITHOUT ROWID
        ;
INSERT INTO "conversations" VALUES(1,100,7,'["abcdefabcdef",[["Who called?",[3,4],"abcdefabcdef"],["What for?",[],""]]]',1760000000);
CREATE TABLE owners (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        , departed INTEGER) STRICT
        ;
INSERT INTO "owners" VALUES(1,'server:1',NULL);
INSERT INTO "owners" VALUES(2,'person:100',NULL);
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
        ;
INSERT INTO "refusals" VALUES(2,20,100,'What does it cost?','["cost"]','abcdefabcdef',0.125,1760000000);
CREATE TABLE settings (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL CHECK (json_valid(value)),
            PRIMARY KEY (owner, name)
        ) STRICT, WITHOUT ROWID
        ;
INSERT INTO "settings" VALUES(1,'private','true');
CREATE TABLE tallies (
            owner INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
            day TEXT NOT NULL,
            answered INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (owner, day)
        ) STRICT, WITHOUT ROWID
        ;
INSERT INTO "tallies" VALUES(1,'2025-10-09',1,0);
INSERT INTO "tallies" VALUES(2,'2025-10-09',0,1);
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
        ;
INSERT INTO "votes" VALUES(1,10,100,-1,'How much?','abcdefabcdef','[3, 4]',0.75,1760000000);
CREATE INDEX votes_by_time ON votes (owner, at);
CREATE INDEX refusals_by_time ON refusals (owner, at);
CREATE INDEX votes_by_person ON votes (person);
CREATE INDEX refusals_by_person ON refusals (person);
CREATE INDEX conversations_by_time ON conversations (at);
CREATE INDEX conversations_by_person ON conversations (person);
COMMIT;

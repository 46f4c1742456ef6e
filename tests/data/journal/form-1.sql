-- A journal as the first form of the file had it, dumped by SQLite.
PRAGMA application_id = 1400130420;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE applications (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            uid    TEXT NOT NULL UNIQUE,
            added  TEXT NOT NULL,
            value  TEXT NOT NULL
        );
INSERT INTO "applications" VALUES(1,'cfdc11392aea4db1b2d07c7a7a3f44ce','2026-12-17','{"schema_version": 1, "type": "Application", "employer": "Größe & Söhne 🚚", "role": "Driver", "channel": "recruiter", "stage": "interview", "applied": null, "interviewed": "2026-12-17", "decided": null, "door_open": ["interview"], "timescale": "a week", "letter_days": null, "process": "", "outcome": null, "tried": [], "contacts": [], "agreements": [], "still_looking": true, "took_it_well": null, "asked_feedback": false}');
INSERT INTO "applications" VALUES(2,'44c5dfb63e8340fb910a7118581009be','2026-12-01','{"schema_version": 1, "type": "Application", "employer": "Harbour Foods", "role": "Cook", "channel": "direct", "stage": "applied", "applied": null, "interviewed": null, "decided": null, "door_open": [], "timescale": null, "letter_days": null, "process": "", "outcome": null, "tried": [], "contacts": [], "agreements": [], "still_looking": true, "took_it_well": null, "asked_feedback": false}');
CREATE TABLE contacts_made (
            number      INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (number) ON DELETE CASCADE,
            stage       TEXT NOT NULL,
            touch       TEXT NOT NULL,
            step        TEXT NOT NULL,
            made_on     TEXT NOT NULL,
            UNIQUE (application, stage, touch, step)
        );
INSERT INTO "contacts_made" VALUES(1,1,'interview','thanks','','2026-12-18');
CREATE TABLE feedback (
            number      INTEGER PRIMARY KEY,
            application INTEGER NOT NULL REFERENCES applications (number) ON DELETE CASCADE,
            value       TEXT NOT NULL,
            UNIQUE (application, value)
        );
INSERT INTO "feedback" VALUES(1,1,'{"schema_version": 1, "type": "Feedback", "application": "Driver, Größe & Söhne 🚚", "source": "HR", "said": "It ran long.", "lesson": "Be brief.", "stories": ["Rota"], "useful": 3, "verdict": "poor", "on": "2027-01-04"}');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('applications',2);
COMMIT;

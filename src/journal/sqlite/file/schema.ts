/**
 * The tables, as the migrations that lead to them. The version of a file is the number of its migrations. A file of an
 * older rxchat is brought up to date in one transaction. A file of a newer one isn't touched.
 */
import { DataError } from '../../data-error.ts'
import { inputsIntoChunks } from './into-chunks.ts'
import { addMeta } from './meta.ts'
import { type Database, damage, loadSqlite, transaction } from './sqlite.ts'

/** "rxch", in the header of every rxchat file (sqlite.org/fileformat2.html, 1.3). */
const APPLICATION = 0x72786368

/** Each migrates a file from the version before. Once released, a migration is never changed; new ones are added. */
const MIGRATIONS: readonly (string | ((db: Database) => void))[] = [
  // 1: the journal.
  `CREATE TABLE meta (epoch TEXT NOT NULL, origin TEXT NOT NULL, base INTEGER NOT NULL, base_sum INTEGER NOT NULL, last INTEGER NOT NULL, last_sum INTEGER NOT NULL, forgotten INTEGER NOT NULL, marks INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
   CREATE TABLE entries (seq INTEGER PRIMARY KEY, input TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;
   CREATE TABLE texts (seq INTEGER PRIMARY KEY, text TEXT, sum INTEGER NOT NULL) STRICT;
   CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL) STRICT;
   CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, chain INTEGER NOT NULL, state TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;`,
  // 2: the history. `projected` says how far it is recorded and how far its words are indexed. An older file is
  // recorded anew at the next start.
  `CREATE TABLE messages (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, room TEXT, sender TEXT NOT NULL, author TEXT NOT NULL,
     recipient TEXT, peer TEXT, action INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
   CREATE INDEX messages_room ON messages (room, seq) WHERE room NOT NULL;
   CREATE INDEX messages_at ON messages (at);
   CREATE INDEX messages_author ON messages (author, seq) WHERE peer NOT NULL;
   CREATE INDEX messages_peer ON messages (peer, seq) WHERE peer NOT NULL;
   CREATE TABLE projected (seq INTEGER NOT NULL, indexed INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT;
   INSERT INTO projected VALUES (0, 0, 0);
   CREATE VIRTUAL TABLE search USING fts5 (text, content = 'texts', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2');
   INSERT INTO search (search, rank) VALUES ('secure-delete', 1);`,
  // 3: inputs may have rules later than the first (src/model/format.ts); a program that doesn't know the rules must not
  // fold them. Signatures replace FTS5, which took so long to erase a text that the server stood still. An index by
  // author and room. A large snapshot has all but its end in parts.
  `DROP TABLE search;
   CREATE TABLE blocks (last INTEGER PRIMARY KEY, first INTEGER NOT NULL, keys BLOB, sum INTEGER NOT NULL) STRICT;
   CREATE INDEX blocks_unknown ON blocks (last) WHERE keys IS NULL;
   CREATE INDEX messages_said ON messages (author, room, seq) WHERE room NOT NULL;
   CREATE TABLE parts (id INTEGER NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (id, part)) STRICT;
   ALTER TABLE snapshots ADD COLUMN parts INTEGER;`,
  // 4: a search compares a final sigma as any other. The signatures, which would hide texts with one, are made anew in the
  // background; until then a search reads all texts.
  'UPDATE blocks SET keys = NULL, sum = 0;',
  // 5: inputs may have the rules of format 3. A program from before would go on from a snapshot of them unnoticed.
  '',
  // 6: inputs may have the rules of format 4. Messages have their mentions and whether their author had an account;
  // none of the older ones does. Indexes for counts of unread messages, and each member's direct conversations.
  `ALTER TABLE messages ADD COLUMN account INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN mentions TEXT;
   CREATE TABLE mentions (member TEXT NOT NULL, room TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (member, room, seq)) STRICT, WITHOUT ROWID;
   DROP INDEX messages_room;
   CREATE INDEX messages_room ON messages (room, seq, author) WHERE room NOT NULL;
   CREATE INDEX messages_pair ON messages (author, peer, seq) WHERE peer NOT NULL;
   CREATE INDEX texts_erased ON texts (seq) WHERE text IS NULL;
   CREATE TABLE correspondence (member TEXT NOT NULL, other TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (member, other)) STRICT, WITHOUT ROWID;
   CREATE INDEX correspondence_latest ON correspondence (member, seq);
   CREATE INDEX correspondence_seq ON correspondence (seq);
   INSERT INTO correspondence SELECT member, other, max(seq) FROM
     (SELECT author AS member, peer AS other, seq FROM messages WHERE peer NOT NULL AND seq > (SELECT forgotten FROM meta)
      UNION ALL SELECT peer, author, seq FROM messages WHERE peer NOT NULL AND seq > (SELECT forgotten FROM meta))
     WHERE member <> other GROUP BY member, other;`,
  // 7: the latest commits may be in a log of their own (src/journal/sqlite/log). A program from before would go on without
  // them.
  '',
  // 8: many inputs are one row, with their texts.
  inputsIntoChunks,
  // 9: no index by time, and none by author and room: each cost every message more than the message itself. Instead, the
  // times of messages that follow one another are one row.
  `CREATE TABLE times (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, messages INTEGER NOT NULL, earliest INTEGER NOT NULL, latest INTEGER NOT NULL) STRICT;
   CREATE INDEX times_earliest ON times (earliest);
   INSERT INTO times SELECT min(seq), max(seq), count(*), min(at), max(at) FROM
     (SELECT seq, at, (row_number() OVER (ORDER BY seq) - 1) / 64 AS part FROM messages) GROUP BY part;
   DROP INDEX messages_at;
   DROP INDEX messages_said;`,
  // 10: inputs may have the rules of format 8, with which messages change. `life`: fields that few of them have, as
  // JSON; `text_at`: the input with the text of an edited one.
  `ALTER TABLE messages ADD COLUMN text_at INTEGER;
   ALTER TABLE messages ADD COLUMN life TEXT;
   CREATE INDEX messages_edited ON messages (text_at) WHERE text_at NOT NULL;`,
  // 11: inputs may have the rules of format 9. The places of the pieces of live messages.
  `CREATE TABLE pieces (message INTEGER NOT NULL, start INTEGER NOT NULL, seq INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (message, start)) STRICT, WITHOUT ROWID;`,
]

/** The version that this program writes. */
export const SCHEMA = MIGRATIONS.length

/** Creates the tables, or migrates them. Throws DataError for a foreign or newer file, and leaves it as it is. */
export function migrate(db: Database, what: string, epoch: string, origin: string): void {
  const version = pragma(db, 'user_version')
  const application = pragma(db, 'application_id')
  if (application === 0 && version === 0 && pragma(db, 'schema_version') === 0) {
    return transaction(db, () => {
      db.exec(`PRAGMA application_id = ${APPLICATION}`)
      for (const sql of latestTables()) db.exec(sql)
      db.exec(`INSERT INTO projected VALUES (0, 0, 0); PRAGMA user_version = ${SCHEMA}`)
      addMeta(db, { epoch, origin, base: 0, base_sum: 0, last: 0, last_sum: 0, forgotten: 0, marks: 0 })
    })
  }
  if (application !== APPLICATION) {
    throw new DataError(`${what} is not a journal of rxchat. Choose another directory with --data.`)
  }
  if (version > SCHEMA) {
    throw new DataError(
      `${what} was written by a newer rxchat (format ${version}, this one reads up to ${SCHEMA}). Update rxchat, or choose another directory with --data.`,
    )
  }
  if (version < 1) throw damage()
  if (version < SCHEMA) transaction(db, () => apply(db, version))
}

/** For readers: throws DataError unless the file has this program's current version. */
export function requireCurrent(db: Database, what: string): void {
  if (pragma(db, 'application_id') !== APPLICATION) {
    throw new DataError(`${what} is no journal of rxchat. Give the directory that the server keeps its data in.`)
  }
  const version = pragma(db, 'user_version')
  if (version === SCHEMA) return
  const remedy = version > SCHEMA ? 'Update rxchat.' : 'Start the server on it once, which brings it up to date.'
  throw new DataError(`${what} has format ${version}, and this rxchat reads format ${SCHEMA}. ${remedy}`)
}

/** The tables that the migrations lead to, as SQL. A new file has none of those that they create and drop again. */
function latestTables(): readonly string[] {
  const { DatabaseSync } = loadSqlite()
  const db = new DatabaseSync(':memory:')
  try {
    apply(db, 0)
    const rows = db.prepare('SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY type DESC, rowid').all()
    return rows.map(({ sql }) => String(sql))
  } finally {
    db.close()
  }
}

function apply(db: Database, from: number): void {
  for (const migration of MIGRATIONS.slice(from)) {
    if (typeof migration === 'string') db.exec(migration)
    else migration(db)
  }
  db.exec(`PRAGMA user_version = ${SCHEMA}`)
}

/** The value of a numeric pragma. */
function pragma(db: Database, name: 'user_version' | 'schema_version' | 'application_id'): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}

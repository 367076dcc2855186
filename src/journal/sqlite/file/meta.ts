/** The one row that identifies the journal and has its start and its end, so that missing rows are noticed. */
import { sumOf } from './checksum.ts'
import { type Database, damage, type Statement } from './sqlite.ts'

export type Meta = {
  readonly epoch: string
  readonly origin: string
  /** The last forgotten input, and the checksum of all inputs up to it. */
  readonly base: number
  readonly base_sum: number
  /** The latest input, and the checksum of all inputs up to it. */
  readonly last: number
  readonly last_sum: number
  /** The last input whose text was forgotten. */
  readonly forgotten: number
  /** The checksum of all marks of quarantine. */
  readonly marks: number
}

/** Throws SQLite's errors, and damage. */
export function readMeta(db: Database): Meta {
  const row = statements(db).read.get() as (Meta & { readonly sum: number }) | undefined
  if (!row || row.sum !== sumOfMeta(row)) throw damage()
  return row
}

/** Within a transaction. */
export function changeMeta(db: Database, change: Partial<Meta>): void {
  const meta = { ...readMeta(db), ...change }
  statements(db).change.run(...fields(meta), sumOfMeta(meta))
}

export function addMeta(db: Database, meta: Meta): void {
  db.prepare('INSERT INTO meta VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...fields(meta), sumOfMeta(meta))
}

/** Prepared once, because every commit changes the row. */
function statements(db: Database): Statements {
  const known = prepared.get(db)
  if (known) return known
  const columns = 'epoch, origin, base, base_sum, last, last_sum, forgotten, marks, sum'
  const made = {
    read: db.prepare('SELECT * FROM meta'),
    change: db.prepare(`UPDATE meta SET (${columns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  }
  prepared.set(db, made)
  return made
}

type Statements = { readonly read: Statement; readonly change: Statement }
const prepared = new WeakMap<Database, Statements>()

const fields = ({ epoch, origin, base, base_sum, last, last_sum, forgotten, marks }: Meta) =>
  [epoch, origin, base, base_sum, last, last_sum, forgotten, marks] as const

const sumOfMeta = (meta: Meta): number => sumOf(...fields(meta))

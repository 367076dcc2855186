/** What `rxchat-server` does instead of hosting when its first word says so: the table from which help is derived. */
import { nearest } from '../nearest.ts'
import type { Run } from './tools/run.ts'

export type Subcommand = {
  readonly usage: string
  readonly help: string
  /** Loaded when it is asked for: a server that starts has no use for it. */
  readonly load: () => Promise<Run>
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  replay: {
    usage: 'JOURNAL',
    help: 'fold a journal once more, and show what it leads to',
    load: async () => (await import('./tools/replay.ts')).replay,
  },
  reindex: {
    usage: '[--data DIR]',
    help: 'make history and search anew from the journal',
    load: async () => (await import('./tools/reindex.ts')).reindex,
  },
  export: {
    usage: 'JOURNAL',
    help: 'print a journal as lines of JSON',
    load: async () => (await import('./tools/export.ts')).exportJournal,
  },
}

export const subcommand = (word: string | undefined): Subcommand | undefined =>
  word !== undefined && Object.hasOwn(SUBCOMMANDS, word) ? SUBCOMMANDS[word] : undefined

/** The name that was probably meant by `word`. */
export const nearestSubcommand = (word: string): string | undefined => nearest(word, Object.keys(SUBCOMMANDS))

/** The table as help shows it. */
export function subcommandLines(): string {
  const rows = Object.entries(SUBCOMMANDS).map(([name, { usage, help }]) => ({ call: `${name} ${usage}`, help }))
  const width = Math.max(...rows.map(({ call }) => call.length))
  return rows.map(({ call, help }) => `  ${call.padEnd(width)}  ${help}`).join('\n')
}

/** The tools that `rxchat-server` runs instead of hosting, by its first word. Their help is in ../cli/tools.ts. */
import type { Run } from './tools/run.ts'

export type Subcommand = {
  /** Loaded on demand: a server doesn't need it. */
  readonly load: () => Promise<Run>
}

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  replay: { load: async () => (await import('./tools/replay.ts')).replay },
  rehearse: { load: async () => (await import('./tools/rehearse.ts')).rehearse },
  reindex: { load: async () => (await import('./tools/reindex.ts')).reindex },
  completion: { load: async () => (await import('./tools/completion.ts')).completion },
  export: { load: async () => (await import('./tools/export.ts')).exportJournal },
}

export const subcommand = (word: string | undefined): Subcommand | undefined =>
  word !== undefined && Object.hasOwn(SUBCOMMANDS, word) ? SUBCOMMANDS[word] : undefined

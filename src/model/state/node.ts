/** A server that takes part in a journal. Its name is the origin of its inputs. */
export type Node = {
  /** Names this start of it: the first part of the ids of its inputs. */
  readonly run: string
  /** The input with which it started. */
  readonly since: number
  /** Its last report of its clock (`offset` of an input); null: none. */
  readonly offset: number | null
  /** Public address of the server: `HOST:PORT`. Absent: it did not say. */
  readonly address?: string
  /** The latest rules that its program reads (src/model/format.ts). Absent: it started under format 5. */
  readonly reads?: number
}

/** Whether an input is of this run. */
export const isOf = ({ id }: { readonly id: string }, run: string): boolean =>
  id.startsWith(run) && runLength(id) === run.length

/** The run that an input is of. */
export const runOf = ({ id }: { readonly id: string }): string => id.slice(0, runLength(id))

const runLength = (id: string): number => Math.max(0, id.lastIndexOf('.'))

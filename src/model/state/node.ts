/** A server that takes part in a journal. Its name is the origin of its inputs. */
export type Node = {
  /** Names this start of it: the first part of the ids of its inputs. */
  readonly run: string
  /** The input with which it started. */
  readonly since: number
}

/** The run that an input is of. */
export const runOf = ({ id }: { readonly id: string }): string => id.slice(0, runLength(id))

/** The length of the run in the id of an input. */
export const runLength = (id: string): number => Math.max(0, id.lastIndexOf('.'))

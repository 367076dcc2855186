/**
 * The bytes of all files and of each uploader's, and the files of each message. Counted once for each state of the
 * files.
 */
import type { StoredFile } from '../../model/state/files.ts'
import type { State } from '../../model/state.ts'

/** `bytes`: on the disk, those of uploads that wait among them. `waiting`: the uploads that no message names yet. */
export type Usage = { readonly bytes: number; readonly count: number; readonly waiting: number }

type Index = {
  readonly total: Usage
  readonly by: ReadonlyMap<string, Usage>
  readonly named: ReadonlyMap<number, readonly StoredFile[]>
}

const NOTHING: Usage = { bytes: 0, count: 0, waiting: 0 }
const NONE: readonly StoredFile[] = []

export const usage = ({ files }: State): Usage => indexOf(files).total

export const usageBy = ({ files }: State, by: string): Usage => indexOf(files).by.get(by) ?? NOTHING

/** In the order of the state. */
export const filesOf = ({ files }: State, message: number): readonly StoredFile[] =>
  files.isEmpty() ? NONE : (indexOf(files).named.get(message) ?? NONE)

/** A purge asks for the files of each of its messages, and most have none. */
const indexes = new WeakMap<State['files'], Index>()

function indexOf(files: State['files']): Index {
  const known = indexes.get(files)
  if (known) return known
  let total = NOTHING
  const by = new Map<string, Usage>()
  const named = new Map<number, StoredFile[]>()
  for (const file of files.values()) {
    total = withFile(total, file)
    by.set(file.by, withFile(by.get(file.by) ?? NOTHING, file))
    if (typeof file.message !== 'number') continue
    const others = named.get(file.message)
    if (others) others.push(file)
    else named.set(file.message, [file])
  }
  const index = { total, by, named }
  indexes.set(files, index)
  return index
}

const withFile = ({ bytes, count, waiting }: Usage, { size, thumb, message }: StoredFile): Usage => ({
  bytes: bytes + size + (thumb?.size ?? 0),
  count: count + 1,
  waiting: waiting + (message === null ? 1 : 0),
})

/** Files that the server keeps. Their names are in the texts of their messages, and their bytes in a store of their own. */
import type { MemberId } from '../ids.ts'
import type { Dimensions, FileKind } from '../message/file.ts'

/** A stored file: at `hash`, with as many bytes as `size`. */
export type Stored = { readonly hash: string; readonly size: number } & Partial<Dimensions>

/** An upload, as it came. `file`: its id, which nobody can guess. */
export type Upload = {
  readonly file: string
  readonly kind: FileKind
  /** A small picture of it, made by the client. */
  readonly thumb?: Stored
} & Stored

export type StoredFile = Upload & {
  /** The member or token that uploaded it. */
  readonly by: MemberId
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The `seq` of the input that names it; null: none has yet. `account`: it's the picture of its uploader. */
  readonly message: number | 'account' | null
}

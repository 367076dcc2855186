/** The files that are to go with the next message of a place. */
import type { UploadedFile } from '../../../client/chat/conversation/timeline.ts'

export type Upload = {
  readonly id: number
  readonly file: File
  readonly is:
    | { readonly state: 'sending'; readonly part: number }
    | { readonly state: 'done'; readonly sent: UploadedFile }
    | { readonly state: 'failed'; readonly why: string }
}

export type Uploads = {
  readonly all: readonly Upload[]
  /** The uploaded files; null: some are not there yet. */
  readonly sent: readonly UploadedFile[] | null
  readonly add: (files: Iterable<File>) => void
  readonly remove: (id: number) => void
  readonly retry: (id: number) => void
  /** They went with a message. */
  readonly clear: () => void
}

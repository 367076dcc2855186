/** A file of a message. */

/** Told from the bytes, never from the name. Whatever isn't one of these pictures is `application/octet-stream`. */
export const PICTURE_KINDS = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/heic'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]
export type FileKind = PictureKind | 'application/octet-stream'

/** In pixels, as it's shown. */
export type Dimensions = { readonly width: number; readonly height: number }

/** A file as inputs and events name it. Its name is part of the text. */
export type FileRef = {
  /** Random, so that only those who get the message have the link. */
  readonly id: string
  readonly kind: FileKind
  /** In bytes. */
  readonly size: number
  /** The server has a small picture of it, of these dimensions. */
  readonly thumb?: Dimensions
} & Partial<Dimensions>

/** The same with its name. */
export type MessageFile = FileRef & { readonly name: string }

/** Where a server has it. The name is for people: the server reads only the id. */
export const fileUrl = ({ id, name }: Pick<MessageFile, 'id' | 'name'>): string =>
  `/files/${id}/${name === THUMB ? 'file' : encodeURIComponent(name)}`

/** Stands for the small picture where a name would stand. */
export const THUMB = 'thumb'

export const thumbUrl = ({ id }: Pick<MessageFile, 'id'>): string => `/files/${id}/${THUMB}`

/** A file of a message. */

/** Read from the bytes, never from the name. A file that isn't one of these pictures is `application/octet-stream`. */
export const PICTURE_KINDS = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/heic'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]
export type FileKind = PictureKind | 'application/octet-stream'

/** In pixels, as it's shown. */
export type Dimensions = { readonly width: number; readonly height: number }

/** A file as inputs and events name it. Its name is part of the text. */
export type FileRef = {
  /** Random, so that only the recipients of the message have the link. */
  readonly id: string
  readonly kind: FileKind
  /** In bytes. */
  readonly size: number
  /** The server has a small picture of it, of these dimensions. */
  readonly thumb?: Dimensions
} & Partial<Dimensions>

/** The same with its name. */
export type MessageFile = FileRef & { readonly name: string }

/** Path of the file on a server. The name is for people: the server reads only the id. */
export const fileUrl = ({ id, name }: Pick<MessageFile, 'id' | 'name'>): string =>
  `/files/${id}/${name === THUMB ? 'file' : encodeURIComponent(name)}`

/** Stands in the place of the name for the small picture. */
export const THUMB = 'thumb'

export const thumbUrl = ({ id }: Pick<MessageFile, 'id'>): string => `/files/${id}/${THUMB}`

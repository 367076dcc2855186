/** The kinds of files. The server tells a kind from the bytes, and what is no picture that it knows has the last one. */
export const PICTURE_KINDS = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/heic'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]
export type MediaKind = PictureKind | 'application/octet-stream'

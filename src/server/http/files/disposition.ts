/** The headers of a stored file. No file can run in a page, and only pages of this server show it. */
import type { FileKind } from '../../../model/message/file.ts'

/** Pictures that browsers draw. HEIC is drawn by few. */
const DRAWN: readonly FileKind[] = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']

export function fileHeaders(kind: FileKind, name: string, etag: string): Readonly<Record<string, string>> {
  const isDrawn = DRAWN.includes(kind)
  return {
    'Content-Type': kind,
    'Content-Disposition': `${isDrawn ? 'inline' : 'attachment'}; ${parameters(name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Each time it's asked whether the file is still there: it may have been deleted.
    'Cache-Control': 'private, no-cache',
    ETag: etag,
  }
}

/** RFC 6266, 4.3: in ASCII for old clients, and exactly (RFC 8187). */
function parameters(name: string): string {
  const plain = name.replace(/[^\w.,+()[\]{}!#$&^~@=' -]/g, '_')
  return plain === name ? `filename="${plain}"` : `filename="${plain}"; filename*=UTF-8''${encoded(name)}`
}

/** RFC 8187, 3.2.1: encodeURIComponent leaves four characters that a value may not have. */
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

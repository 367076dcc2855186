/**
 * The bytes of a body as text. They are UTF-8, unless the charset of their type says otherwise. Bytes that aren't valid
 * in it are refused, never repaired. A byte order mark at the start is dropped.
 */

export type Undecoded = { readonly code: 'not-utf8' | 'request'; readonly detail: string; readonly status: 400 | 415 }

/** `type`: a Content-Type. */
export function decoded(bytes: Buffer, type: string): string | Undecoded {
  const decoder = decoderOf(charsetOf(type))
  if (decoder === null) {
    return { code: 'request', detail: 'the charset of the body is not supported; send UTF-8', status: 415 }
  }
  try {
    return decoder.decode(bytes)
  } catch {
    if (decoder.encoding === 'utf-8') return { code: 'not-utf8', detail: '', status: 400 }
    return { code: 'request', detail: `the body is not valid in its charset, ${decoder.encoding}`, status: 400 }
  }
}

const charsetOf = (type: string): string =>
  type
    .split(';')
    .map(one => /^\s*charset\s*=\s*["']?([^"'\s]+)["']?\s*$/i.exec(one)?.[1])
    .find(Boolean) ?? 'utf-8'

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset, { fatal: true })
  } catch {
    return null
  }
}

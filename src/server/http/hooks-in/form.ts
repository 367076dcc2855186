/** Forms in which senders wrap their JSON: `payload` of Slack and GitHub, and `payload_json` of Discord beside its files. */
import { decoded } from '../decoding.ts'

/** `payload`: JSON. `content`: a text, as Discord takes it without JSON. */
export type HookForm = { readonly payload?: string; readonly content?: string; readonly username?: string }

/** Reads a form only if it begins with one of its fields: any other body is the text that `curl -d` sends. */
export function formFields(body: string): HookForm {
  if (!/^(payload|content|username)=/.test(body)) return {}
  const fields = new Map(body.split('&', PARTS_MAX).map(fieldOf))
  return fieldsIn(name => fields.get(name))
}

function fieldOf(field: string): readonly [string, string] {
  const at = field.indexOf('=')
  try {
    return [field.slice(0, at), decodeURIComponent(field.slice(at + 1).replaceAll('+', ' '))]
  } catch {
    return ['', '']
  }
}

/** RFC 7578. Parts that are files are skipped. */
export function multipartFields(bytes: Buffer, type: string): HookForm {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(type) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) return {}
  const parts = new Map<string, string>()
  for (const part of bytes.toString('latin1').split(`--${boundary}`, PARTS_MAX)) {
    const end = part.indexOf('\r\n\r\n')
    const head = part.slice(0, Math.max(0, end))
    const name = /\bname="?([\w-]{1,40})"?/.exec(head)?.[1]
    if (name !== undefined && !/\bfilename\*?=/.test(head)) {
      const own = /^content-type: *(.*)$/im.exec(head)?.[1] ?? ''
      const text = decoded(Buffer.from(part.slice(end + 4).replace(/\r\n$/, ''), 'latin1'), own)
      parts.set(name, typeof text === 'string' ? text : '')
    }
  }
  return fieldsIn(name => parts.get(name))
}

const PARTS_MAX = 32

function fieldsIn(of: (name: string) => string | undefined): HookForm {
  const [payload, content, username] = [of('payload_json') ?? of('payload'), of('content'), of('username')]
  return {
    ...(payload !== undefined && { payload }),
    ...(content !== undefined && { content }),
    ...(username !== undefined && { username }),
  }
}

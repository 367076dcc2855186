/**
 * Servers and the certificates by which they are known: one a line, `host:port SHA256:…`. As with ssh, what a server
 * shows the first time is taken and remembered, and anything else later is refused, loudly.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Fingerprint, readFingerprint } from '../../transport/tls/fingerprint.ts'
import type { Judge } from '../../transport/tls/judge.ts'

/** In the state directory of the XDG base directory specification, 0.8. */
export const knownServersFile = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'rxchat', 'known_servers')

/** `server` as `host:port`. `tell` is told what a person should know of. */
export const knownServer =
  (server: string, file: string, tell: (text: string) => void): Judge =>
  (shown, authorized) => {
    if (authorized) return null
    const read = contents(file)
    if (read instanceof Error) return unreadable(server, file, read)
    const known = pinsOf(server, read)
    if (known.some(pin => pin.fingerprint === shown)) return null
    const [pin] = known
    if (pin) return changed(server, file, pin, shown)
    const trouble = remember(server, file, shown)
    tell(
      trouble === null
        ? `met ${server} for the first time. Its certificate is remembered: ${shown}. Is it the one that the server prints?`
        : `met ${server}, whose certificate ${shown} cannot be remembered: ${trouble}. Give --fingerprint instead.`,
    )
    return null
  }

const changed = (server: string, file: string, { fingerprint, line }: Pin, shown: Fingerprint): string =>
  `REFUSED: THE CERTIFICATE OF ${server} HAS CHANGED.
  known   ${fingerprint}
  shown   ${shown}
Nothing was said to it: somebody may be between you and the server. Or its host has made a new certificate: ask which
fingerprint the server prints. If it is the one shown, take line ${line} out of ${file}.`

const unreadable = (server: string, file: string, { message }: Error): string =>
  `REFUSED: whether ${server} is who it was cannot be known, since ${file} cannot be read (${message}). Give --fingerprint.`

type Pin = { readonly fingerprint: Fingerprint; readonly line: number }

function pinsOf(server: string, lines: string): readonly Pin[] {
  return lines.split('\n').flatMap((text, at) => {
    const [of, written = ''] = text.trim().split(/\s+/)
    const fingerprint = of === server ? readFingerprint(written) : null
    return fingerprint === null ? [] : [{ fingerprint, line: at + 1 }]
  })
}

function contents(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? '' : new Error(message)
  }
}

/** Null, or why it could not be done. One write, so that two programs at once leave two lines. */
function remember(server: string, file: string, shown: Fingerprint): string | null {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    appendFileSync(file, `${server} ${shown}\n`, { mode: 0o600 })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

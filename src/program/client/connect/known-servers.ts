/**
 * Known servers, one a line: `host:port SHA256:…` or `host:port vouched`. As with ssh, a self-signed certificate is
 * accepted and remembered the first time, and a different one later is refused, loudly. A server that once had a
 * certificate from an authority is never accepted without one again.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { withoutBom } from '../../../model/text.ts'
import { type Fingerprint, readFingerprint } from '../../../transport/tls/fingerprint.ts'
import { type Fault, faultOf, type Judge, type ShownCertificate } from '../../../transport/tls/judge.ts'
import { inState } from '../../config/home.ts'

/** Null: there is no home directory, so no server is known. */
export const knownServersFile = (env: NodeJS.ProcessEnv): string | null => inState(env, 'known_servers')

const VOUCHED = 'vouched'

/**
 * At the first connection, a certificate with one of these faults may be self-signed. Any other fault means a wrong
 * one.
 */
const OWN: ReadonlySet<Fault['kind']> = new Set(['unvouched', 'incomplete'])

/** A server that shows a self-signed certificate for the first time. `remember` returns null, or why it failed. */
export type Meeting = {
  readonly server: string
  readonly fingerprint: Fingerprint
  readonly fault: Fault
  readonly remember: () => string | null
}

/**
 * `server` as `host:port`. `tell` gets messages for the user. With `ask`, an unknown server is refused and passed to
 * `ask`, so that the user decides first.
 */
export const knownServer =
  (server: string, file: string | null, tell: (text: string) => void, ask?: (meeting: Meeting) => void): Judge =>
  shown => {
    const read = file === null ? '' : contents(file)
    if (read instanceof Error) return shown.fault === null ? null : unreadable(server, file ?? '', read)
    const known = knownOf(server, read)
    const { fingerprint, fault } = shown
    if (fault === null) {
      if (!known.some(isVouched)) remember(server, file, VOUCHED)
      return null
    }
    // A fingerprint remembered before an authority vouched doesn't count any more.
    const pins = known.slice(known.findLastIndex(isVouched) + 1).filter(isPin)
    if (pins.some(pin => pin.fingerprint === fingerprint)) return null
    const vouched = known.find(isVouched)
    if (vouched) return unvouched(server, file ?? '', vouched, fingerprint, fault)
    const [pin] = pins
    if (pin) return changed(server, file ?? '', pin, { fingerprint, fault })
    if (!OWN.has(fault.kind)) return wrong(server, fingerprint, fault)
    if (!ask) return meet(server, file, fingerprint, fault, tell)
    ask({ server, fingerprint, fault, remember: () => remember(server, file, fingerprint) })
    return notTaken(server)
  }

/** The message when the user hasn't accepted a server. */
export const notTaken = (server: string): string =>
  `The certificate of ${server} is unknown and was not accepted. Nothing was sent to the server.`

/** Null: the client may connect. */
function meet(
  server: string,
  file: string | null,
  shown: Fingerprint,
  fault: Fault,
  tell: (text: string) => void,
): null {
  const trouble = remember(server, file, shown)
  const what = fault.kind === 'unvouched' ? '' : ` It ${fault.says}.`
  tell(
    trouble === null
      ? `this is the first connection to ${server}. Its certificate is now remembered: ${shown}.${what} Compare it with the one that the server prints.`
      : `the certificate ${shown} of ${server} cannot be remembered: ${trouble}.${what} Give --fingerprint instead.`,
  )
  return null
}

const changed = (
  server: string,
  file: string,
  { fingerprint, line }: Pin,
  shown: ShownCertificate & { readonly fault: Fault },
): string =>
  `REFUSED: THE CERTIFICATE OF ${server} HAS CHANGED.
  known   ${fingerprint}
  shown   ${shown.fingerprint}
${shown.fault.kind === 'unvouched' ? '' : `The certificate shown ${shown.fault.says}.\n`}Nothing was sent: somebody may be between you and the server. Or its host made a new certificate: ask which fingerprint
the server prints. If it is the one shown, remove line ${line} from ${file}.`

const unvouched = (server: string, file: string, { line }: KnownServer, shown: Fingerprint, { says }: Fault): string =>
  `REFUSED: NO AUTHORITY VOUCHES FOR ${server} ANY MORE. It shows a certificate that ${says}.
  shown   ${shown}
Nothing was sent: somebody may be between you and the server. If its host confirms this certificate, remove line
${line} from ${file}, or give the fingerprint with --fingerprint.`

const wrong = (server: string, shown: Fingerprint, fault: Fault): string =>
  `REFUSED: ${faultOf(server, fault)}
  shown   ${shown}
Nothing was sent. If its host confirms this certificate, give its fingerprint with --fingerprint.`

const unreadable = (server: string, file: string, { message }: Error): string =>
  `REFUSED: the certificate of ${server} cannot be checked, because ${file} cannot be read (${message}). Give --fingerprint.`

/** `fingerprint` null: an authority vouched for it. */
type KnownServer = { readonly fingerprint: Fingerprint | null; readonly line: number }
type Pin = KnownServer & { readonly fingerprint: Fingerprint }

const isPin = (known: KnownServer): known is Pin => known.fingerprint !== null
const isVouched = (known: KnownServer): boolean => known.fingerprint === null

function knownOf(server: string, lines: string): readonly KnownServer[] {
  return lines.split('\n').flatMap((text, at): readonly KnownServer[] => {
    const [of, written = ''] = text.trim().split(/\s+/)
    if (of !== server) return []
    if (written === VOUCHED) return [{ fingerprint: null, line: at + 1 }]
    const fingerprint = readFingerprint(written)
    return fingerprint === null ? [] : [{ fingerprint, line: at + 1 }]
  })
}

function contents(file: string): string | Error {
  try {
    return withoutBom(readFileSync(file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? '' : new Error(message)
  }
}

/** Null, or why it failed. One write, so that two programs at once leave two lines. */
function remember(server: string, file: string | null, how: string): string | null {
  if (file === null) return 'there is no home directory'
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    appendFileSync(file, `${server} ${how}\n`, { mode: 0o600 })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

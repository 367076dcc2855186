/**
 * Passkeys (WebAuthn). Browsers allow them on secure pages under a domain name or localhost. Their library is loaded
 * when one is used, so that the page itself stays small.
 */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

const NEEDS = 'Passkeys need https and a domain name.'

/** The reason why there are no passkeys here; null: there are. */
export function noPasskeys(): string | null {
  if (!window.isSecureContext || isNumber(location.hostname)) return NEEDS
  return 'PublicKeyCredential' in window ? null : 'This browser has no passkeys.'
}

/** An IP address has no passkeys, with any certificate. */
const isNumber = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[')

/** The answer to the server's challenge: that of one of the user's passkeys. */
export async function prove({ passkey }: { readonly passkey?: object }): Promise<object> {
  if (!passkey) throw new Error('The server asks for a key, and this page has none.')
  const { startAuthentication } = await library()
  const optionsJSON = passkey as PublicKeyCredentialRequestOptionsJSON
  return { passkey: await startAuthentication({ optionsJSON }).catch(inPlainWords) }
}

export async function createPasskey(options: object): Promise<object> {
  const { startRegistration } = await library()
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
  return startRegistration({ optionsJSON }).catch(inPlainWords)
}

const library = () =>
  import('@simplewebauthn/browser').catch(() => {
    throw new Error('The page could not load its passkey library. Are you online? Reload the page, then try again.')
  })

/** Browsers say little on purpose: a cancelled dialog and a missing passkey are the same to a page. */
function inPlainWords(error: unknown): never {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'NotAllowedError' || name === 'AbortError')
    throw new Error(
      `No passkey was used: it was cancelled, took too long, or you made none at ${location.hostname}. A passkey works only at the address where it was made. Try again, or use your password.`,
    )
  if (name === 'InvalidStateError') throw new Error('This device already has a passkey of this account.')
  throw new Error(`The passkey did not work: ${message}`)
}

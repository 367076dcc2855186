/** The settings for access: TLS, the password, and trusted proxies. */

import type { CertificateFiles } from '../../../system/credentials.ts'
import type { Trusts } from '../../../transport/trust.ts'
import { SETTINGS } from '../../cli/server-settings.ts'
import { checkedPassword, readPasswordFile } from '../../config/password.ts'
import { UsageError } from '../../config/usage.ts'
import { readSetting } from '../../config/values.ts'
import { type Configuration, given, pathOf } from './configuration.ts'

export type Guards = {
  /** Null: no TLS. `files` null: the server's own certificate. */
  readonly tls: { readonly files: CertificateFiles } | null
  readonly tlsOnly: boolean
  readonly password: string | null
  /** The file of the password. It's read again on SIGHUP. */
  readonly passwordFile: string | null
  readonly trusts: Trusts
  /** Warnings about settings that work but should be given otherwise. */
  readonly warnings: readonly string[]
}

/** Throws UsageError. */
export function readGuards(configuration: Configuration): Guards {
  const tls = readTls(configuration)
  const tlsOnly = readSetting(SETTINGS['tls-only'], given(configuration, 'tls-only'))
  if (tlsOnly && tls === null) {
    throw new UsageError(
      `${given(configuration, 'tls-only').name} needs TLS. Give --tls, or --tls-cert and --tls-key, too.`,
    )
  }
  return {
    tls,
    tlsOnly,
    password: readPassword(configuration),
    passwordFile: pathOf(configuration, 'password-file'),
    trusts: readSetting(SETTINGS['trust-proxy'], given(configuration, 'trust-proxy')),
    warnings: configuration.flags.has('password')
      ? ['--password is visible in process lists. Use --password-file or RXCHAT_PASSWORD instead.']
      : [],
  }
}

function readTls(configuration: Configuration): Guards['tls'] {
  const [cert, key] = [pathOf(configuration, 'tls-cert'), pathOf(configuration, 'tls-key')]
  if (cert !== null && key !== null) return { files: { cert, key } }
  const [there, missing] = cert === null ? [key, '--tls-cert'] : [cert, '--tls-key']
  if (there !== null) throw new UsageError(`${missing} is missing. Give a certificate together with its key.`)
  return readSetting(SETTINGS.tls, given(configuration, 'tls')) ? { files: null } : null
}

function readPassword(configuration: Configuration): string | null {
  const [password, file] = [given(configuration, 'password'), given(configuration, 'password-file')]
  const path = pathOf(configuration, 'password-file')
  if (path === null) return password.text === '' ? null : checkedPassword(password.text, password.name)
  if (password.text !== '') {
    throw new UsageError(`${password.name} and ${file.name} contradict each other. Give one of them.`)
  }
  return readPasswordFile(path, file.name)
}

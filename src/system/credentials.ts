/** The server's certificate: self-signed, made once and kept with its data, or given by the host. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DataError } from '../journal/data-error.ts'
import { withoutBom } from '../model/text.ts'
import { type Credentials, makeCertificate } from '../transport/tls/certificate.ts'
import { type TlsHandler, tlsHandler } from '../transport/tls/handler.ts'

/** PEM files; null: self-signed. */
export type CertificateFiles = { readonly cert: string; readonly key: string } | null

/** `data` is the directory; null: the certificate is lost when the server stops. Throws DataError. */
export function openTls(given: CertificateFiles, data: string | null): TlsHandler {
  if (given !== null) return opened(readCredentials(given), given)
  if (data === null) return tlsHandler(own())
  const kept = { cert: join(data, 'tls-cert.pem'), key: join(data, 'tls-key.pem') }
  // The certificate file is written last. While it's missing, nobody has seen the certificate.
  if (!existsSync(kept.cert)) keep(own(), kept, data)
  return opened(readCredentials(kept), kept)
}

/** Reads the files again. Throws DataError; then the old certificate stays. */
export function renewTls(handler: TlsHandler, given: NonNullable<CertificateFiles>): void {
  const credentials = readCredentials(given)
  fitting(given, () => handler.renew(credentials))
}

const opened = (credentials: Credentials, files: NonNullable<CertificateFiles>): TlsHandler =>
  fitting(files, () => tlsHandler(credentials))

const own = (): Credentials =>
  makeCertificate('rxchat', [...new Set([hostname(), 'localhost', '127.0.0.1', '::1'])], Date.now())

/** Each file is written whole or not at all. */
function keep({ cert, key }: Credentials, files: NonNullable<CertificateFiles>, data: string): void {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  for (const [file, content] of [
    [files.key, key],
    [files.cert, cert],
  ] as const) {
    writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  }
  for (const file of [files.key, files.cert]) renameSync(`${file}.new`, file)
}

const readCredentials = (files: NonNullable<CertificateFiles>): Credentials => ({
  cert: contents(files.cert),
  key: contents(files.key),
})

function contents(file: string): string {
  try {
    return withoutBom(readFileSync(file, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = { ENOENT: 'is not there', EACCES: 'cannot be read by this user' }[code ?? ''] ?? message
    throw new DataError(`${file} ${why}. TLS needs a certificate and its key, both in PEM.`)
  }
}

function fitting<T>({ cert, key }: NonNullable<CertificateFiles>, use: () => T): T {
  try {
    return use()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DataError(
      `${cert} and ${key} are not a matching certificate and key in PEM (${why}). Give a certificate and its own key.`,
    )
  }
}

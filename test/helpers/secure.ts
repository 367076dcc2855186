/** TLS sockets and certificates for tests. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { makeCertificate } from '../../src/transport/tls/certificate.ts'
import { Watched } from './program.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const selfSigned = makeCertificate('test', ['localhost', '127.0.0.1'], Date.now())

export type Secure = { readonly socket: TLSSocket; readonly heard: Watched; readonly send: (text: string) => void }

/** Makes a TLS connection; destroyed when the test is over. */
export async function secure(port: number, options: ConnectionOptions = {}): Promise<Secure> {
  const how = { port, host: '127.0.0.1', rejectUnauthorized: false, allowHalfOpen: true, ...options }
  const socket = connect(how)
  const heard = new Watched()
  socket.setEncoding('utf8').on('data', (text: string) => heard.add(text))
  socket.on('error', () => {}).on('close', () => heard.end())
  socket.on('end', () => heard.end())
  onTestFinished(() => void socket.destroy())
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  return { socket, heard, send: text => void socket.write(text) }
}

/** A certificate and its key in files. */
export function filesOf(credentials: { readonly cert: string; readonly key: string }) {
  const folder = temporaryFolder()
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const write = (next: { readonly cert: string; readonly key: string }): void => {
    writeFileSync(files.cert, next.cert)
    writeFileSync(files.key, next.key)
  }
  write(credentials)
  return { ...files, write, flags: ['--tls-cert', files.cert, '--tls-key', files.key] }
}

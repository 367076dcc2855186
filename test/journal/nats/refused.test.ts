/** Brokers that a node can't work with. Time doesn't mend that, so each is refused at once, with a remedy. */
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { LastingError } from '../../../src/journal/data-error.ts'
import { type BrokerAccess, connectToBrokers } from '../../../src/journal/nats/connection/connection.ts'
import { makeCertificate } from '../../../src/transport/tls/certificate.ts'
import { selfSigned } from '../../helpers/secure.ts'

const ABOUT = { server_id: 'Spider-Man', host: '127.0.0.1', max_payload: 1_048_576, proto: 1, headers: true }

/**
 * The beginning of a broker. With `tls_required`, it shows a certificate that no authority has signed. It answers its
 * first clients with `errors`, and the later ones as they wish.
 */
async function broker(
  about: { readonly version: string; readonly tls_required?: true; readonly max_payload?: number },
  ...errors: readonly string[]
): Promise<string> {
  const left = [...errors]
  const talk = (socket: Socket): void => {
    const error = left.shift()
    const answer = (): unknown => (error === undefined ? socket.write('PONG\r\n') : socket.end(`-ERR '${error}'\r\n`))
    socket.on('error', () => {}).on('data', answer)
  }
  const server = createServer(socket => {
    const { port } = server.address() as AddressInfo
    socket.on('error', () => {}).write(`INFO ${JSON.stringify({ ...ABOUT, port, ...about })}\r\n`)
    onTestFinished(() => void socket.destroy())
    talk(about.tls_required ? new TLSSocket(socket, { isServer: true, ...selfSigned }) : socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `nats://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const access = (url: string, tls: BrokerAccess['tls'] = null): BrokerAccess => ({
  ...{ brokers: [url], node: '李', seed: null, creds: null, tls },
})

const OTHER = makeCertificate('another', ['127.0.0.1'], Date.now()).cert

test('[R14] a broker that is too old', async () => {
  const url = await broker({ version: '2.10.27' })
  await expect(connectToBrokers(access(url))).rejects.toThrow(
    /is nats-server 2\.10\.27, and rxchat needs 2\.12 or newer/,
  )
  await expect(connectToBrokers(access(url))).rejects.toThrow(LastingError)
})

test('[R14] a broker that takes smaller messages than a node may write', async () => {
  const url = await broker({ version: '2.12.0', max_payload: 65_536 })
  await expect(connectToBrokers(access(url))).rejects.toThrow(/takes messages of 65536 bytes, .*Leave max_payload out/)
  await expect(connectToBrokers(access(url))).rejects.toThrow(LastingError)
})

test('[R14] a broker whose certificate another authority has signed', async () => {
  const url = await broker({ version: '2.12.0', tls_required: true })
  await expect(connectToBrokers(access(url, { ca: null, cert: null, key: null }))).rejects.toThrow(
    /can't be trusted: .*Give its authority with --nats-ca\./,
  )
  await expect(connectToBrokers(access(url, { ca: OTHER, cert: null, key: null }))).rejects.toThrow(
    /can't be trusted: .*Is --nats-ca the authority that signed its certificate\?/,
  )
})

test('[R14] a broker that does not let the node in', async () => {
  const error = 'Authorization Violation'
  const url = await broker({ version: '2.12.0' }, error, error)
  const refused = connectToBrokers(access(url))
  await expect(refused).rejects.toThrow(/don't let node 李 in: .*Is its nkey among the users/)
  await expect(refused).rejects.toThrow(LastingError)
})

test('[R14] a broker that was only too busy to let it in is asked again', async () => {
  const url = await broker({ version: '2.12.0' }, 'Authentication Timeout')
  const { nats } = await connectToBrokers(access(url))
  await nats.close()
})

/** A native client for the measurement of uploads, and the number and size of its files. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export const FILES = 100
export const FILE_BYTES = 1_000_000

export type Visitor = { readonly socket: Socket; readonly token: string }

export async function enter(port: number, name: string): Promise<Visitor> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true).write(`{"type":"hello","name":"${name}"}\n`)
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  return { socket, token: /"token":"([^"]+)"/.exec(String(bytes))?.[1] ?? '' }
}

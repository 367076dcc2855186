/** Minimal clients on real sockets, one for each protocol. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { Watched } from './program.ts'

export type Wired = {
  readonly socket: Socket
  readonly heard: Watched
  readonly send: (text: string) => void
}

/** A connection to this machine; destroyed when the test is over. */
export async function dial(port: number): Promise<Wired> {
  const socket = connect(port, '127.0.0.1')
  const heard = new Watched()
  socket.setNoDelay(true)
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => heard.add(text))
  socket.on('error', () => {})
  socket.on('close', () => heard.end())
  onTestFinished(() => void socket.destroy())
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return { socket, heard, send: text => void socket.write(text) }
}

/** A native client that is in the lobby. */
export async function dialNative(port: number, name: string, hello: object = {}): Promise<Wired> {
  const wired = await dial(port)
  wired.send(`${JSON.stringify({ type: 'hello', name, ...hello })}\n`)
  await wired.heard.has('"type":"room"')
  return wired
}

/** A line mode client that is in the lobby, as with nc. */
export async function dialLine(port: number, name: string): Promise<Wired> {
  const wired = await dial(port)
  wired.send(`${name}\n`)
  await wired.heard.has('In #lobby')
  return wired
}

/** One of the original's clients that has its user list. */
export async function dialClassic(port: number, name: string): Promise<Wired> {
  const wired = await dial(port)
  wired.send(name)
  await wired.heard.has('&Host')
  return wired
}

/** A port that forwards to another one; `passed` has the bytes that clients have sent through it. */
export async function passThrough(port: number): Promise<{ readonly port: number; readonly passed: Watched }> {
  const passed = new Watched()
  const between = createServer(socket => {
    const beyond = connect(port, '127.0.0.1')
    socket.setEncoding('utf8').on('data', (text: string) => passed.add(text))
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      one.on('error', () => {}).on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  onTestFinished(() => void between.close())
  await new Promise<void>(resolve => void between.listen(0, '127.0.0.1', resolve))
  return { port: (between.address() as AddressInfo).port, passed }
}

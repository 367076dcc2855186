/** Clients that enter and never read: when the server has given one up, another comes in its place. */
import { connect, type Socket } from 'node:net'

export type Deaf = {
  /** How many the server has given up so far. */
  readonly givenUp: () => number
  readonly stop: () => void
}

export function deafClients(port: number, count: number): Deaf {
  const open = new Set<Socket>()
  let came = 0
  let stopped = false

  function enter(): void {
    const socket = connect(port, '127.0.0.1').pause()
    open.add(socket)
    socket.write(`{"type":"hello","name":"deaf${++came}"}\n`)
    socket.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      if (!stopped) enter()
    })
  }

  // A client that does not read hears of no end either; a client that writes does.
  const knocking = setInterval(() => {
    for (const socket of open) socket.write('{"type":"pong"}\n')
  }, KNOCK_MS)
  for (let one = 0; one < count; one++) enter()
  return {
    givenUp: () => came - count,
    stop() {
      stopped = true
      clearInterval(knocking)
      for (const socket of open) socket.destroy()
    },
  }
}

const KNOCK_MS = 100

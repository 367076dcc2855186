/** `rxchat`: flags, the connection, and the way to talk that fits the streams it was given. */
import { type Client, connect } from '../../client/connection.ts'
import { systemClock } from '../../transport/clock.ts'
import { tcpDialer } from '../../transport/dial-tcp.ts'
import { UsageError } from '../usage.ts'
import { readFlags, type Settings } from './flags.ts'
import type { Streams } from './tool.ts'

export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  let settings: Settings | string
  try {
    settings = readFlags(argv, env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`rxchat: ${error.message}\n`)
    return 2
  }
  if (typeof settings === 'string') {
    process.stdout.write(settings)
    return 0
  }
  const { address, name, room, json, follow, exec } = settings
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true && !json && exec === null
  const client = connect(
    { dial: tcpDialer(address.host, address.port), clock: systemClock, random: Math.random },
    { name, room, reconnect: false },
  )
  const streams: Streams = { input: process.stdin, output: process.stdout, errors: process.stderr }
  leaveOnSignals(client)
  if (exec !== null) return (await import('./bot.ts')).runBot(client, exec, room, process.stderr)
  if (interactive) return (await import('./plain.ts')).runPlain(client, room, streams)
  return (await import('./tool.ts')).runTool(client, { room, json, follow }, streams)
}

/** As a shell says it of a program that SIGINT has ended. */
const SIGNALLED = 130

/** The first signal leaves politely; another one does not wait. */
function leaveOnSignals(client: Client): void {
  let asked = false
  const leave = (): void => {
    if (asked || client.status$.value.state !== 'online') process.exit(SIGNALLED)
    asked = true
    client.leave()
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
}

/** `rxchat`: flags, the connection, and the mode that fits its streams. */
import type { Client } from '../../client/session/connection.ts'
import { ERRORS } from '../../model/error.ts'
import type { Dialer } from '../../port/dialer.ts'
import { hostAndPort } from '../../system/address.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { UsageError } from '../config/usage.ts'
import type { StandardStreams } from '../terminal/output.ts'
import { SIGNALLED } from '../terminal/output.ts'
import { askPassword } from './connect/ask-password.ts'
import { dialers } from './connect/dialer.ts'
import { type Visited, wantsPassword } from './connect/visit.ts'
import { type ClientSettings, PATIENCE_MS, readFlags } from './flags.ts'
import { notAcknowledged } from './plain/outage.ts'

export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  let read: ClientSettings | string
  try {
    read = readFlags(argv, env, isTerminal())
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`rxchat: ${error.message}\n`)
    return 2
  }
  if (typeof read === 'string') {
    process.stdout.write(read)
    return 0
  }
  if (read.warning !== null) process.stderr.write(`rxchat: ${read.warning}\n`)
  const settings = await withAddress(read, env)
  return settings === null ? SIGNALLED : visit(settings, env)
}

/** In plain mode, the user is asked for an address that wasn't given. The drawn screen has a form for that. */
async function withAddress(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<ClientSettings | null> {
  if (settings.hasAddress || !isPlain(settings) || isDrawn(settings, env)) return settings
  const { askAddress } = await import('./connect/ask-address.ts')
  const answer = await askAddress(process, env)
  if (answer === null) return null
  const { address, name, room } = answer
  return {
    ...settings,
    address: { ...address, tls: address.tls || settings.address.tls },
    ...(name === null || settings.hasName ? {} : { name, hasName: true }),
    ...(room === null ? {} : { room }),
  }
}

/** Connects once, and again for each further password that the user gives. Resolves with the exit code. */
async function visit(first: ClientSettings, env: NodeJS.ProcessEnv): Promise<number> {
  process.title = `rxchat ${hostAndPort(first.address.host, first.address.port)}`
  let settings = first
  const complain = (text: string): void => void process.stderr.write(`rxchat: ${text}\n`)
  const drawn = isDrawn(settings, env)
  const reach = drawn ? null : await dialers(settings.address.tls, env, complain)
  for (;;) {
    const { exit, needs }: Visited =
      settings.token !== null
        ? await speakByToken(settings, settings.token, env, complain)
        : reach
          ? await converse(settings, reach(settings.address, settings.fingerprint), env, complain)
          : await draw(settings, env)
    if (!needs || !isPlain(settings)) return exit
    const password = await askPassword(process.stdin, process.stdout)
    if (password === null) return exit
    settings = { ...settings, ...needs, password }
  }
}

/** Raw mode, so that keys typed during loading don't show up on the normal screen. */
async function draw(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<Visited> {
  process.stdin.setRawMode(true)
  const { runScreen } = await import('./screen.ts')
  return runScreen(settings, env)
}

async function converse(
  settings: ClientSettings,
  dial: Dialer,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { name, room, password, address } = settings
  const [{ connectOwn }, { ownSession, takenHere }] = await Promise.all([
    import('./connect/own-client.ts'),
    import('./connect/own-session.ts'),
  ])
  const server = hostAndPort(address.host, address.port)
  const own = await ownSession(server, name, env)
  if (own === null) {
    complain(takenHere(server, name))
    return { exit: ERRORS['name-taken'].exit, needs: null }
  }
  // Loaded before there is a connection, so that no message of the server is missed.
  const talk = await wayToTalk(settings)
  const client = connectOwn(own, dial, {
    ...{ name, room, password },
    ...perseverance(settings),
    history: isPlain(settings) ? null : 0,
    catchUp: printsWhatIsSaid(settings),
  })
  const stay = leaveOnSignals(client)
  let entered = false
  client.status$.subscribe(({ state }) => {
    entered ||= state === 'online'
  })
  const exit = await talk(client)
  stay()
  const status = client.status$.value
  own.release(client.remember() === null || !entered)
  return { exit, needs: status.state === 'ended' && wantsPassword(status.end) ? {} : null }
}

/** Any number of processes may use a token at once, and none of them is a member. */
async function speakByToken(
  settings: ClientSettings,
  token: string,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { address, fingerprint, room } = settings
  const [{ connectByToken }, { reachFor }, talk] = await Promise.all([
    import('./token/client.ts'),
    import('./connect/dialer.ts'),
    wayToTalk(settings),
  ])
  const reach = await reachFor(address, fingerprint, env, complain)
  const client = connectByToken(
    {
      ...{ clock: systemClock, random: Math.random, secret: systemEntropy.secret },
      ...{ reach, host: hostAndPort(address.host, address.port) },
    },
    {
      token,
      room,
      listens: settings.search === null && printsWhatIsSaid(settings),
      patience: perseverance(settings).patience,
    },
  )
  const stay = leaveOnSignals(client)
  const exit = await talk(client)
  stay()
  return { exit, needs: null }
}

/** A screen reader reads plain lines better. */
const isDrawn = (settings: ClientSettings, env: NodeJS.ProcessEnv): boolean =>
  isPlain(settings) && !settings.plain && env['INK_SCREEN_READER'] !== 'true' && env['TERM'] !== 'dumb'

/** Resolves with the exit code when the chat is over. */
type Interface = (client: Client) => Promise<number>

/** Flags for tools, not for interactive use. */
type Mode = 'json' | 'exec' | 'since' | 'search' | 'token'

const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

/** Interactive use on a terminal, which shows the latest messages. A tool gets only the history that it asks for. */
const isPlain = ({ json, exec, since, search, token }: Pick<ClientSettings, Mode>): boolean =>
  isTerminal() && !json && token === null && exec === null && since === null && search === null

/**
 * If the first attempt fails, the program ends at once. After a lost connection, an interactive client by default waits
 * for the server without a limit.
 */
const perseverance = ({ patience, ...how }: ClientSettings) => ({
  ...{ reconnect: true, insist: false },
  patience: patience === undefined ? (isPlain(how) ? null : PATIENCE_MS) : patience,
})

const printsWhatIsSaid = (settings: ClientSettings): boolean =>
  isPlain(settings) || settings.json || settings.follow || settings.exec !== null || settings.since !== null

/** Loads only the code it needs: a pipe starts faster than a screen. */
async function wayToTalk(settings: ClientSettings): Promise<Interface> {
  const { room, json, follow, exec, since, search } = settings
  const streams: StandardStreams = { input: process.stdin, output: process.stdout, errors: process.stderr }
  if (search !== null) {
    const { runSearch } = await import('./pipe/search.ts')
    return client => runSearch(client, search, json, streams)
  }
  if (exec !== null) {
    const { runBot } = await import('./pipe/bot.ts')
    return client => runBot(client, exec, { room, since }, process.stderr)
  }
  if (isPlain(settings)) {
    const { runPlain } = await import('./plain/plain.ts')
    return client => runPlain(client, room, streams)
  }
  const { runTool } = await import('./pipe/tool.ts')
  return client => runTool(client, { room, json, follow, since }, streams)
}

/**
 * The first signal leaves politely, until the returned function is called. A second one doesn't wait, and neither does
 * one without a connection.
 */
function leaveOnSignals(client: Client): () => void {
  let asked = false
  let entered = false
  client.status$.subscribe(({ state }) => {
    entered ||= state === 'online'
  })
  const leave = (): void => {
    const left = client.waiting$.value
    const isOnline = client.status$.value.state === 'online'
    if (asked || !entered || (left > 0 && !isOnline)) {
      if (!entered || left === 0) process.exit(SIGNALLED)
      process.stderr.write(`rxchat: ${notAcknowledged(left)}\n`)
      process.exit(6)
    }
    asked = true
    client.leave()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, leave)
  return () => {
    for (const signal of signals) process.off(signal, leave)
  }
}

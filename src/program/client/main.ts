/** `rxchat`: flags, the connection, and the mode that fits its streams. */
import { ERRORS } from '../../model/error.ts'
import type { Dialer } from '../../port/dialer.ts'
import { hostAndPort } from '../../system/address.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { UsageError } from '../config/usage.ts'
import { SIGNALLED } from '../terminal/output.ts'
import { askPassword } from './connect/ask-password.ts'
import { dialers } from './connect/dialer.ts'
import { type Visited, wantsPassword } from './connect/visit.ts'
import { type ClientSettings, readFlags } from './flags.ts'
import { isDrawn, isPlain, isTerminal, perseverance, printsWhatIsSaid, wayToTalk } from './modes.ts'
import { leaveOnSignals } from './signals.ts'

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

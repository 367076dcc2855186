/** `rxchat`: flags, the connection, and the mode that fits its streams. */
import { ERRORS } from '../../model/error.ts'
import { hostAndPort } from '../../system/address.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { rawKeys } from '../../tui/stage/raw-keys.ts'
import { UsageError } from '../config/usage.ts'
import { SIGNALLED } from '../terminal/output.ts'
import type { OwnAccount } from './account/own-account.ts'
import { dialers, type Reached, reachFor } from './connect/dialer.ts'
import { type Visited, wantsAccount, wantsPassword } from './connect/visit.ts'
import { type ClientSettings, readFlags } from './flags.ts'
import { isDrawn, isPlain, isTerminal, perseverance, printsWhatIsSaid, wayToTalk } from './modes.ts'
import { leaveOnSignals } from './signals.ts'
import { sessionOf } from './upload/session-of.ts'

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
  try {
    return settings === null ? SIGNALLED : await visit(settings, env)
  } catch (error) {
    // A file that is to be sent can't be read.
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`rxchat: ${error.message}\n`)
    return 2
  }
}

/** In plain mode, the user is asked for an address that wasn't given. The drawn screen has a form for that. */
async function withAddress(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<ClientSettings | null> {
  if (settings.hasAddress || !isPlain(settings) || isDrawn(settings, env)) return settings
  const { askAddress } = await import('./connect/ask-address.ts')
  const answer = await askAddress(process, env)
  if (answer === null) return null
  const { address, name, room, invite } = answer
  return {
    ...settings,
    address: { ...address, tls: address.tls || settings.address.tls },
    ...(name === null || settings.hasName ? {} : { name, hasName: true }),
    ...(room === null ? {} : { room, hasRoom: true }),
    ...(invite === null ? {} : { invite }),
  }
}

/** Connects once, and again for each further password that the user gives. Resolves with the exit code. */
async function visit(first: ClientSettings, env: NodeJS.ProcessEnv): Promise<number> {
  process.title = `rxchat ${hostAndPort(first.address.host, first.address.port)}`
  const complain = (text: string): void => void process.stderr.write(`rxchat: ${text}\n`)
  const asked = await withNewPassword(first, env)
  if (asked === null) return SIGNALLED
  let settings = asked
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
    const { secret, ...changed } = needs
    const question = secret === 'server' ? 'Password: ' : `Password of ${needs.name ?? settings.name}: `
    const { askPassword } = await import('./connect/ask-password.ts')
    const password = await askPassword({ input: process.stdin, output: process.stdout, question })
    if (password === null) return exit
    const given = secret === 'server' ? { password } : { accountPassword: password, hasTyped: true, register: false }
    settings = { ...settings, ...changed, ...given }
  }
}

/** A person who registers may choose a password. Null: the user has given up. */
async function withNewPassword(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<ClientSettings | null> {
  const { register, accountPassword, hasAddress, name } = settings
  if (!register || accountPassword !== null || !hasAddress || !isPlain(settings)) return settings
  const [{ askNewPassword }, { keysFolder }] = await Promise.all([
    import('./account/ask-new-password.ts'),
    import('./account/own-keys.ts'),
  ])
  const own = await ownAccountAt(
    settings,
    () => '',
    () => {},
    env,
  )
  if (own.keyFor(name) !== null || keysFolder(env) === null) return settings
  const answer = await askNewPassword(process, name)
  return answer && { ...settings, accountPassword: answer.password }
}

async function ownAccountAt(
  { address: { host, port } }: ClientSettings,
  seen: () => string,
  tell: (text: string) => void,
  env: NodeJS.ProcessEnv,
): Promise<OwnAccount> {
  const [{ ownAccount }, { keysFolder }] = await Promise.all([
    import('./account/own-account.ts'),
    import('./account/own-keys.ts'),
  ])
  return ownAccount({ folder: keysFolder(env), address: hostAndPort(host, port), seen, tell })
}

/** Raw mode, so that keys typed during loading don't show up on the normal screen. */
async function draw(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<Visited> {
  await rawKeys(process.stdin)
  const { runScreen } = await import('./screen.ts')
  return runScreen(settings, env)
}

async function converse(
  settings: ClientSettings,
  reached: Reached,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { name, room, password, address } = settings
  const [{ connectOwn }, { NOTHING, ownSession, takenHere }, { entranceFor, NO_KEY }, account] = await Promise.all([
    import('./connect/own-client.ts'),
    import('./connect/own-session.ts'),
    import('./account/entrance.ts'),
    ownAccountAt(settings, reached.seen, complain, env),
  ])
  const server = hostAndPort(address.host, address.port)
  const entrance = entranceFor(settings, account)
  if (entrance === null) {
    complain(NO_KEY)
    return { exit: 2, needs: null }
  }
  const { isGuest, ...way } = entrance
  const own = isGuest ? await ownSession(server, name, env) : NOTHING
  if (own === null) {
    complain(takenHere(server, name))
    return { exit: ERRORS['name-taken'].exit, needs: null }
  }
  // Loaded before there is a connection, so that no message of the server is missed.
  const talk = await wayToTalk(settings, account, async client => ({
    reach: await reachFor(address, settings.fingerprint, env, complain),
    host: server,
    authorization: () => sessionOf(client),
  }))
  const wish = {
    ...{ name, room: isPlain(settings) && !settings.hasRoom ? null : room, password, ...way },
    ...perseverance(settings),
    history: isPlain(settings) ? null : 0,
    catchUp: printsWhatIsSaid(settings),
  }
  const client = connectOwn(own, reached, wish, account.prove)
  account.follow(client)
  const stay = leaveOnSignals(client)
  let entered = false
  client.status$.subscribe(({ state }) => {
    entered ||= state === 'online'
  })
  const exit = await talk(client)
  stay()
  const status = client.status$.value
  own.release(client.remember() === null || !entered)
  if (status.state !== 'ended' || entered) return { exit, needs: null }
  if (way.register?.key !== undefined && status.end.by === 'server') account.settle(name, way.register.key, false)
  const secret = wantsPassword(status.end) ? 'server' : wantsAccount(status.end) ? 'account' : null
  const hint = secret === 'account' ? account.elsewhere(name) : null
  if (hint !== null) complain(hint)
  return { exit, needs: secret && { secret } }
}

/** Any number of processes may use a token at once, and none of them is a member. */
async function speakByToken(
  settings: ClientSettings,
  token: string,
  env: NodeJS.ProcessEnv,
  complain: (text: string) => void,
): Promise<Visited> {
  const { address, fingerprint, room } = settings
  const [{ connectByToken }, talk] = await Promise.all([
    import('./token/client.ts'),
    wayToTalk(settings, null, async () => ({ reach, host, authorization: () => `Bearer ${token}` })),
  ])
  const reach = await reachFor(address, fingerprint, env, complain)
  const host = hostAndPort(address.host, address.port)
  const client = connectByToken(
    {
      ...{ clock: systemClock, random: Math.random, secret: systemEntropy.secret },
      ...{ reach, host },
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

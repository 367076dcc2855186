/** `rxchat`: flags, the connection, and the mode that fits its streams. */
import { hostAndPort } from '../../system/address.ts'
import { rawKeys } from '../../tui/stage/raw-keys.ts'
import { UsageError } from '../config/usage.ts'
import { SIGNALLED } from '../terminal/output.ts'
import { commandNamed } from './commands.ts'
import { dialers } from './connect/dialer.ts'
import type { Visited } from './connect/visit.ts'
import { converse, ownAccountAt, type Purpose, speakByToken } from './converse.ts'
import { type ClientSettings, readFlags } from './flags.ts'
import type { LiveWish } from './live/run-live.ts'
import { isDrawn, isPlain, isTerminal, perseverance, printsWhatIsSaid, wayToTalk } from './modes.ts'

export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const command = commandNamed(argv[0])
  if (command) return (await command())(argv.slice(1), env, process)
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
    if (settings === null) return SIGNALLED
    return settings.live === null ? await visit(settings, env) : await runLive(settings, settings.live, env)
  } catch (error) {
    // A file that is to be sent can't be read.
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`rxchat: ${error.message}\n`)
    return 2
  }
}

/** A program runs even if the chat fails. */
async function runLive(settings: ClientSettings, wish: LiveWish, env: NodeJS.ProcessEnv): Promise<number> {
  const { LiveRun } = await import('./live/run-live.ts')
  const { stdin: input, stdout: output, stderr: errors } = process
  const run = new LiveRun(wish, { input, output, errors }, input.isTTY === true)
  const { room, token } = settings
  return run.exitCode(await visit(settings, env, async () => client => run.talk(client, room, token !== null)))
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

/**
 * Connects once, and again for each further password that the user gives. `load`: instead of the purpose of the flags.
 * Resolves with the exit code.
 */
async function visit(first: ClientSettings, env: NodeJS.ProcessEnv, load?: Purpose['load']): Promise<number> {
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
        ? await speakByToken(settings, settings.token, purposeOf(settings, load), env, complain)
        : reach
          ? await converse(
              settings,
              reach(settings.address, settings.fingerprint),
              purposeOf(settings, load),
              env,
              complain,
            )
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

/** Raw mode, so that keys typed during loading don't show up on the normal screen. */
async function draw(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<Visited> {
  await rawKeys(process.stdin)
  const { runScreen } = await import('./screen.ts')
  return runScreen(settings, env)
}

/** The purpose of the flags. */
function purposeOf(settings: ClientSettings, load?: Purpose['load']): Purpose {
  const { room, hasRoom, search } = settings
  return {
    load: load ?? ((account, uploads) => wayToTalk(settings, account, uploads)),
    wish: {
      room: isPlain(settings) && !hasRoom ? null : room,
      ...perseverance(settings),
      history: isPlain(settings) ? null : 0,
      catchUp: printsWhatIsSaid(settings),
    },
    listens: search === null && printsWhatIsSaid(settings),
    // A handler finishes the messages that it has begun.
    leavesItself: settings.cursor !== null || settings.live !== null,
  }
}

/**
 * `rxchat` on a terminal, drawn: the form that asks where to connect, if no address was given, then the chat. Both are
 * scenes on one stage. When it is over the terminal is as it was, and the last words stand below.
 */
import { type Client, connect } from '../../client/connection.ts'
import { ending } from '../../client/sentences.ts'
import type { Ending } from '../../client/status.ts'
import { createTalk } from '../../client/talk.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { chatScene } from '../../tui/chat/scene.ts'
import { connectScene } from '../../tui/connect/scene.ts'
import type { Scene } from '../../tui/stage/scene.ts'
import { takeTerminal } from '../../tui/stage/take-terminal.tsx'
import { paletteOf } from '../../tui/text/palette.ts'
import { clockFace } from '../clock-face.ts'
import { SIGNALLED } from '../signalled.ts'
import { type Address, DEFAULT_PORT } from './address.ts'
import { dialers } from './dialer.ts'
import type { Settings } from './flags.ts'
import { addressOf, wrongOf, wrongValues } from './form-values.ts'
import { keepLast, readLast } from './last.ts'
import { notAcknowledged } from './outage.ts'
import { isPrompted, type Visited, wantsPassword } from './visited.ts'

type Over = { readonly exit: number; readonly words: string | null; readonly needs?: Visited['needs'] }

/** The client in hand, and whether the server has let it in. */
type Visit = { readonly client: Client; entered: boolean }

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export async function runScreen(settings: Settings, env: NodeJS.ProcessEnv): Promise<Visited> {
  /** What there is to know of servers; it stands below when the screen is gone. */
  const told: string[] = []
  const reach = await dialers(true, env, text => told.push(`rxchat: ${text}`))
  const over = Promise.withResolvers<Over>()
  let visit: Visit | null = null
  let leaving = false

  /** The chat, from the first attempt to connect on. `enter` is called when it is in, `fail` if it never is. */
  function begin(address: Address, name: string, enter: (chat: Scene) => void, fail: (end: Ending) => void): Scene {
    const ports = {
      dial: reach(address, settings.fingerprint),
      clock: systemClock,
      random: Math.random,
      secret: systemEntropy.secret,
    }
    const { room, patience = null, password } = settings
    const client = connect(ports, { name, room, reconnect: true, insist: false, patience, history: null, password })
    const now: Visit = { client, entered: false }
    visit = now
    const talk = createTalk(client, { name, room }, Date.now)
    const bell = (): void => void process.stdout.write('\u{7}')
    const scene = chatScene(talk, { face: clockFace, now: Date.now, bell, leave, retry: client.retry })
    client.status$.subscribe(status => {
      if (status.state === 'online' && !now.entered) {
        now.entered = true
        keepLast({ server: `${address.tls ? 'tls://' : ''}${address.host}`, port: `${address.port}`, name }, env)
        enter(scene)
      }
      if (status.state !== 'ended') return
      const { end } = status
      if (wantsPassword(end)) {
        const needs = { address, name, hasAddress: true, hasName: true }
        return over.resolve({ exit: end.exit, words: isPrompted(end) ? null : ending(end), needs })
      }
      if (now.entered || leaving) over.resolve({ exit: end.exit, words: ending(end) })
      else fail(end)
    })
    return scene
  }

  function form(values = lastValues(), wrong = null as ReturnType<typeof wrongOf>): Scene {
    const scene = connectScene(
      values,
      filled => {
        const found = wrongValues(filled)
        const address = addressOf(filled)
        if (found || !address) return found
        begin(address, filled.name, show, end =>
          scene.tell(wrongOf(end, address) ?? { field: null, text: ending(end) }),
        )
        return null
      },
      () => leave(),
      wrong,
    )
    return scene
  }

  const lastValues = () => {
    const last = readLast(env)
    const name = settings.hasName ? settings.name : (last?.name ?? settings.name)
    return { server: last?.server ?? 'localhost', port: last?.port ?? `${DEFAULT_PORT}`, name }
  }

  /** A name that cannot be had is asked for again; anything else that keeps us out is the end. */
  function first(): Scene {
    if (!settings.hasAddress) return form()
    const { address, name } = settings
    return begin(
      address,
      name,
      () => {},
      end => {
        const wrong = wrongOf(end, address)
        if (wrong?.field !== 'name') return over.resolve({ exit: end.exit, words: ending(end) })
        show(form({ server: `${address.tls ? 'tls://' : ''}${address.host}`, port: `${address.port}`, name }, wrong))
      },
    )
  }

  /** Politely at first; who asks again, or has nobody to be polite to, is out at once. */
  function leave(reason: string | null = null): void {
    const { client, entered } = visit ?? {}
    const isOnline = client?.status$.value.state === 'online'
    const left = client?.waiting$.value ?? 0
    if (client && isOnline && !leaving) {
      leaving = true
      return client.leave(reason)
    }
    client?.close()
    if (!entered) over.resolve({ exit: SIGNALLED, words: null })
    else over.resolve({ exit: left > 0 ? 6 : 0, words: left > 0 ? notAcknowledged(left) : 'Goodbye.' })
  }

  const stage = takeTerminal(first(), paletteOf(env, settings.theme))
  const show = (scene: Scene): void => stage.show(scene)
  const quit = (): void => leave()
  for (const signal of SIGNALS) process.on(signal, quit)
  // The window was closed, and with it all that could be read or written.
  process.stdin.on('end', quit)
  process.stdout.on('error', quit)

  const { exit, words, needs = null } = await Promise.race([over.promise, stage.failed]).finally(stage.giveBack)
  for (const signal of SIGNALS) process.off(signal, quit)
  for (const line of told) process.stderr.write(`${line}\n`)
  if (words !== null) process.stdout.write(`${words}\n`)
  return { exit, needs }
}

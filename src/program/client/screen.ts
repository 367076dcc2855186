/**
 * `rxchat` as a drawn screen: the connect form, if no address was given, then the chat. Both are scenes on one stage.
 * At the end, the terminal is restored, and a last sentence is printed.
 */

import { BehaviorSubject } from 'rxjs'
import { createChatStore } from '../../client/chat/chat-store.ts'
import { ending } from '../../client/chat/sentences.ts'
import type { Client } from '../../client/session/connection.ts'
import type { Ending } from '../../client/session/status.ts'
import { stampSince } from '../../codec/past-lines.ts'
import { PLAIN } from '../../model/proof.ts'
import { type Address, DEFAULT_PORT, hostAndPort, readDestination } from '../../system/address.ts'
import { localDay, localTime } from '../../system/time-of-day.ts'
import type { Reach } from '../../transport/webhook/http-request.ts'
import { chatScene } from '../../tui/chat/scene.ts'
import type { Values } from '../../tui/connect/form.ts'
import { connectScene } from '../../tui/connect/scene.ts'
import { meetingScene } from '../../tui/connect/unknown-certificate.ts'
import { mayDraw, QUESTION, YES } from '../../tui/pictures/kitty.ts'
import { copyText } from '../../tui/stage/modes.ts'
import type { Scene } from '../../tui/stage/scene.ts'
import { takeTerminal } from '../../tui/stage/take-terminal.tsx'
import { paletteOf } from '../../tui/text/palette.ts'
import { clockFace } from '../terminal/clock-face.ts'
import { linkOpener } from '../terminal/open-link.ts'
import { SIGNALLED, SIGNALS } from '../terminal/output.ts'
import { chatAccount } from './account/chat-account.ts'
import { type Entrance, entranceFor, NO_KEY } from './account/entrance.ts'
import { type OwnAccount, ownAccount } from './account/own-account.ts'
import { keysFolder } from './account/own-keys.ts'
import { type Dialers, dialers, reachFor } from './connect/dialer.ts'
import { addressOf, valuesFor, wrongOf, wrongValues } from './connect/form-values.ts'
import type { Meeting } from './connect/known-servers.ts'
import { keepLast, readLast } from './connect/last-server.ts'
import { connectOwn } from './connect/own-client.ts'
import { NOTHING, type OwnSession, ownSession } from './connect/own-session.ts'
import { isPrompted, type Visited, wantsPassword } from './connect/visit.ts'
import type { ClientSettings } from './flags.ts'
import { createPictures, type Pictures } from './pictures.ts'
import { notAcknowledged } from './plain/outage.ts'
import { sessionOf } from './upload/session-of.ts'
import type { UploadOutcome, UploadPorts } from './upload/upload.ts'

type Over = { readonly exit: number; readonly words: string | null; readonly needs?: Visited['needs'] }

/** The current client, and whether the server has let it in. */
type ScreenSession = { readonly client: Client; entered: boolean }

/** `fingerprint`: the only certificate to accept; null: the remembered one, or one from an authority. */
type ScreenTarget = {
  readonly address: Address
  readonly reach: Dialers
  readonly name: string
  readonly own: OwnSession
  readonly account: OwnAccount
  readonly entrance: Entrance
  /** The server's certificate as the client sees it, once the server is reached. */
  readonly sight: { seen: () => string }
  /** The account's password was typed in the form. */
  readonly hasTyped: boolean
  readonly fingerprint?: ClientSettings['fingerprint']
}

const writeTerminal = (sequence: string): void => void process.stdout.write(sequence)

const serverOf = ({ host, port }: Address): string => hostAndPort(host, port)

const takenHere = (address: Address, name: string): string =>
  `Another rxchat on this machine already uses the name ${name} at ${serverOf(address)}. Choose another name, or quit the other one.`

/** The values that the form begins with. */
function lastValues(settings: ClientSettings, env: NodeJS.ProcessEnv): Values {
  const last = readLast(env)
  const name = settings.hasName ? settings.name : (last?.name ?? settings.name)
  return { server: last?.server ?? 'localhost', port: last?.port ?? `${DEFAULT_PORT}`, name }
}

/** Asks about a certificate before any data is sent to the server. If it can't be remembered, a message says so. */
function certificateScene(
  { server, fingerprint, fault, remember }: Meeting,
  tell: (text: string) => void,
  take: () => void,
  refuse: () => void,
): Scene {
  const wrong = fault.kind === 'unvouched' ? '' : `It ${fault.says}.`
  const taken = (): void => {
    const trouble = remember()
    if (trouble !== null) tell(`the certificate of ${server} cannot be remembered: ${trouble}.`)
    take()
  }
  return meetingScene({ server, fingerprint, fault: wrong }, taken, refuse)
}

export async function runScreen(settings: ClientSettings, env: NodeJS.ProcessEnv): Promise<Visited> {
  /** Messages about certificates, printed when the screen is closed. */
  const told: string[] = []
  const tell = (text: string): void => void told.push(`rxchat: ${text}`)
  let meeting: Meeting | null = null
  const over = Promise.withResolvers<Over>()
  let visit: ScreenSession | null = null
  let note: (text: string) => void = tell
  let leaving = false
  let hasLeft = false
  const draws = settings.images && mayDraw(env)
  /** Whether the terminal has said that it draws pictures. */
  const canDraw$ = new BehaviorSubject(false)
  let pictures: Pictures | null = null

  /**
   * The chat, from the first attempt to connect. Calls `enter` when the client is in, or `fail` if it never gets in.
   */
  function begin(target: ScreenTarget, enter: (chat: Scene) => void, fail: (end: Ending) => void): Scene {
    const { address, reach, name, own, account, entrance, sight, hasTyped, fingerprint = settings.fingerprint } = target
    const { patience = null, password } = settings
    const room = settings.hasRoom ? settings.room : null
    const { isGuest: _, ...way } = entrance
    const wish = { name, room, reconnect: true, insist: false, patience, history: null, password, ...way }
    const reached = reach(address, fingerprint)
    sight.seen = reached.seen
    const client = connectOwn(own, reached, wish, account.prove)
    account.follow(client)
    const now: ScreenSession = { client, entered: false }
    visit = now
    const talk = createChatStore(
      client,
      { name, room, stamp: at => stampSince(Date.now(), localTime, localDay)(at) },
      Date.now,
    )
    const bell = (): void => void process.stdout.write('\u{7}')
    const page = `${address.tls ? 'https' : 'http'}://${serverOf(address)}/`
    note = talk.note
    const terminal = { bell, copy: copyText, open: linkOpener(env) }
    pictures?.dispose()
    const reachPictures = (): Promise<Reach> => reachFor(address, fingerprint, env, tell)
    const drawing = { can$: canDraw$, host: serverOf(address), reach: reachPictures, write: writeTerminal }
    pictures = draws ? createPictures(drawing) : null
    const uploads = async (): Promise<UploadPorts> => ({
      ...{ reach: await reachPictures(), host: serverOf(address) },
      authorization: () => sessionOf(client),
    })
    const send = async (path: string): Promise<UploadOutcome> =>
      (await import('./upload/send-path.ts')).sendPath(uploads, path)
    const outside = { send, face: clockFace, now: Date.now, ...terminal, page, leave, retry: client.retry }
    const scene = chatScene(talk, { ...outside, account: chatAccount(client, talk, account, hasTyped), pictures })
    client.status$.subscribe(status => {
      if (status.state === 'online' && !now.entered) {
        now.entered = true
        keepLast(valuesFor(address, name), env)
        enter(scene)
      }
      if (status.state !== 'ended') return
      const { end } = status
      if (meeting) {
        const met = meeting
        meeting = null
        const take = (): void => show(begin({ ...target, fingerprint: met.fingerprint }, enter, fail))
        return show(certificateScene(met, tell, take, () => over.resolve({ exit: end.exit, words: ending(end) })))
      }
      own.release(client.remember() === null || !now.entered)
      const { register } = entrance
      if (!now.entered && register?.key !== undefined && end.by === 'server') account.settle(name, register.key, false)
      if (wantsPassword(end)) {
        const needs = { address, name, fingerprint, hasAddress: true, hasName: true, secret: 'server' as const }
        return over.resolve({ exit: end.exit, words: isPrompted(end) ? null : ending(end), needs })
      }
      if (now.entered || leaving) over.resolve({ exit: end.exit, words: ending(end) })
      else fail(end)
    })
    return scene
  }

  function form(values = lastValues(settings, env), wrong = null as ReturnType<typeof wrongOf>): Scene {
    const scene = connectScene(
      values,
      filled => {
        const found = wrongValues(filled)
        const address = addressOf(filled)
        if (!found && address) void submit(address, filled)
        return found
      },
      () => leave(),
      wrong,
    )
    const fail = (found: NonNullable<typeof wrong>): void => {
      scene.tell(found)
      show(scene)
    }
    async function submit(address: Address, { server, name, password }: Values): Promise<void> {
      const invite = readDestination(server)?.invite ?? settings.invite
      const target = await targetAt(address, name, password ?? null, invite)
      if (hasLeft) return typeof target === 'string' ? undefined : target.own.release(true)
      if (typeof target === 'string') return fail({ field: 'name', text: target })
      begin(target, show, end =>
        fail(wrongOf(end, address, target.account.elsewhere(name)) ?? { field: null, text: ending(end) }),
      )
    }
    return scene
  }

  /** The way to enter there under this name, or the reason why there is none. `typed`: the password of the account. */
  async function targetAt(
    address: Address,
    name: string,
    typed: string | null,
    invite: string | null,
  ): Promise<ScreenTarget | string> {
    const sight = { seen: () => (address.tls ? '' : PLAIN) }
    const place = { folder: keysFolder(env), address: serverOf(address), seen: () => sight.seen() }
    const account = ownAccount({ ...place, tell: text => note(text) })
    const register = settings.register && typed === null
    const accountPassword = typed ?? settings.accountPassword
    const entrance = entranceFor({ name, accountPassword, register, invite }, account)
    if (entrance === null) return NO_KEY
    const own = entrance.isGuest ? await ownSession(serverOf(address), name, env) : NOTHING
    if (own === null) return takenHere(address, name)
    const reach = await dialers(address.tls, env, tell, met => {
      meeting = met
    })
    return { address, reach, name, own, account, entrance, sight, hasTyped: typed !== null }
  }

  /** If the name can't be used, the form asks for another, or for the password. Any other failure ends the program. */
  async function first(): Promise<Scene> {
    if (!settings.hasAddress) return form()
    const { address, name } = settings
    const target = await targetAt(address, name, null, settings.invite)
    if (typeof target === 'string') return form(valuesFor(address, name), { field: 'name', text: target })
    return begin(
      target,
      () => {},
      end => {
        const wrong = wrongOf(end, address, target.account.elsewhere(name))
        const isAsked = wrong?.field === 'name' || wrong?.field === 'password'
        if (!isAsked) return over.resolve({ exit: end.exit, words: ending(end) })
        show(form(valuesFor(address, name), wrong))
      },
    )
  }

  /** Leaves politely the first time. A second time, or without a connection, it ends at once. */
  function leave(reason: string | null = null): void {
    hasLeft = true
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

  const stage = takeTerminal(await first(), paletteOf(env, settings.theme), { wanted: { mouse: settings.mouse } })
  const show = (scene: Scene): void => stage.show(scene)
  if (draws) {
    stage.answer$.subscribe(answer => canDraw$.next(canDraw$.value || answer === YES))
    writeTerminal(QUESTION)
  }
  const quit = (): void => leave()
  for (const signal of SIGNALS) process.on(signal, quit)
  // The window was closed, so nothing can be read or written any more.
  process.stdin.on('end', quit)
  process.stdout.on('error', quit)

  const {
    exit,
    words,
    needs = null,
  } = await Promise.race([over.promise, stage.failed]).finally(() => {
    pictures?.dispose()
    return stage.giveBack()
  })
  for (const signal of SIGNALS) process.off(signal, quit)
  for (const line of told) process.stderr.write(`${line}\n`)
  if (words !== null) process.stdout.write(`${words}\n`)
  return { exit, needs }
}

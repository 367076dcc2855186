/** The context of the host's commands, at either console. */
import { type PastTold, stampSince } from '../../../codec/past-lines.ts'
import { initialState, type State } from '../../../model/state.ts'
import { drainSentence } from '../../../server/observe/drain-sentence.ts'
import type { NodeStatus } from '../../../server/observe/node-status.ts'
import type { Server } from '../../../server/server.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { type BannerFacts, hookLink, inviteLink, joinLines } from '../start/banner.ts'
import { erasureLine } from './erasure-lines.ts'

/** A server, and with several nodes sentences on how their brokers store acknowledged inputs. */
export type HostedServer = Server & { readonly storage?: (nodes: readonly NodeStatus[]) => readonly string[] }

export type Host = {
  readonly server: HostedServer
  readonly state: () => State
  readonly print: (line: string) => void
  /** Shows lines that need the full width; `lines` gets it, in columns. */
  readonly showWide: (lines: (columns: number) => readonly string[]) => void
  /** Shows the results of a search. */
  readonly showFound: (found: PastTold) => void
  /** `what` names the secret. `more` stands below it: its uses, with the secret in them. */
  readonly showSecret: (what: string, secret: string, more?: readonly string[]) => void
  /** Shows a link that is a secret, with its QR code. */
  readonly showLink: (what: string, link: string) => void
  readonly timeOfDay: (at: number) => string
  /** Formats times of the past, with the day if it isn't today. */
  readonly stamp: (at: number) => string
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
  readonly startedAt: number
  /** Messages since the start. */
  readonly said: () => number
  /** How to join, one line each, to copy. */
  readonly addresses: () => readonly string[]
  /** The link of an invite. */
  readonly inviteLink: (token: string, room: string | null) => string
  /** The hook of a token. */
  readonly hookLink: (token: string) => string
  /** Shows a QR code of the address. */
  readonly showCode: () => void
  /** Stops the server. */
  readonly exit: () => void
}

/** The part that differs between the two consoles: how they show things. */
export type Display = Pick<Host, 'print' | 'showWide' | 'showFound' | 'showSecret' | 'showLink' | 'showCode'>

/** A host that follows the server from now on. `listening` is null until the server listens. */
export function createHost(
  server: HostedServer,
  display: Display,
  listening: () => BannerFacts | null,
  exit: () => void,
): Host {
  let state: State = initialState
  let said = 0
  server.state$.subscribe(next => {
    state = next
  })
  server.delivered$.subscribe(steps => {
    for (const { events } of steps) for (const { event } of events) if (event.type === 'said') said += 1
  })
  server.erasure$.subscribe(erasure => display.print(erasureLine(erasure)))
  server.noted$.subscribe(note => {
    if (note.type === 'draining' || note.type === 'drained') display.print(`The server ${drainSentence(note)}.`)
  })
  return {
    server,
    ...display,
    state: () => state,
    said: () => said,
    timeOfDay: localTime,
    stamp: at => stampSince(Date.now(), localTime, localDay)(at),
    now: Date.now,
    startedAt: Date.now(),
    addresses() {
      const at = listening()
      return at ? joinLines(at) : []
    },
    inviteLink(token, room) {
      const at = listening()
      return at ? inviteLink(at, token, room) : token
    },
    hookLink(token) {
      const at = listening()
      return at ? hookLink(at, token) : `/hooks/${token}`
    },
    exit,
  }
}

/** A secret that is shown once: alone on its line, so that it can be selected and copied. */
export const shownOnce = (what: string, secret: string, more: readonly string[] = []): readonly string[] => [
  `${what} The next line shows its secret, this one time only:`,
  secret,
  ...more,
]

/** The same for a link, below its QR code if there is one. */
export const linkShownOnce = (what: string, link: string, code: readonly string[]): readonly string[] => [
  `${what} The last line shows its link, this one time only:`,
  ...code,
  link,
]

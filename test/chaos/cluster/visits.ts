/**
 * Clients whose protocols can't resume: by lines, and as the original's. When their node goes, they go with it; each enters
 * again elsewhere, as somebody new. On each visit they must hear everything in order, without a hole.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulation/random.ts'
import type { Message, Wrong } from '../check.ts'
import { MARKER, type Testimony } from '../record.ts'
import { readTalk, writeTalk } from '../talk.ts'
import type { Address } from '../talker.ts'

export type Protocol = 'line' | 'classic'

/** One connection. `heard` has the beginnings of the lobby's texts, in order. */
export type Visit = { readonly name: string; readonly said: readonly string[]; readonly heard: readonly string[] }

/**
 * The original's clients send a message without a line end, and the server takes each read for one. If it stands still
 * meanwhile, two become one: so such a client says one thing on each visit.
 */
const ENDS: Readonly<Record<Protocol, string>> = { line: '\n', classic: '' }
const MOST: Readonly<Record<Protocol, number>> = { line: Number.POSITIVE_INFINITY, classic: 1 }
/** Milliseconds between two messages, at most. */
const THINK_MS = 1500
const AGAIN_MS = 500

/** One visit after another. Resolves when one has heard the end, or when there's no visit at the end. */
export async function visit(
  protocol: Protocol,
  addresses: readonly Address[],
  by: Random,
  over: AbortSignal,
): Promise<readonly Visit[]> {
  const visits: Visit[] = []
  for (let k = 1; !over.aborted; k++) {
    visits.push(await visitOnce(protocol, `${protocol}-${k}`, by.pick(addresses), by, over))
    await sleep(AGAIN_MS)
  }
  return visits
}

async function visitOnce(
  protocol: Protocol,
  name: string,
  address: Address,
  by: Random,
  over: AbortSignal,
): Promise<Visit> {
  const [host = '', port] = address.split(':')
  const socket = connect(Number(port), host)
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  let heard = ''
  let isOpen = true
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text
    if (over.aborted && heard.includes(`${MARKER} 1 #lobby`)) socket.destroy()
  })
  socket.on('error', () => {})
  socket.once('close', () => {
    isOpen = false
  })
  socket.once('connect', () => socket.write(`${name}${ENDS[protocol]}`))
  const said: string[] = []
  while (isOpen && !over.aborted) {
    await Promise.race([closed, sleep(AGAIN_MS + by.below(THINK_MS))])
    if (isOpen && isIn(heard) && said.length < MOST[protocol]) say(socket)
  }
  await closed
  return { name, said, heard: textsIn(heard) }

  function say(to: Socket): void {
    const text = writeTalk({ author: name, n: said.length + 1, place: '#lobby' })
    said.push(text)
    to.write(`${text}${ENDS[protocol]}`)
  }
}

/** It was greeted, so its lines are messages. */
const isIn = (heard: string): boolean => heard.includes('In #lobby') || heard.includes('&Host')

const textsIn = (heard: string): readonly string[] => heard.match(/\S+ \d+ #lobby(?= )/g) ?? []
/** The beginning of a text. The original's clients get no more of a long one. */
const headOf = (text: string): string => text.replace(/ \.*$/, '')

/** Only the journal knows the outcome of their messages. */
export const testimonyOf = ({ name, said }: Visit): Testimony => ({
  ...{ name, acknowledged: [], heard: [], since: new Map(), members: [] },
  said: said.map(text => ({ text, fate: 'unanswered' })),
})

/** `messages` are those of the lobby, in the order of the journal. A visitor doesn't hear itself. */
export function wrongInVisit(messages: readonly Message[], { name, heard }: Visit): readonly Wrong[] {
  const places = new Map(messages.map(({ text }, at) => [headOf(text), at]))
  const wrong: Wrong[] = []
  let last: number | null = null
  for (const text of heard) {
    const at = places.get(text)
    if (at === undefined) wrong.push({ is: 'foreign', what: `${name} heard ${text}` })
    else if (last !== null && at <= last) {
      wrong.push({ is: at === last ? 'doubled' : 'reordered', what: `${name} heard ${text} again, or late` })
    } else {
      const between = last === null ? [] : messages.slice(last + 1, at)
      const missing = between.filter(message => readTalk(message.text)?.author !== name)
      for (const { seq } of missing) wrong.push({ is: 'lost', what: `${name} never heard ${seq}` })
      last = at
    }
  }
  return wrong
}

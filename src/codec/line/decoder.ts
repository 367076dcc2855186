/**
 * Line mode, for people with nc or telnet. The first line is the name. The second is the password, if the server has
 * one. All further lines are messages or slash commands.
 */
import { LINE_MAX_BYTES } from '../../model/limits.ts'
import { readRoom } from '../../model/name/name.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { readTyped } from '../../model/slash.ts'
import { flatten } from '../../model/text.ts'
import type { Ask, Decoder } from '../codec.ts'
import { type Carry, emptyCarry, finishLines, held, lastState, pullLine, pushLines } from '../lines.ts'
import { speaksTelnet, stripTelnet } from './telnet.ts'

export type LineCarry = {
  readonly lines: Carry
  /** The current room: the one joined last, until it's parted. */
  readonly room: string
  /** A name that waits for its password. */
  readonly name: string | null
  /** Whether the peer speaks telnet, as far as its bytes have shown. */
  readonly telnet: boolean
}

/** `guarded`: a password has to follow the name. */
const decoder = (guarded: boolean): Decoder<LineCarry> => ({
  empty: { lines: emptyCarry, room: LOBBY, name: null, telnet: false },
  push: (carry, bytes) => ({
    ...carry,
    lines: pushLines(carry.lines, bytes),
    telnet: carry.telnet || speaksTelnet(bytes),
  }),
  finish: carry => ({ ...carry, lines: finishLines(carry.lines) }),
  size: carry => held(carry.lines),
  hides: carry => carry.telnet,
  pull(carry, entered, asked = false) {
    const { line, carry: lines, blank } = pullLine(carry.lines, LINE_MAX_BYTES, stripTelnet)
    const after: LineCarry = { ...carry, lines }
    switch (line?.type) {
      case undefined:
        return { ask: null, carry: after, blank }
      case 'too-long':
        return { ask: wrong('line-too-long', `${LINE_MAX_BYTES} bytes`), carry: { ...after, name: null }, blank }
      case 'not-utf8':
        return { ask: wrong('not-utf8'), carry: { ...after, name: null }, blank }
      case 'line': {
        const text = lastState(line.text)
        if (asked) return { ask: { type: 'typed', text, hidden: carry.telnet }, carry: after, blank }
        return { ...(entered ? command(text, after) : enter(text, after, guarded)), blank }
      }
    }
  },
})

export const lineDecoder = decoder(false)
export const guardedLineDecoder = decoder(true)

const wrong = (code: Extract<Ask, { type: 'malformed' }>['code'], detail = ''): Ask => ({
  type: 'malformed',
  n: null,
  code,
  detail,
})

function enter(text: string, carry: LineCarry, guarded: boolean): { readonly ask: Ask; readonly carry: LineCarry } {
  const { name, telnet } = carry
  if (name !== null) {
    const hello = helloOf(name)
    return { ask: { ...hello, password: text, ...(telnet ? { hidden: true } : {}) }, carry: { ...carry, name: null } }
  }
  if (text.trimStart().startsWith('{')) return { ask: wrong('name-brace'), carry }
  return guarded
    ? { ask: { type: 'password', hidden: telnet }, carry: { ...carry, name: text } }
    : { ask: helloOf(text), carry }
}

const helloOf = (name: string): Extract<Ask, { type: 'hello' }> => ({
  type: 'hello',
  name,
  room: null,
  history: null,
})

function command(text: string, carry: LineCarry): { readonly ask: Ask; readonly carry: LineCarry } {
  const typed = readTyped(text, carry.room)
  switch (typed.type) {
    case 'wrong':
      // The refusal quotes the typed text. Like every text of the server, it must be harmless.
      return { ask: wrong(typed.code, flatten(typed.detail)), carry }
    case 'send':
      return { ask: wrong('send-elsewhere'), carry }
    case 'secret':
      return { ask: { ...typed, room: carry.room }, carry }
    case 'help':
      return { ask: typed, carry }
    case 'query':
      return { ask: { ...typed, n: null }, carry }
    case 'command':
      return { ask: { ...typed, n: null }, carry: { ...carry, room: move(carry.room, typed.command) } }
  }
}

/** Rooms are compared as ingress reads them: `/join #Ops`, `/part ops`. An invalid room name changes nothing. */
function move(room: string, asked: Extract<Ask, { type: 'command' }>['command']): string {
  if (asked.type !== 'join' && asked.type !== 'part') return room
  const read = readRoom(asked.room)
  if (!read.ok) return room
  if (asked.type === 'join') return read.room
  return read.room === room ? LOBBY : room
}

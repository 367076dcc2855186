/** Line mode, for people with nc or telnet: the first line is the name, then lines are said or are slash commands. */
import { LINE_MAX_BYTES } from '../../model/limits.ts'
import { readRoom } from '../../model/name.ts'
import { readTyped } from '../../model/slash.ts'
import { LOBBY } from '../../model/standing.ts'
import { flatten } from '../../model/text.ts'
import type { Ask, Decoder } from '../codec.ts'
import { type Carry, emptyCarry, finishLines, held, pullLine, pushLines } from '../lines.ts'
import { stripTelnet } from './telnet.ts'

/** `room` is where the person is: the room last joined, until it is parted. */
export type LineCarry = { readonly lines: Carry; readonly room: string }

export const lineDecoder: Decoder<LineCarry> = {
  empty: { lines: emptyCarry, room: LOBBY },
  push: (carry, bytes) => ({ ...carry, lines: pushLines(carry.lines, bytes) }),
  finish: carry => ({ ...carry, lines: finishLines(carry.lines) }),
  size: carry => held(carry.lines),
  pull(carry, entered) {
    const next = pullLine(carry.lines, LINE_MAX_BYTES, stripTelnet)
    const after: LineCarry = { ...carry, lines: next.carry }
    if (!next.line) return { ask: null, carry: after }
    switch (next.line.type) {
      case 'too-long':
        return { ask: wrong('line-too-long', `${LINE_MAX_BYTES} bytes`), carry: after }
      case 'not-utf8':
        return { ask: wrong('not-utf8'), carry: after }
      case 'line':
        return entered ? command(next.line.text, after) : { ask: name(next.line.text), carry: after }
    }
  },
}

const wrong = (code: Extract<Ask, { type: 'malformed' }>['code'], detail = ''): Ask => ({
  type: 'malformed',
  n: null,
  code,
  detail,
})

const name = (text: string): Ask =>
  text.trimStart().startsWith('{')
    ? wrong('name-brace')
    : { type: 'hello', name: text, room: null, features: [], history: null }

function command(text: string, carry: LineCarry): { readonly ask: Ask; readonly carry: LineCarry } {
  const typed = readTyped(text, carry.room)
  switch (typed.type) {
    case 'wrong':
      // What was typed comes back in the refusal: harmless, as all that the server writes.
      return { ask: wrong(typed.code, flatten(typed.detail)), carry }
    case 'help':
      return { ask: typed, carry }
    case 'query':
      return { ask: { ...typed, n: null }, carry }
    case 'command':
      return { ask: { ...typed, n: null }, carry: { ...carry, room: move(carry.room, typed.command) } }
  }
}

/** Rooms are compared as ingress reads them: `/join #Ops`, `/part ops`. One that cannot be a room moves nobody. */
function move(room: string, asked: Extract<Ask, { type: 'command' }>['command']): string {
  if (asked.type !== 'join' && asked.type !== 'part') return room
  const read = readRoom(asked.room)
  if (!read.ok) return room
  if (asked.type === 'join') return read.room
  return read.room === room ? LOBBY : room
}

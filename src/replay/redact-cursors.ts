/** Cursors without names, for the same bug report. */
import type { Body } from '../model/input.ts'
import { type Cursor, cursorKey } from '../model/state/cursor.ts'
import type { State } from '../model/state.ts'
import type { Pseudonyms } from './pseudonyms.ts'

type AboutCursors = Extract<
  Body,
  { type: 'cursor-claim' | 'cursor-move' | 'cursor-leave' | 'cursor-set' | 'cursor-remove' }
>

export function redactedAboutCursors(by: Pseudonyms, body: AboutCursors): Body {
  const cursor = by.cursor(body.cursor)
  switch (body.type) {
    case 'cursor-claim':
      return { type: body.type, cursor, ...asOf(by, body), room: by.room(body.room), from: body.from }
    case 'cursor-move':
      return { type: body.type, cursor, ...asOf(by, body), turn: body.turn, seq: body.seq }
    case 'cursor-leave':
      return { type: body.type, cursor, ...asOf(by, body) }
    case 'cursor-set':
      return { type: body.type, cursor, ...(body.owner && { owner: by.target(body.owner) }), seq: body.seq }
    case 'cursor-remove':
      return { type: body.type, cursor, ...(body.owner && { owner: by.target(body.owner) }) }
  }
}

const asOf = (by: Pseudonyms, { as }: { readonly as?: string }): { readonly as?: string } =>
  as === undefined ? {} : { as: by.token(as) }

export const redactedCursors = (by: Pseudonyms, { cursors }: Pick<State, 'cursors'>): Pick<State, 'cursors'> => ({
  cursors: cursors.mapEntries(([, cursor]) => {
    const one = redactedCursor(by, cursor)
    return [cursorKey(one), one]
  }),
})

function redactedCursor(by: Pseudonyms, { name, owner, by: called, room, holder, waiting, ...rest }: Cursor): Cursor {
  return {
    id: rest.id,
    ...{ name: by.cursor(name), owner: by.owner(owner), by: by.text(called), room: by.room(room) },
    ...{ seq: rest.seq, turn: rest.turn, used: rest.used },
    holder: holder && { ...holder, ...asOf(by, holder) },
    waiting: waiting.map(one => ({ ...one, ...asOf(by, one) })),
  }
}

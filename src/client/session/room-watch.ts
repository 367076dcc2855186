/**
 * Tells a program that its member is no longer in its room. A kick or a ban in a room ends no connection, so a program
 * that waits there would hear nothing more, and wait for ever.
 */
import { actOf, type ReplyOf, roomEvent } from '../../codec/native/reply.ts'
import { sentence } from '../../codec/sentence.ts'
import { CLOSINGS } from '../../model/closing.ts'
import { NETWORK_BANNED } from '../../model/keeping/network-ban.ts'
import { flatten } from '../../model/text.ts'
import type { Client } from './connection.ts'
import type { Incoming } from './incoming.ts'

export type Removal = {
  /** The event, its actor, and the remedy, in one line. */
  readonly message: string
  /** The exit code that the same has on the whole server. */
  readonly exit: number
  /** Somebody else did it. False: the member left, perhaps by another session of its account. */
  readonly isForced: boolean
  /** The member is in other rooms. */
  readonly isElsewhere: boolean
}

/** Calls `removed` each time that it happens. With a token, nobody is in a room, and nobody is removed from one. */
export function watchRoom(
  { incoming$ }: Pick<Client, 'incoming$'>,
  room: string,
  removed: (how: Removal) => void,
): void {
  const rooms = new Set<string>()
  let me: { readonly id: string | undefined; readonly name: string } | null = null
  /** Whether it was in the room before the last welcome, whose rooms have not all come. */
  let wasIn = false
  /** The latest kick or ban of this member in the room. */
  let act: ReplyOf<'moderated'> | null = null

  const isMine = (id: string | undefined, name: string): boolean =>
    me !== null && (id === undefined || me.id === undefined ? name === me.name : id === me.id)

  const tell = (exit: number, isForced: boolean, message: string): void =>
    removed({ message: flatten(message), exit, isForced, isElsewhere: rooms.size > 0 })

  function enter({ id, name, resumed, gap }: ReplyOf<'welcome'>): void {
    me = { id, name }
    if (resumed && !gap) return
    wasIn ||= rooms.has(room)
    rooms.clear()
  }

  function part(reply: ReplyOf<'parted'>): void {
    rooms.delete(reply.room)
    if (reply.room !== room) return
    const by = act?.seq === reply.seq ? act : null
    const event = by ? ({ type: 'moderated', ...actOf(by) } as const) : roomEvent(reply)
    if (event === null || event.type === 'said') return
    const what = sentence(event, reply.at)
    // A ban of a network is no act that the member sees. People may give any reason for a kick, or for leaving.
    const isNetwork = by === null && reply.by !== undefined && reply.reason?.startsWith(NETWORK_BANNED) === true
    if (by?.act === 'ban' || isNetwork) tell(CLOSINGS.banned.exit, true, `${what} ${BANNED}`)
    else if (reply.by !== undefined) tell(CLOSINGS.kicked.exit, true, `${what} ${KICKED}`)
    else tell(CLOSINGS.kicked.exit, false, `${what} ${LEFT}`)
  }

  /** All rooms after a welcome have come. */
  function listed(): void {
    if (wasIn && !rooms.has(room)) tell(CLOSINGS.kicked.exit, true, `You are not in #${room} any more. ${KICKED}`)
    wasIn = false
  }

  function hear(reply: Incoming['reply']): void {
    switch (reply.type) {
      case 'welcome':
        // That of a token's stream has no session.
        if ('session' in reply) enter(reply)
        return
      case 'room':
        rooms.add(reply.room)
        return
      case 'renamed':
        if (me && isMine(reply.id, reply.from)) me = { ...me, name: reply.to }
        return
      case 'moderated':
        if (reply.room === room && isRemoval(reply) && isMine(reply.id, reply.who ?? '')) act = reply
        return
      case 'parted':
        if (isMine(reply.id, reply.name)) part(reply)
        return
      case 'conversations':
        if (reply.n === undefined) listed()
    }
  }

  incoming$.subscribe(({ reply }) => hear(reply))
}

const isRemoval = ({ act }: ReplyOf<'moderated'>): boolean => act === 'kick' || act === 'ban'

const KICKED = 'Ask those who keep order there, or start again to come back.'
const BANNED = 'Ask those who keep order there, or use another room.'
const LEFT = 'Another session of the same account left it. Start again to come back.'

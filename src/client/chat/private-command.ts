/**
 * The place of a command without a room in a private conversation. It's never the lobby, which its author isn't looking
 * at.
 */

import { chatErrorText } from '../../model/chat-errors.ts'
import type { Command, Query } from '../../model/command.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { Entry } from './conversation/timeline.ts'

/** The room of a private conversation: none. */
export const NOWHERE = ''

export type PrivateCommand =
  | { readonly type: 'ask'; readonly asked: Exclude<Command, { type: 'say' | 'tell' | 'quit' }> | Query }
  /** Closes the conversation. */
  | { readonly type: 'close' }
  | { readonly type: 'refuse'; readonly why: string }

type PrivateAsk = Extract<PrivateCommand, { type: 'ask' }>['asked']

export function privateCommand(asked: PrivateAsk, at: Conversation): PrivateCommand {
  switch (asked.type) {
    case 'delete': {
      const seq = asked.seq ?? at.timeline.entries.findLast(isMineStill)?.seq ?? null
      if (seq === null) return { type: 'refuse', why: chatErrorText('nothing-said') }
      return { type: 'ask', asked: { ...asked, seq, room: LOBBY } }
    }
    case 'edit': {
      const seq = asked.seq ?? at.timeline.entries.findLast(isMineStill)?.seq ?? null
      if (seq === null) return { type: 'refuse', why: chatErrorText('nothing-said') }
      return { type: 'ask', asked: { ...asked, seq, room: LOBBY } }
    }
    case 'react': {
      const seq = asked.seq ?? at.timeline.entries.findLast(isTheirs)?.seq ?? null
      if (seq === null) return { type: 'refuse', why: chatErrorText('nothing-to-answer') }
      return { type: 'ask', asked: { ...asked, seq, room: LOBBY } }
    }
    case 'part':
      return asked.room === NOWHERE ? { type: 'close' } : { type: 'ask', asked }
    case 'answer':
    case 'close':
      return asked.seq === null
        ? { type: 'refuse', why: ONLY_IN_ROOMS }
        : { type: 'ask', asked: { ...asked, room: LOBBY } }
    case 'hand':
    case 'questions':
    case 'pins':
    case 'topic':
    case 'who':
    case 'list':
    case 'kick':
    case 'ban':
    case 'mute':
    case 'except':
    case 'unban':
    case 'unmute':
    case 'unexcept':
    case 'op':
    case 'deop':
    case 'voice':
    case 'devoice':
    case 'invite':
    case 'mode':
    case 'filter':
    case 'unfilter':
    case 'purge':
      return asked.room === NOWHERE ? { type: 'refuse', why: ONLY_IN_ROOMS } : { type: 'ask', asked }
    default:
      return { type: 'ask', asked }
  }
}

const ONLY_IN_ROOMS = 'This command needs a room, and this is a direct conversation. Go to a room, or name one.'

const isTheirs = (entry: Entry): boolean => entry.kind === 'said' && !entry.mine && entry.text !== null
const isMineStill = (entry: Entry): boolean => entry.kind === 'said' && entry.mine && entry.text !== null

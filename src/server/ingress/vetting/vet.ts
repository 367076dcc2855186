/**
 * Ingress: checks a command once, makes it harmless, and adds everything that needs a Unicode table. A command that is
 * certain to be refused goes no further. The result is the body of an input, with its text beside it.
 */
import type { Command, MessageCommand } from '../../../model/command.ts'
import type { Target } from '../../../model/input.ts'
import { LIVE_PIECE_BYTES, ROOM_KEY_MAX_CHARS } from '../../../model/limits.ts'
import { nameKey } from '../../../model/name/name.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import { pushHash } from './push-hash.ts'
import { roomKeyHash } from './room-key.ts'
import { vetCursor } from './vet-cursor.ts'
import { vetKeeping } from './vet-keeping.ts'
import {
  passed,
  type Refused,
  refused,
  target,
  type Vetted,
  vetCaption,
  vetName,
  vetRoom,
  withNote,
  withRoom,
} from './vetted.ts'

export function vet(command: Exclude<Command, { type: 'delete' } | MessageCommand>): Vetted | Refused {
  switch (command.type) {
    case 'say': {
      if (command.live && command.ask) return refused('malformed', 'a message with `ask` cannot be `live`')
      const room = vetRoom(command.room)
      if (!room.ok) return room
      const text = vetCaption(command.text, hasFiles(command))
      const live = command.live ? { live: true as const } : {}
      return text.ok ? passed({ type: 'say', room: room.value, action: command.action, ...live }, text.value) : text
    }
    case 'tell': {
      const text = vetCaption(command.text, hasFiles(command))
      return text.ok ? vetTell(target(command.to, command.id), command.action, text.value) : text
    }
    case 'join':
      return withRoom(command.room, room => {
        if (command.key === undefined) return passed({ type: 'join', room })
        if (command.key.length > ROOM_KEY_MAX_CHARS) return refused('key-wrong', room)
        return passed({ type: 'join', room, key: roomKeyHash(room, command.key) })
      })
    case 'part':
      return withRoom(command.room, room => withNote(command.reason, reason => passed({ type: 'part', room, reason })))
    case 'topic':
      return withRoom(command.room, room =>
        withNote(command.topic, topic => passed({ type: 'topic', room, topic: topic ?? '' })),
      )
    case 'nick': {
      const name = vetName(command.name)
      return name.ok ? passed({ type: 'nick', name: name.value }) : name
    }
    case 'away':
      return withNote(command.note, note => passed({ type: 'away', note }))
    case 'kick':
      return withNote(command.reason, reason => {
        const kick = { type: 'kick', who: target(command.name, command.id), reason } as const
        return command.room === undefined ? passed(kick) : withRoom(command.room, room => passed({ ...kick, room }))
      })
    case 'quit':
      return withNote(command.reason, reason => passed({ type: 'quit', reason }))
    case 'hand':
      return withRoom(command.room, room =>
        passed({ type: 'hand', room, act: command.next ? 'next' : command.off ? 'lower' : 'raise' }),
      )
    case 'grow':
      return vetGrow(command)
    case 'picture':
      return passed({ type: 'picture', file: command.file })
    case 'revoke':
      return passed({ type: 'withdraw', credential: command.credential })
    case 'unpush':
      return passed({ type: 'unpush', hash: command.endpoint === undefined ? null : pushHash(command.endpoint) })
    case 'logout':
      return passed({ type: 'logout', everywhere: command.everywhere })
    case 'cursor-claim':
    case 'cursor-move':
    case 'cursor-leave':
    case 'cursor-set':
    case 'cursor-remove':
      return vetCursor(command)
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
    case 'admin':
    case 'unadmin':
    case 'mode':
    case 'filter':
    case 'unfilter':
    case 'invite':
    case 'purge':
    case 'release':
    case 'drop':
    case 'ignore':
    case 'unignore':
      return vetKeeping(command)
    default:
      return refused('unknown-command', command.type)
  }
}

/** Base64 (RFC 4648) of no more than one piece, as an encoder writes it: so the bytes come back the same. */
function vetGrow({ seq, offset, data }: Extract<Command, { type: 'grow' }>): Vetted | Refused {
  const size = Math.floor((data.length * 3) / 4) - (data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0)
  if (data === '') return refused('live-malformed', 'it is empty')
  if (size > LIVE_PIECE_BYTES) return refused('live-malformed', `it has ${size} bytes`)
  if (Buffer.from(data, 'base64').toString('base64') !== data) return refused('live-malformed', 'it is not base64')
  return passed({ type: 'grow', target: seq, begin: offset, size }, data)
}

const hasFiles = ({ files = [] }: Extract<Command, { type: 'say' | 'tell' }>): boolean => files.length > 0

/** The console shows no direct messages, so one to the host would be lost. */
const vetTell = (to: Target, action: boolean, text: string): Vetted | Refused =>
  to.key === HOST_KEY ? refused('not-to-host') : passed({ type: 'tell', to, action }, text)
const HOST_KEY = nameKey(HOST_NAME)

/** Ingress of the moderation commands: their arguments are read and bounded here. */

import { readPattern } from '../../../matching/filters/pattern.ts'
import { readNetwork } from '../../../matching/networks/read-network.ts'
import type { KeepingCommand } from '../../../model/command.ts'
import type { Target } from '../../../model/input.ts'
import { isMode, type Mode, type ModeValue, rowOf } from '../../../model/keeping/modes.ts'
import { ROOM_KEY_MAX_CHARS } from '../../../model/limits.ts'
import type { SanctionKind } from '../../../model/state/keeping.ts'
import { roomKeyHash } from './room-key.ts'
import { passed, type Refused, refused, target, type Vetted, vetName, vetRoom, withNote } from './vetted.ts'

const KINDS = {
  ban: 'ban',
  mute: 'mute',
  except: 'exception',
  unban: 'ban',
  unmute: 'mute',
  unexcept: 'exception',
} as const satisfies Readonly<Record<string, SanctionKind>>

const GRANTS = {
  op: { role: 'operator', off: false },
  deop: { role: 'operator', off: true },
  voice: { role: 'voice', off: false },
  devoice: { role: 'voice', off: true },
  admin: { role: 'administrator', off: false },
  unadmin: { role: 'administrator', off: true },
} as const

export function vetKeeping(command: KeepingCommand): Vetted | Refused {
  switch (command.type) {
    case 'ban':
    case 'mute':
    case 'except':
      return placed(command.room, room => withNote(command.reason, reason => vetRestrict(command, room, reason)))
    case 'unban':
    case 'unmute':
    case 'unexcept':
      return placed(command.room, room => vetLift(command, room))
    case 'op':
    case 'deop':
    case 'voice':
    case 'devoice':
    case 'admin':
    case 'unadmin':
      return placed(command.room, room =>
        whom(command, who => passed({ type: 'role', room, who, ...GRANTS[command.type] })),
      )
    case 'mode':
      return placed(command.room, room => vetMode(command, room))
    case 'filter':
      return placed(command.room, room => vetFilter(command, room))
    case 'unfilter':
      return placed(command.room, room => passed({ type: 'unfilter', room, filter: command.filter }))
    case 'invite':
      return placed(command.room, room =>
        room === null ? refused('usage', '/invite <name>') : whom(command, who => passed({ type: 'admit', room, who })),
      )
    case 'purge':
      return placed(command.room, room =>
        whom(command, who => passed({ type: 'purge', room, who, ms: command.for * 1000 })),
      )
    case 'release':
      // Its text is put beside it when it is found (release.ts).
      return passed({ type: 'release', target: command.seq })
    case 'drop':
      return passed({ type: 'drop', target: command.seq })
    case 'ignore':
    case 'unignore':
      return whom(command, who => passed({ type: 'ignore', who, off: command.type === 'unignore' }))
  }
}

type Restricting = Extract<KeepingCommand, { readonly net?: string | undefined; readonly reason: string | null }>
type Lifting = Extract<KeepingCommand, { readonly rule?: number | undefined }>
type Named = { readonly who?: string | undefined; readonly id?: string | undefined }
type CommandOf<T extends KeepingCommand['type']> = Extract<KeepingCommand, { type: T }>

function vetRestrict(
  { type, who, id, net, for: seconds }: Restricting,
  room: string | null,
  reason: string | null,
): Vetted | Refused {
  const ms = seconds === undefined ? null : seconds * 1000
  const kind = KINDS[type]
  if (net !== undefined) {
    const read = readNetwork(net)
    if (!read.ok) return refused('network-invalid', read.detail)
    return passed({ type: 'restrict-network', kind, room, ms, reason }, read.network)
  }
  return whom({ who, id }, found => {
    const named = vetName(found.text)
    return passed({ type: 'restrict', kind, room, who: found, keys: named.ok ? named.value.keys : [], ms, reason })
  })
}

function vetLift({ type, who, id, net, rule }: Lifting, room: string | null): Vetted | Refused {
  const lift = { type: 'lift', kind: KINDS[type], room } as const
  if (net !== undefined) {
    const read = readNetwork(net)
    if (!read.ok) return refused('network-invalid', read.detail)
    // lifting.ts, which knows the networks, finds its number.
    return passed({ ...lift, who: null, sanction: null }, read.network)
  }
  if (rule !== undefined) return passed({ ...lift, who: null, sanction: rule })
  return whom({ who, id }, found => passed({ ...lift, who: found, sanction: null }))
}

function vetMode(command: CommandOf<'mode'>, room: string | null): Vetted | Refused {
  const name = command.mode.toLowerCase()
  if (!isMode(name)) return refused('mode-unknown', target(command.mode).text)
  const { value = true, for: seconds } = command
  const ms = seconds === undefined ? null : seconds * 1000
  const mode = { type: 'mode', room, mode: name, ms } as const
  if (value === null || value === false) return passed({ ...mode, value: null, key: null })
  if (rowOf(name).takes === 'secret') {
    if (typeof value !== 'string' || value === '' || value.length > ROOM_KEY_MAX_CHARS || room === null) {
      return refused('mode-value', name)
    }
    return passed({ ...mode, value: true, key: roomKeyHash(room, value) })
  }
  const read = numberOf(name, value)
  return read === null ? refused('mode-value', name) : passed({ ...mode, value: read, key: null })
}

function numberOf(mode: Mode, value: true | number | string): ModeValue | null {
  if (rowOf(mode).takes === 'nothing') return value === true ? true : null
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : null
}

function vetFilter({ is, pattern, action }: CommandOf<'filter'>, room: string | null): Vetted | Refused {
  const read = readPattern(is, pattern)
  return read.ok
    ? passed({ type: 'filter', room, is, pattern: read.pattern, action })
    : refused('filter-pattern', read.detail)
}

function whom({ who, id }: Named, next: (who: Target) => Vetted | Refused): Vetted | Refused {
  if (who === undefined && id === undefined) return refused('usage', 'name somebody')
  return next(target(who ?? '', id))
}

function placed(raw: string | undefined, next: (room: string | null) => Vetted | Refused): Vetted | Refused {
  if (raw === undefined) return next(null)
  const room = vetRoom(raw)
  return room.ok ? next(room.value) : room
}

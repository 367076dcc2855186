/** Acts of moderation as sentences, for every client and for the log. */
import { leftText } from '../model/duration.ts'
import { MODES, modeText } from '../model/keeping/modes.ts'
import { HOST_NAME } from '../model/name/standing.ts'
import type { Act } from '../model/state/keeping.ts'

/** `at`: the time of the act, milliseconds since the epoch. */
export function actSentence(act: Act, at: number): string {
  const { room, value, rule } = act
  const by = act.by === HOST_NAME ? 'The host' : (act.by ?? '')
  const who = act.who ?? 'a network'
  const inRoom = room === null ? 'on the whole server' : `in #${room}`
  const ofRoom = room === null ? 'the server' : `#${room}`
  const tail = `${lasting(act, at)}${act.reason === null ? '' : ` (${act.reason})`}.`
  switch (act.act) {
    case 'kick':
      return `${by} kicked ${who} out of ${ofRoom}${tail}`
    case 'ban':
      return `${by} banned ${who} from ${ofRoom}${tail}`
    case 'unban':
      return act.by === null
        ? `The ban of ${who} from ${ofRoom} is over.`
        : `${by} ended the ban of ${who} from ${ofRoom}.`
    case 'mute':
      return `${by} muted ${who} ${inRoom}${tail}`
    case 'unmute':
      return act.by === null ? `The mute of ${who} ${inRoom} is over.` : `${by} ended the mute of ${who} ${inRoom}.`
    case 'except':
      return `${by} excepted ${who} from the bans and mutes of networks ${inRoom}${tail}`
    case 'unexcept':
      return act.by === null
        ? `The exception for ${who} ${inRoom} is over.`
        : `${by} ended the exception for ${who} ${inRoom}.`
    case 'op':
      return `${by} made ${who} an operator of ${ofRoom}.`
    case 'deop':
      if (act.by === null) return `${who} is no founder of ${ofRoom} any more.`
      return `${by} took the role in ${ofRoom} from ${who}.`
    case 'voice':
      return `${by} gave ${who} a voice ${inRoom}.`
    case 'devoice':
      return `${by} took the voice ${inRoom} from ${who}.`
    case 'admin':
      return `${by} made ${who} an administrator.`
    case 'unadmin':
      return `${by} took the role of administrator from ${who}.`
    case 'invite':
      return `${by} invited ${who} to ${ofRoom}.`
    case 'mode':
      return modeSentence(act, at, by, ofRoom)
    case 'filter':
      return `${by} added word filter ${rule} ${inRoom}: ${value}`
    case 'unfilter':
      return `${by} removed word filter ${rule} ${inRoom}: ${value}`
    case 'purge':
      return `${by} deleted ${value} messages of ${who} ${inRoom}.`
    case 'delete':
      return `${by} deleted message ${value} of ${who} ${inRoom}.`
    case 'warn':
      return `A word filter warns ${who} ${inRoom}: mind your words.`
    case 'hold':
      return `A word filter holds a message of ${who} ${inRoom}.`
    case 'release':
      return `${by} released a message of ${who} ${inRoom}.`
    case 'drop':
      return act.by === null
        ? `A held message of ${who} ${inRoom} is dropped: nobody released it.`
        : `${by} dropped a held message of ${who} ${inRoom}.`
  }
}

function modeSentence(act: Act, at: number, by: string, ofRoom: string): string {
  const { mode, set = null } = act
  if (mode === undefined) return ''
  if (mode === 'slow' && set !== null) {
    return `${by} put ${ofRoom} in slow mode: one message of each member every ${leftText(Number(set) * 1000)}.`
  }
  if (mode === 'delay' && set !== null) {
    return `${by} lets guests of ${ofRoom} wait ${leftText(Number(set) * 1000)} before they write.`
  }
  if (set === null) {
    return act.by === null ? `The mode ${mode} of ${ofRoom} is over.` : `${by} took the mode ${mode} of ${ofRoom} away.`
  }
  return `${by} gave ${ofRoom} the mode ${modeText(mode, set)}${lasting(act, at)}: ${MODES[mode].help}.`
}

const lasting = ({ until }: Act, at: number): string => (until === null ? '' : ` for ${leftText(until - at)}`)

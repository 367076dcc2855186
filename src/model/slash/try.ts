/** `/try slow 10s over 30d`: tries a rule on past messages before it is switched on. */
import { readTypedTrial } from '../keeping/typed-trial.ts'
import { nextOfFilter } from './filters.ts'
import { nextOfSetting } from './modes.ts'
import { query, type SlashCommand } from './row.ts'

export const TRY: SlashCommand = {
  name: 'try',
  args: '<rule> [over <time>] [in #<room> | everywhere]',
  help: 'say what a rule would have stopped, and change nothing',
  act: 'log',
  examples: ['/try slow 10s over 30d', '/try filter refuse buy now over 7d in ops', '/try mute eve'],
  read(rest, here) {
    const typed = readTypedTrial(rest)
    if (!typed) return null
    const { room = here, ...trial } = typed
    return query({ type: 'try', room, ...trial })
  },
  next([rule, ...typed]) {
    if (rule === undefined) {
      return { words: ['slow', 'delay', 'limit', 'moderated', 'lockdown', 'registered-only', 'filter', 'mute', 'ban'] }
    }
    if (typed.at(-1)?.toLowerCase() === 'over') return { words: ['1d', '7d', '30d'] }
    if (rule === 'filter' && typed.length === 0) return nextOfFilter(typed)
    if ((rule === 'mute' || rule === 'ban') && typed.length === 0) return { names: true }
    if (rule === 'slow' && typed.length === 0) return nextOfSetting('slow', typed)
    return typed.includes('over') ? { words: ['in', 'everywhere'] } : { words: ['over'] }
  },
}

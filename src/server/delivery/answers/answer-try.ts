/** Answers to a keeper who tries a rule on the past. The answer comes when the work is done. */
import type { Outgoing } from '../../../codec/codec.ts'
import type { Query } from '../../../model/command.ts'
import type { Rule } from '../../../model/keeping/trial.ts'
import type { TrialRequest } from '../../../port/rehearser.ts'
import { logFault } from '../../../reducer/keeping/refusals.ts'
import { may, seesRoom } from '../../../reducer/may.ts'
import { readRule, ruleText, switchText } from '../../../replay/rehearse/rule.ts'
import { inRoom, type QueryContext, rejected } from './query-context.ts'

type TryQuery = Extract<Query, { type: 'try' }>

export function answerTry(query: TryQuery, asking: QueryContext): Outgoing | Promise<Outgoing> {
  if (query.room === null) return tryIn(query, asking, null)
  return inRoom<Outgoing | Promise<Outgoing>>(query.room, asking, room =>
    seesRoom(asking.state, asking.session, room) ? tryIn(query, asking, room) : rejected(asking, 'room-unknown', room),
  )
}

function tryIn(query: TryQuery, asking: QueryContext, room: string | null): Outgoing | Promise<Outgoing> {
  const { state, session } = asking
  if (!may(state, session, 'log', { room })) {
    const { code, detail } = logFault(state, session, room)
    return rejected(asking, code, detail)
  }
  const read = readRule(query.rule, room)
  return read.ok ? tried(query, asking, room, read.rule) : rejected(asking, 'rule-invalid', read.detail)
}

async function tried(
  { for: seconds }: TryQuery,
  asking: QueryContext,
  room: string | null,
  rule: Rule,
): Promise<Outgoing> {
  const { at, n, tries } = asking
  const since = seconds === undefined ? 0 : Math.max(0, at - seconds * 1000)
  const outcome = await tries({ trial: { rule, room, since }, sees: roomsSeen(asking) })
  if (!outcome.ok) return rejected(asking, outcome.code, outcome.detail)
  return { type: 'tried', at, n, ...outcome.tried, rule: ruleText(rule), room, switchOn: switchText(rule, room) }
}

/** A keeper sees the texts of the rooms that it may read. */
function roomsSeen({ state, session }: QueryContext): TrialRequest['sees'] {
  if (may(state, session, 'read')) return 'all'
  return [...state.rooms.keys()].filter(room => may(state, session, 'read', { room }))
}

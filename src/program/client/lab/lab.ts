/** The bot lab: a bot against a recorded day, first undisturbed, then with troubles. The differences are its faults. */

import type { BotSettings } from './bots/lab-bot.ts'
import { wantsAddress } from './bots/network-bot.ts'
import type { Act } from './day/day.ts'
import { planOf, type Wanted } from './plan.ts'
import { beginOf, play } from './play.ts'
import { type Finding, judge, judgeAlone } from './verdict/judge.ts'
import type { Observed } from './verdict/observed.ts'

/** `troubled` null: the bot was wrong undisturbed in a way that leaves nothing to compare. */
export type Result = {
  readonly calm: Observed
  readonly troubled: Observed | null
  readonly findings: readonly Finding[]
}

/** `progress`: a part of the work is done, from 0 to 1. */
export async function tryBot(
  acts: readonly Act[],
  settings: BotSettings,
  wanted: Wanted,
  progress: (done: number) => void,
): Promise<Result> {
  const isExact = !wantsAddress(settings.command)
  const share = (from: number) => (done: number) => progress(from + done / acts.length / 2)
  const calm = await play(acts, new Map(), settings, share(0))
  const alone = judgeAlone(calm, false)
  const isMute = calm.answers.length > 0 && calm.answers.every(({ cause }) => cause.is === 'end')
  if (calm.ended || calm.runaway || calm.absent || isMute) return { calm, troubled: null, findings: alone }
  const answered = calm.answers.flatMap(({ cause }) => (cause.is === 'live' ? [cause.act] : []))
  const begin = isExact ? beginOf(acts) : 0
  const plan = planOf(wanted, settings.seed, begin, acts.length, [...new Set(answered)])
  const troubled = await play(acts, plan, settings, share(0.5))
  const known = new Set(alone.map(({ kind }) => kind))
  const later = judgeAlone(troubled, true).filter(({ kind }) => !known.has(kind))
  return { calm, troubled, findings: [...alone, ...later, ...judge(calm, troubled, isExact)] }
}

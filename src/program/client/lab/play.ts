/** One run of the lab: a day, a bot, and the troubles of a plan. */

import type { BotSettings, LabBot } from './bots/lab-bot.ts'
import { networkBot, wantsAddress } from './bots/network-bot.ts'
import { pipedBot } from './bots/piped-bot.ts'
import { Cast } from './cast.ts'
import { type LabChat, openLabChat } from './chat.ts'
import type { Act } from './day/day.ts'
import type { Plan, Trouble } from './plan.ts'
import { Notes } from './verdict/notes.ts'
import type { Observed } from './verdict/observed.ts'

/** The most that passes between two acts while everything is awake, in virtual milliseconds. The rest of it is skipped. */
const PAUSE_MS = 2000

/** Acts that are over when the bot comes: a bot that reads the past has to find some. */
export const beginOf = (acts: readonly Act[]): number => Math.min(20, Math.floor(acts.length / 10))

/** `progress` is called after each act. */
export async function play(
  acts: readonly Act[],
  plan: Plan,
  settings: BotSettings,
  progress: (done: number) => void,
): Promise<Observed> {
  const notes = new Notes()
  const outside = wantsAddress(settings.command) ? networkBot(settings, notes) : null
  const chat = await openLabChat(acts[0]?.at ?? Date.UTC(2026, 0, 1), outside?.connections$)
  const cast = new Cast(chat)
  const actOf = new Map<unknown, number>()
  let doing: number | null = null
  chat.steps$.subscribe(({ seq }) => {
    if (doing !== null) actOf.set(seq, doing)
  })
  // Events that a bot has got over its own connection can't be held back.
  const holds = outside === null
  const bot: LabBot = outside ? await outside.enter(chat) : pipedBot(chat, settings, notes, seq => actOf.get(seq))

  async function perform(at: number): Promise<boolean> {
    const act = acts[at]
    if (!act || act.who === settings.name || act.who === bot.name()) return false
    await pass(chat, act.at)
    doing = at
    await cast.perform(act, settings.name, bot.name() ?? settings.name)
    doing = null
    return true
  }

  /** Acts that the bot misses, from `from` on. */
  async function missed(from: number, count: number): Promise<readonly number[]> {
    const done: number[] = []
    for (let at = from; at < from + count; at++) {
      if (!(await perform(at))) continue
      done.push(at)
      notes.counts('missed')
    }
    return done
  }

  async function trouble({ type, missed: count, midway }: Trouble, at: number): Promise<void> {
    if (!midway) await bot.deliver(at)
    if (!midway) await bot.rest()
    if (type === 'repeat') {
      if (await bot.repeat()) notes.counts('repeats')
      return
    }
    notes.counts(type === 'cut' ? 'cuts' : 'restarts')
    if (type === 'bot') {
      await bot.kill()
      await missed(at + 1, count)
      return bot.start()
    }
    await bot.cut()
    if (midway) await bot.deliver(null)
    if (type === 'server') {
      await chat.restart()
      await cast.back()
    }
    await bot.back(await missed(at + 1, count))
    await bot.deliver(null)
    await bot.rest()
  }

  const begin = outside ? 0 : beginOf(acts)
  for (let at = 0; at < begin; at++) await perform(at)
  await bot.start()
  for (let at = begin; at < acts.length && !notes.isOver; at++) {
    const planned = plan.get(at)
    if (await perform(at)) {
      if (planned) await trouble({ ...planned, midway: planned.midway && holds }, at)
      else await bot.deliver(at)
    } else if (planned) await trouble({ ...planned, midway: false }, at)
    at += planned?.missed ?? 0
    progress(at + 1)
  }
  if (notes.isOver) await bot.kill()
  else await bot.finish()
  cast.close()
  await chat.close()
  outside?.close()
  return notes.observed
}

/** The chat's time becomes that of an act. It's never set back. */
async function pass({ clock }: LabChat, at: number): Promise<void> {
  const ahead = at - clock.now()
  if (ahead > PAUSE_MS) clock.jump(ahead - PAUSE_MS)
  await clock.advance(Math.max(0, Math.min(ahead, PAUSE_MS)))
}

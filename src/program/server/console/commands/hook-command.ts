/** HOOK at the console: webhooks, the URLs that messages are forwarded to. */
import { errorText } from '../../../../model/error.ts'
import type { HookEvents } from '../../../../model/state/hook.ts'
import type { State } from '../../../../model/state.ts'
import type { HostWebhooks } from '../../../../server/host/webhooks.ts'
import type { Host } from '../host.ts'

type Deps = Pick<Host, 'server' | 'print' | 'showSecret'>
type ListedHook = ReturnType<HostWebhooks['list']>[number]

const FLAGS: readonly string[] = ['--room', '--acts', '--all']

const USAGE = 'HOOK ADD url [--room r] [--acts | --all] | LIST | REMOVE number | RESUME number'

/** Whether the line is a HOOK command. One with wrong arguments counts too, so that its URL isn't sent to everyone. */
export const isHookCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|REMOVE|RESUME)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function hookWords([verb, ...more]: readonly string[], { hooks, rooms }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', 'REMOVE', 'RESUME']
  if (verb === 'ADD' && more.at(-1) === '--room') return [...rooms.keys()].sort()
  if (verb === 'ADD') return more.length === 0 ? [] : FLAGS.filter(flag => !more.includes(flag))
  return more.length === 0 && verb !== 'LIST' ? [...hooks.keys()].map(String) : []
}

export function runHook({ server: { hooks }, print, showSecret }: Deps, rest: string): void {
  const [verb = '', first, ...more] = rest.split(/\s+/)
  const wrong = (): void => print(errorText('usage', USAGE))
  const hook = /^\d{1,15}$/.test(first ?? '') && more.length === 0 ? Number(first) : null
  switch (verb.toUpperCase()) {
    case 'ADD': {
      const of = readAsked(more)
      if (first === undefined || of === null) return wrong()
      return hooks.add(first, of, added =>
        added.ok ? showSecret(`HOOK ${added.hook}: added.`, added.secret) : print(errorText(added.code, added.detail)),
      )
    }
    case 'LIST': {
      if (first !== undefined) return wrong()
      const all = hooks.list()
      print(`HOOKS: ${all.length}`)
      for (const one of all) print(line(one))
      return
    }
    case 'REMOVE':
      return hook === null ? wrong() : hooks.remove(hook, () => print(`HOOK ${hook}: removed.`))
    case 'RESUME': {
      if (hook === null) return wrong()
      const refused = hooks.resume(hook, () => print(`HOOK ${hook}: resumed.`))
      return refused ? print(errorText(refused.code, refused.detail)) : undefined
    }
    default:
      return wrong()
  }
}

/** Null: invalid. */
function readAsked(flags: readonly string[]): Parameters<HostWebhooks['add']>[1] | null {
  let [room, events]: [string | null, HookEvents | null] = [null, null]
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at]
    if (flag === '--room' && flags[at + 1] !== undefined) room = flags[++at] ?? null
    else if (flag === '--acts' && events === null) events = 'acts'
    else if (flag === '--all' && events === null) events = 'all'
    else return null
  }
  return { room, ...(events && { events }) }
}

const WHAT = { acts: 'acts', all: 'messages and acts' } as const satisfies Readonly<Record<HookEvents, string>>

function line({ id, url, room, events, paused, failures, why }: ListedHook): string {
  const how = why === null ? '' : `, failed ${failures === 1 ? 'once' : `${failures} times`}, because ${why}`
  const what = events === undefined ? '' : `${WHAT[events]} `
  return `${id} ${url} ${what}of ${room ?? 'every room'}${paused ? ', paused' : ''}${how}`
}

/** HOOK at the console: webhooks, the URLs that messages are forwarded to. */
import { errorText } from '../../../../model/error.ts'
import type { State } from '../../../../model/state.ts'
import type { HostWebhooks } from '../../../../server/host/webhooks.ts'
import type { Host } from '../host.ts'

type Deps = Pick<Host, 'server' | 'print' | 'showSecret'>
type ListedHook = ReturnType<HostWebhooks['list']>[number]

const USAGE = 'HOOK ADD url [--room r] | LIST | REMOVE number | RESUME number'

/** Whether the line is a HOOK command. One with wrong arguments counts too, so that its URL isn't sent to everyone. */
export const isHookCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|REMOVE|RESUME)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function hookWords([verb, ...more]: readonly string[], { hooks, rooms }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', 'REMOVE', 'RESUME']
  if (verb === 'ADD') return more.at(-1) === '--room' ? [...rooms.keys()].sort() : more.length === 1 ? ['--room'] : []
  return more.length === 0 && verb !== 'LIST' ? [...hooks.keys()].map(String) : []
}

export function runHook({ server: { hooks }, print, showSecret }: Deps, rest: string): void {
  const [verb = '', first, ...more] = rest.split(/\s+/)
  const wrong = (): void => print(errorText('usage', USAGE))
  const hook = /^\d{1,15}$/.test(first ?? '') && more.length === 0 ? Number(first) : null
  switch (verb.toUpperCase()) {
    case 'ADD': {
      const [flag, room = null] = more
      const isRight = more.length === 0 || (more.length === 2 && flag === '--room')
      if (first === undefined || !isRight) return wrong()
      return hooks.add(first, room, added =>
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

function line({ id, url, room, paused, failures, why }: ListedHook): string {
  const how = why === null ? '' : `, failed ${failures === 1 ? 'once' : `${failures} times`}, because ${why}`
  return `${id} ${url} of ${room ?? 'every room'}${paused ? ', paused' : ''}${how}`
}

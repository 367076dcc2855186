/** HOOK at the console: webhooks, the URLs that events are forwarded to. */
import { errorText } from '../../../../model/error.ts'
import { HOOK_BEHIND_MAX } from '../../../../model/limits.ts'
import { HOOK_KINDS, type HookEvents, kindsOf } from '../../../../model/state/hook.ts'
import type { State } from '../../../../model/state.ts'
import type { HookChoice, RotatedWebhook } from '../../../../server/host/webhooks.ts'
import type { ListedHook } from '../../../../server/programs/webhook-runner.ts'
import type { Host } from '../host.ts'

type Deps = Pick<Host, 'server' | 'print' | 'showSecret' | 'stamp'>

const FLAGS: readonly string[] = ['--room', '--acts', '--all', '--kinds', '--cloudevents']

const USAGE = `HOOK ADD url [--room r] [--acts | --all | --kinds k,k] [--cloudevents] | LIST | REMOVE number | RESUME number | ROTATE number [--now]. Kinds: ${HOOK_KINDS.join(', ')}`

/** Whether the line is a HOOK command. One with wrong arguments counts too, so that its URL isn't sent to everyone. */
export const isHookCommand = (rest: string): boolean => /^(?:(?:ADD|LIST|REMOVE|RESUME|ROTATE)\b|$)/i.test(rest)

/** Completions for the next word of the line. */
export function hookWords([verb, ...more]: readonly string[], { hooks, rooms }: State): readonly string[] {
  if (verb === undefined) return ['ADD', 'LIST', 'REMOVE', 'RESUME', 'ROTATE']
  if (verb === 'ADD' && more.at(-1) === '--room') return [...rooms.keys()].sort()
  if (verb === 'ADD' && more.at(-1) === '--kinds') return HOOK_KINDS
  if (verb === 'ADD') return more.length === 0 ? [] : FLAGS.filter(flag => !more.includes(flag))
  if (verb === 'ROTATE' && more.length === 1) return ['--now']
  return more.length === 0 && verb !== 'LIST' ? [...hooks.keys()].map(String) : []
}

export function runHook({ server: { hooks }, print, showSecret, stamp }: Deps, rest: string): void {
  const [verb = '', first, ...more] = rest.split(/\s+/)
  const wrong = (): void => print(errorText('usage', USAGE))
  const number = /^\d{1,15}$/.test(first ?? '') ? Number(first) : null
  const hook = more.length === 0 ? number : null
  switch (verb.toUpperCase()) {
    case 'ADD': {
      const of = readAsked(more)
      if (first === undefined || of === null) return wrong()
      if (typeof of === 'string') return print(of)
      return hooks.add(first, of, added =>
        added.ok ? showSecret(`HOOK ${added.hook}: added.`, added.secret) : print(errorText(added.code, added.detail)),
      )
    }
    case 'LIST': {
      if (first !== undefined) return wrong()
      const all = hooks.list()
      print(`HOOKS: ${all.length}`)
      for (const one of all) print(line(one, stamp))
      return
    }
    case 'REMOVE':
      return hook === null ? wrong() : hooks.remove(hook, () => print(`HOOK ${hook}: removed.`))
    case 'RESUME': {
      if (hook === null) return wrong()
      const refused = hooks.resume(hook, () => print(`HOOK ${hook}: resumed.`))
      return refused ? print(errorText(refused.code, refused.detail)) : undefined
    }
    case 'ROTATE': {
      const isNow = more.length === 1 && more[0]?.toLowerCase() === '--now'
      if (number === null || (more.length > 0 && !isNow)) return wrong()
      const refused = hooks.rotate(number, isNow, rotated => {
        const what = `HOOK ${number}: ${rotation(rotated, stamp)}`
        if (rotated.secret === null) print(what)
        else showSecret(what, rotated.secret)
      })
      return refused ? print(errorText(refused.code, refused.detail)) : undefined
    }
    default:
      return wrong()
  }
}

const rotation = ({ secret, until }: RotatedWebhook, stamp: Host['stamp']): string => {
  if (secret === null) return 'the old secret does not sign any more.'
  return until === null ? 'the new secret signs alone.' : `the old secret signs too until ${stamp(until)}.`
}

const NO_KINDS = `--kinds needs kinds with commas between them. Give some of: ${HOOK_KINDS.join(', ')}.`
const TWO_CHOICES = 'Only one of --acts, --all and --kinds can be given. Leave out the others.'

/** A text names the fault. Null: something else than flags is there. */
function readAsked(flags: readonly string[]): HookChoice | string | null {
  let room: string | null = null
  let [events, kinds]: [HookEvents | null, readonly string[] | null] = [null, null]
  let cloudevents = false
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at]
    const isChoice = flag === '--kinds' || flag === '--acts' || flag === '--all'
    if (isChoice && (events !== null || kinds !== null)) return TWO_CHOICES
    if (flag === '--room' && flags[at + 1] !== undefined) room = flags[++at] ?? null
    else if (flag === '--kinds') {
      const given = flags[++at] ?? ''
      if (/^(?:--.*|[,"']*)$/.test(given)) return NO_KINDS
      kinds = given.split(',')
    } else if (flag === '--acts') events = 'acts'
    else if (flag === '--all') events = 'all'
    else if (flag === '--cloudevents') cloudevents = true
    else return null
  }
  return { room, ...(events && { events }), ...(kinds && { kinds }), ...(cloudevents && { cloudevents }) }
}

function line(hook: ListedHook, stamp: Host['stamp']): string {
  const { id, url, room, paused, failures, why, behind, missed, oldSecretUntil, cloudevents } = hook
  const kinds = kindsOf(hook)
  const what = kinds.length === 1 && kinds[0] === 'messages' ? '' : `${kinds.join(', ')} `
  return [
    `${id} ${url} ${what}of ${room ?? 'every room'}`,
    ...(cloudevents ? ['as CloudEvents'] : []),
    ...(paused ? ['paused'] : []),
    ...(behind === null || behind === 0 ? [] : [`${behind}${behind === HOOK_BEHIND_MAX ? ' or more' : ''} behind`]),
    ...(missed === undefined ? [] : [`${missed} missed`]),
    ...(oldSecretUntil === null ? [] : [`old secret until ${stamp(oldSecretUntil)}`]),
    ...(why === null ? [] : [`failed ${failures === 1 ? 'once' : `${failures} times`}, because ${why}`]),
  ].join(', ')
}

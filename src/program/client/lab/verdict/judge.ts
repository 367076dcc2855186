/**
 * Compares a disturbed run of a bot with an undisturbed one. A bot that behaves answers each act that it's told live as often
 * as it does undisturbed, and nothing of the past.
 */
import type { Answer, Cause, Observed } from './observed.ts'

export type FindingKind =
  | 'past'
  | 'twice'
  | 'lost'
  | 'crashed'
  | 'ended'
  | 'no-command'
  | 'runaway'
  | 'unflushed'
  | 'absent'

/** `act` null: it's about no single act. `did`: the bot's output, or its end. */
export type Finding = {
  readonly kind: FindingKind
  readonly act: number | null
  readonly did: string
  readonly disturbed: boolean
}

/** An answer that comes this many acts late is late, and not another one. */
const LATE_ACTS = 3

/** The faults of the bot alone. */
export function judgeAlone(seen: Observed, disturbed: boolean): readonly Finding[] {
  const found: Finding[] = []
  const add = (kind: FindingKind, cause: Cause | null, did: string): void =>
    void found.push({ kind, act: cause && 'act' in cause ? cause.act : null, did, disturbed })
  for (const { cause, line, why } of seen.broken) add('no-command', cause, `${line}\n${why}`)
  if (seen.runaway) add('runaway', seen.runaway, seen.answers.at(-1)?.command ?? 'It is busy without an end.')
  if (seen.ended) add(seen.ended.code === 0 ? 'ended' : 'crashed', seen.ended.cause, ending(seen.ended))
  if (seen.absent) add('absent', null, '')
  const late = seen.answers.filter(({ cause }) => cause.is === 'end')
  if (late.length > 0) add('unflushed', null, `${late.length} × ${late[0]?.command ?? ''}`)
  return found
}

const ending = ({ code, said }: { readonly code: number | null; readonly said: string }): string =>
  [code === null ? 'a signal' : `exit code ${code}`, said.split('\n').at(-1) ?? '']
    .filter(text => text !== '')
    .join(': ')

/**
 * The faults that the troubles have brought about. `isExact`: the causes are, since the bot got one line after another.
 */
export function judge(calm: Observed, troubled: Observed, isExact: boolean): readonly Finding[] {
  const found: Finding[] = []
  const add = (kind: FindingKind, act: number | null, did: string): void =>
    void found.push({ kind, act, did, disturbed: true })
  const told = [...troubled.heard].sort((a, b) => a - b)
  const missing: Placed[] = []
  const extra: Placed[] = []
  for (const act of told) {
    const [before, after] = [calm, troubled].map(({ answers }) => answers.filter(isTo(act)))
    missing.push(...without(before ?? [], after ?? []).map(answer => ({ act, answer })))
    extra.push(...without(after ?? [], before ?? []).map(answer => ({ act, answer })))
  }
  for (const late of [...missing]) {
    const at = extra.findIndex(
      ({ act, answer }) => answer.kind === late.answer.kind && act > late.act && act <= late.act + LATE_ACTS,
    )
    if (at < 0) continue
    extra.splice(at, 1)
    missing.splice(missing.indexOf(late), 1)
  }
  // A bot that has ended, or talks with itself, has lost the rest for that reason.
  const isWhole = troubled.ended === null && troubled.runaway === null && !troubled.absent
  const last = told.at(-1)
  for (const { act, answer } of missing) if (isWhole || act !== last) add('lost', act, answer.command)
  if (troubled.runaway === null) for (const { act, answer } of extra) add('twice', act, answer.command)
  for (const { cause, command } of past(calm, troubled, isExact))
    add('past', 'act' in cause ? cause.act : null, command)
  for (const { cause, command } of troubled.answers) if (cause.is === 'repeat') add('twice', cause.act, command)
  return found
}

type Placed = { readonly act: number; readonly answer: Answer }

const isTo =
  (act: number) =>
  ({ cause }: Answer): boolean =>
    cause.is === 'live' && cause.act === act

/** The answers that have no other of their kind among `others`. */
function without(answers: readonly Answer[], others: readonly Answer[]): readonly Answer[] {
  const kinds = others.map(({ kind }) => kind)
  return answers.filter(({ kind }) => {
    const at = kinds.indexOf(kind)
    if (at >= 0) kinds.splice(at, 1)
    return at < 0
  })
}

/**
 * Answers to past events. If causes aren't exact, a bot may say as much when it's back as when it comes, and a bot
 * that reads pages of the history itself may answer as much of them as it does undisturbed.
 */
function past(calm: Observed, troubled: Observed, isExact: boolean): readonly Answer[] {
  const greeting = isExact ? [] : calm.answers.filter(({ cause }) => cause.is === 'arrival').map(({ kind }) => kind)
  const pages = calm.answers.filter(({ cause }) => cause.is === 'page').map(({ kind }) => kind)
  const found: Answer[] = []
  let left = [...greeting]
  let before: Cause | null = null
  for (const answer of troubled.answers) {
    const { cause, kind } = answer
    if (cause !== before && cause.is === 'past')
      left = cause.act === null || before?.is !== 'past' ? [...greeting] : left
    before = cause
    if (cause.is !== 'past' && cause.is !== 'page') continue
    const allowed = cause.is === 'past' ? left : pages
    const at = allowed.indexOf(kind)
    if (at >= 0) allowed.splice(at, 1)
    else found.push(answer)
  }
  return found
}

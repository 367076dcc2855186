/** `rxchat ask`, with a server that answers as the test says. */
import { Writable } from 'node:stream'
import { BehaviorSubject, Subject } from 'rxjs'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Client } from '../../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../../src/client/session/incoming.ts'
import type { Asked } from '../../../../../src/client/session/outbox/outbox.ts'
import type { Pending } from '../../../../../src/client/session/outbox/pending.ts'
import type { AskOutcome, Status } from '../../../../../src/client/session/status.ts'
import type { Reply, ReplyQuestion } from '../../../../../src/codec/native/reply.ts'
import type { Result } from '../../../../../src/model/question.ts'
import { type Asking, type Interrupt, runAsk } from '../../../../../src/program/client/commands/ask/run.ts'

const QUESTION: Asking = {
  ...{ question: 'Deploy 2.1?', choices: ['yes', 'no', 'später'], to: undefined, timeout: 600, room: 'ops' },
  ...{ key: 'k', isKept: false, json: false, patience: 60_000 },
}

const DECIDED: Result = { outcome: 'decided', choice: 1, by: 'a|b', id: 'm-2' }

function collect(full: Error | null = null) {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk
      done(full)
    },
  })
  stream.on('error', () => {})
  return { stream, text: () => text }
}

/** Somebody who asks, as number 42. `isSilent`: the server doesn't say goodbye. */
function asking(more: Partial<Asking> = {}, output = collect(), how = { isSilent: false }) {
  const status$ = new BehaviorSubject<Status>({ state: 'online', name: 'ci', roundTrip: null })
  const incoming$ = new Subject<Incoming>()
  const outcome$ = new Subject<AskOutcome>()
  const sent: Asked[] = []
  const end = (by: 'user' | 'network', exit = 0): void =>
    status$.next({ state: 'ended', end: by === 'user' ? { by, exit } : { by, exit, message: 'it went away' } })
  const client: Client = {
    ...{ status$, incoming$, outcome$, waiting$: new BehaviorSubject(0) },
    pending$: new BehaviorSubject<readonly Pending[]>([]),
    ...{ retry: () => {}, read: () => {}, typing: () => {}, remember: () => null },
    ask: asked => sent.push(asked),
    leave: () => {
      if (!how.isSilent) queueMicrotask(() => end('user'))
    },
    // As a session has it: a client that is closed has no further status.
    close: () => {},
  }
  const errors = collect()
  let interrupt = (_: Interrupt): void => {}
  const exit = runAsk(client, { ...QUESTION, ...more }, { output: output.stream, errors: errors.stream }, stop => {
    interrupt = stop
    return () => {}
  })
  const hear = (reply: Reply): void => incoming$.next({ reply, replayed: false })
  const done = (reply: Reply, seq = 42): void => outcome$.next({ id: sent.length, is: 'done', seq, reply })
  return {
    ...{ exit, sent, end, hear, status$, errors: errors.text, output: output.text },
    interrupt: (signal: Interrupt) => interrupt(signal),
    isTaken: (question = 42) => done({ type: 'ok', n: 1, seq: 42, question }),
    found: (
      state: ReplyQuestion['state'],
      { id: byId, ...result }: Partial<Result & Pick<ReplyQuestion, 'nobody'>> = {},
    ) => {
      const question = { ...listed(state), ...result, ...(byId !== undefined && { byId }) }
      done({ type: 'questions', seq: 50, room: 'ops', open: [], hands: [], question })
    },
    refused: (code: 'muted' | 'question-unknown' | 'member-unknown' | 'storage' | 'outcome-unknown' = 'muted') =>
      outcome$.next({ id: sent.length, is: 'refused', code, message: 'No.' }),
    lost: () => outcome$.next({ id: sent.length, is: 'unknown', asked: sent.at(-1) as Asked }),
    concluded: (result: Result, target = 42) =>
      hear({
        ...{ type: 'concluded', seq: 51, at: 0, room: 'ops', target, kind: 'ask', choices: QUESTION.choices },
        ...{ asker: 'ci', ...result },
      }),
    back: (gap: boolean) =>
      hear({
        ...{ type: 'welcome', seq: 52, at: 0, name: 'ci', id: 'm-1', session: 's', epoch: 'e', resumed: true, gap },
        ...{ grace: 0, rate: null },
      }),
  }
}

const listed = (state: ReplyQuestion['state']): ReplyQuestion => ({
  ...{ seq: 42, at: 0, room: 'ops', from: 'ci', id: 'm-1', kind: 'ask', choices: QUESTION.choices, until: 9e9 },
  ...{ answers: [], total: 0, state },
})

describe('[K9] [K10] the exit code is the place of the choice', () => {
  test('that is heard of', async () => {
    const at = asking()
    expect(at.sent).toEqual([
      {
        ...{ type: 'say', room: 'ops', text: 'Deploy 2.1?', action: false },
        ask: { kind: 'ask', choices: ['yes', 'no', 'später'], timeout: 600, key: 'k' },
      },
    ])
    at.isTaken()
    at.found('open')
    expect(at.errors()).toBe(
      'rxchat: waiting for an answer to question 42 in #ops, for 10 min. Anybody there answers with a button, the word alone, or /answer 42 yes\n',
    )
    at.concluded({ ...DECIDED, choice: 0 }, 41)
    at.concluded(DECIDED)
    at.concluded({ ...DECIDED, choice: 0 })
    expect(await at.exit).toBe(1)
    expect(at.output()).toBe('a|b: no\n')
  })

  test('that an earlier process with this key got', async () => {
    const at = asking({ json: true })
    at.isTaken(17)
    expect(at.sent.at(-1)).toEqual({ type: 'questions', room: 'ops', seq: 17 })
    at.found('decided', DECIDED)
    expect(await at.exit).toBe(1)
    expect(JSON.parse(at.output())).toEqual({
      ...{ seq: 17, room: 'ops', question: 'Deploy 2.1?', outcome: 'decided', choice: 1, answer: 'no' },
      ...{ by: 'a|b', id: 'm-2' },
    })
    expect(at.errors()).toBe('')
  })

  test.each([
    { what: 'after a gap', gap: true, asks: 3 },
    { what: 'after a connection that went on, it waits', gap: false, asks: 2 },
  ])('that came meanwhile: $what', async ({ gap, asks }) => {
    const at = asking()
    at.isTaken()
    at.found('open')
    at.back(gap)
    expect(at.sent).toHaveLength(asks)
    if (gap) at.found('decided', DECIDED)
    else at.concluded(DECIDED)
    expect(await at.exit).toBe(1)
  })

  test('of the same question, which is asked again when nobody knows whether it was asked', async () => {
    const at = asking()
    at.lost()
    expect(at.sent[1]).toEqual(at.sent[0])
    at.isTaken()
    at.found('open')
    at.back(true)
    at.refused('question-unknown')
    expect(at.sent.at(-1)).toEqual(at.sent[0])
    at.isTaken(3)
    at.found('decided', DECIDED)
    expect(await at.exit).toBe(1)
  })
})

describe('[K9] it is never a choice', () => {
  test.each([
    ['expired', 124, 'rxchat: nobody answered in time.\n'],
    ['withdrawn', 125, 'rxchat: the question was closed by maria.\n'],
    ['deleted', 125, 'rxchat: the question was deleted.\n'],
  ] as const)('for a question that is %s', async (outcome, code, words) => {
    const at = asking()
    at.isTaken()
    at.found(outcome, { by: 'maria' })
    expect(await at.exit).toBe(code)
    expect([at.output(), at.errors()]).toEqual(['', words])
  })

  test('where nobody has the name that it is put to, the roles are named', async () => {
    const at = asking({ to: '@boss' })
    at.refused('member-unknown')
    expect(await at.exit).toBe(70)
    const roles = 'administrator, founder, operator, voice, account'
    expect(at.errors()).toBe(`rxchat: No. --to also takes a role: ${roles}.\n`)
  })

  test('for a refusal', async () => {
    const at = asking()
    at.refused()
    expect(await at.exit).toBe(70)
    expect(at.errors()).toBe('rxchat: No.\n')
  })

  test.each([3, 5, 0])('for an end with exit code %i', async exit => {
    const at = asking()
    at.isTaken()
    at.end('network', exit)
    expect(await at.exit).toBe(64 + (exit || 3))
  })

  test('for an answer that cannot be written; a reader that has gone changes nothing', async () => {
    const ends = ['ENOSPC', 'EPIPE'].map(code => {
      const at = asking({}, collect(Object.assign(new Error(code), { code })))
      at.isTaken()
      at.found('decided', { ...DECIDED, choice: 0 })
      return at.exit
    })
    expect(await Promise.all(ends)).toEqual([65, 0])
  })
})

/** Moves the time of timers, and the one that `performance` has. */
function virtualTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
}

test.each(['storage', 'outcome-unknown'] as const)(
  '[K10] a server that cannot store it is asked again, as long as the patience lasts: %s',
  async code => {
    virtualTimers()
    const [at, impatient] = [asking(), asking({ patience: 3000 })]
    for (let second = 0; second < 4; second++) {
      at.refused(code)
      impatient.refused(code)
      vi.advanceTimersByTime(1000)
      expect(at.sent).toHaveLength(second + 2)
    }
    expect(at.sent.at(-1)).toEqual(at.sent[0])
    at.isTaken()
    at.found('decided', DECIDED)
    expect([await at.exit, await impatient.exit, impatient.sent.length]).toEqual([1, 70, 4])
  },
)

test('[K9] an answer that is known counts, even if the server does not say goodbye', async () => {
  virtualTimers()
  const at = asking({}, collect(), { isSilent: true })
  at.isTaken()
  at.found('decided', DECIDED)
  await vi.advanceTimersByTimeAsync(2000)
  expect(await at.exit).toBe(1)
})

describe('a signal', () => {
  test('closes the question', async () => {
    const at = asking({ isKept: true })
    at.isTaken()
    at.interrupt('SIGINT')
    expect(at.sent.at(-1)).toEqual({ type: 'close', seq: 42, room: 'ops' })
    at.concluded({ outcome: 'withdrawn', by: 'ci' })
    expect(await at.exit).toBe(130)
    expect(at.output()).toBe('')
  })

  test('closes it once its number is known', async () => {
    const at = asking()
    at.interrupt('SIGTERM')
    expect(at.sent).toHaveLength(1)
    at.isTaken()
    expect(at.sent.at(-1)).toEqual({ type: 'close', seq: 42, room: 'ops' })
    expect(await at.exit).toBe(130)
  })

  test('other than Ctrl-C leaves a question open that has a key', async () => {
    const at = asking({ isKept: true })
    at.isTaken()
    at.interrupt('SIGTERM')
    expect(await at.exit).toBe(130)
    expect(at.sent.some(({ type }) => type === 'close')).toBe(false)
  })

  test('says that it stays open while the server is away', async () => {
    const at = asking({}, collect(), { isSilent: true })
    at.isTaken()
    at.status$.next({ state: 'waiting', ms: 9, attempt: 1, why: 'gone' })
    at.interrupt('SIGINT')
    expect(await at.exit).toBe(130)
    expect(at.errors()).toContain('stays open')
  })
})

describe('[K11] an asker that is removed from its room', () => {
  const removed = (at: ReturnType<typeof asking>, act: 'kick' | 'ban'): void => {
    at.back(false)
    const more = { at: 0, room: 'ops', by: 'José', id: 'm-1', reason: 'too loud' }
    at.hear({ type: 'moderated', act, who: 'ci', seq: 60, ...more })
    at.hear({ type: 'parted', name: 'ci', seq: 60, ...more })
  }

  test.each([
    ['kick', 69],
    ['ban', 68],
  ] as const)('by a %s ends with %i, and says so', async (act, code) => {
    const at = asking()
    at.isTaken()
    at.found('open')
    removed(at, act)
    expect(await at.exit).toBe(code)
    expect(at.errors()).toMatch(
      /\nrxchat: José (kicked|banned) ci .*#ops.*\(too loud\)\. .* Question 42 stays open\.\n$/,
    )
  })

  test('has the answer that came before', async () => {
    const at = asking()
    at.isTaken()
    at.concluded(DECIDED)
    removed(at, 'kick')
    expect(await at.exit).toBe(1)
  })
})

describe('[K9] an asker does not wait much longer than its question stays open', () => {
  beforeEach(virtualTimers)
  const TIME = 600_000
  const SLACK = 30_000
  const looks = ({ sent }: ReturnType<typeof asking>): number => sent.filter(({ type }) => type === 'questions').length

  test('but looks what became of it, and has the answer', async () => {
    const at = asking()
    at.isTaken()
    at.found('open')
    vi.advanceTimersByTime(TIME + SLACK - 1)
    expect(looks(at)).toBe(1)
    vi.advanceTimersByTime(1)
    expect(looks(at)).toBe(2)
    at.found('decided', DECIDED)
    expect(await at.exit).toBe(1)
  })

  test('and ends with 124 if the server says nothing', async () => {
    const at = asking()
    at.isTaken()
    at.found('open')
    vi.advanceTimersByTime(TIME + 2 * SLACK)
    await vi.advanceTimersByTimeAsync(0)
    expect(await at.exit).toBe(124)
    expect(at.errors()).toContain('the server does not say how it ended')
  })

  test('unless the server says that it is open: it was asked before, for longer', async () => {
    const at = asking()
    at.isTaken(17)
    at.found('open')
    for (const count of [2, 3, 4]) {
      vi.advanceTimersByTime(count === 2 ? TIME + SLACK : SLACK)
      expect(looks(at)).toBe(count)
      at.found('open')
    }
    at.concluded(DECIDED, 17)
    expect(await at.exit).toBe(1)
  })

  test('unless there is no connection, or the server is cut off: --patience says how long that may last', async () => {
    const at = asking()
    at.isTaken()
    at.found('open')
    at.status$.next({ state: 'waiting', ms: 9, attempt: 1, why: 'gone' })
    vi.advanceTimersByTime(TIME * 2)
    at.status$.next({ state: 'online', name: 'ci', roundTrip: null })
    at.hear({ type: 'stalled' })
    vi.advanceTimersByTime(TIME * 2)
    expect(looks(at)).toBe(1)
    at.hear({ type: 'stalled', over: true })
    vi.advanceTimersByTime(SLACK)
    expect(looks(at)).toBe(2)
    at.found('expired')
    expect(await at.exit).toBe(124)
    expect(at.errors()).toContain('nobody answered in time.\n')
  })
})

describe('[K9] where nobody is there who may answer, it waits and says so', () => {
  test.each([
    ['operator', 'An operator answers', 'no operator is in #ops now. The question waits until somebody comes'],
    ['founder', 'A founder answers', 'no founder is in #ops now.'],
    ['account', 'Somebody with an account answers', 'nobody with an account is in #ops now.'],
    ['voice', 'Somebody with a voice answers', 'nobody with a voice is in #ops now.'],
    ['@José', 'José answers', 'José is not in #ops now. The question waits.'],
    [undefined, 'Anybody there answers', 'nobody else is in #ops now.'],
  ])('%s', async (to, who, nobody) => {
    const at = asking({ to })
    at.isTaken()
    at.found('open', { nobody: true })
    expect(at.errors()).toContain(`. ${who} with a button`)
    expect(at.errors()).toContain(`rxchat: ${nobody}`)
    at.concluded(DECIDED)
    expect(await at.exit).toBe(1)
  })
})

/** `rxchat ask` with the client's own session, while the server is killed at every moment of the asking. */
import { Writable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '../../../../../src/client/session/connection.ts'
import { runAsk } from '../../../../../src/program/client/commands/ask/run.ts'
import { type Crash, lastingFixture } from '../../../../helpers/lasting-fixture.ts'

const PATIENCE_MS = 300_000
const CHOICES = ['yes', 'no', 'später']
/** Microtasks from the first dial on, until the question is asked, looked at, answered and told, and between two moments. */
const [LAST, BETWEEN] = [700, 7]

const secret = (name: string): string => Buffer.from(name).toString('hex').padStart(48, '0')

type Fixture = Awaited<ReturnType<typeof lastingFixture>>

function enter(fixture: Fixture, name: string, insist: boolean, more: object = {}) {
  const { dial } = fixture.dialer()
  const client = connect(
    { dial, clock: fixture.clock, random: () => 0.5, secret: () => secret(name) },
    { name, room: 'lobby', reconnect: true, insist, patience: PATIENCE_MS, history: 0, catchUp: false, ...more },
  )
  onTestFinished(() => client.close())
  return client
}

/** Somebody who says no to whatever is open, and looks for it after each absence. */
function voter(fixture: Fixture): void {
  const client = enter(fixture, '田中', true)
  const answer = (seq: number): void => void client.ask({ type: 'answer', seq, room: 'lobby', choice: 1 })
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type === 'welcome') client.ask({ type: 'questions', room: 'lobby' })
    if (reply.type === 'said' && reply.ask) answer(reply.seq)
  })
  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'done' && outcome.reply.type === 'questions')
      for (const { seq } of outcome.reply.open) answer(seq)
  })
}

function asking(fixture: Fixture, more: object = {}) {
  const words = { stdout: '', stderr: '' }
  const to = (stream: keyof typeof words): Writable =>
    new Writable({
      write(chunk: Buffer, _, done) {
        words[stream] += chunk
        done()
      },
    })
  const client = enter(fixture, 'Spider-Man', false, more)
  const exit = runAsk(
    client,
    {
      ...{ question: 'Deploy 2.1?', choices: CHOICES, to: undefined, timeout: undefined, room: 'lobby', key: 'k' },
      ...{ json: false, isKept: true, patience: PATIENCE_MS },
    },
    { output: to('stdout'), errors: to('stderr') },
    () => () => {},
  )
  let code: number | null = null
  void exit.then(is => {
    code = is
  })
  return { words, client, code: () => code }
}

test.each(['before the commit', 'after the commit'] satisfies readonly Crash[])(
  '[K10] an asker that was let in gets its answer, whenever the server is killed: %s',
  async when => {
    const seen = { out: 0, in: 0, over: 0 }
    for (let moment = 0; moment < LAST; moment += BETWEEN) {
      const fixture = await lastingFixture({ rate: null })
      voter(fixture)
      await fixture.clock.settle()
      const { client, words, code } = asking(fixture)
      const running = fixture.clock.settle()
      for (let turn = 0; turn < moment; turn++) await null
      fixture.crash(when)
      await running
      const { state } = client.status$.value
      await fixture.clock.advance(2000)
      await fixture.start()
      await fixture.clock.advance(30_000)
      await new Promise(setImmediate)
      await fixture.clock.settle()
      const asked = (await fixture.texts()).filter(text => text?.startsWith('Deploy')).length
      const outcome = { moment, code: code(), asked, stdout: words.stdout }
      // Exit code 67: it was not let in.
      if (code() === 67) expect(outcome).toEqual({ moment, code: 67, asked: 0, stdout: '' })
      else expect(outcome, words.stderr).toEqual({ moment, code: 1, asked: 1, stdout: '田中: no\n' })
      seen[code() === 67 ? 'out' : state === 'waiting' ? 'in' : 'over']++
    }
    for (const times of Object.values(seen)) expect(times, JSON.stringify(seen)).toBeGreaterThan(5)
  },
)

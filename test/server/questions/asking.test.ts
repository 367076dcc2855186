/** Asking and answering over the wire: the rights, the audience of each event, and the answer to a repeat. */
import { describe, expect, test } from 'vitest'
import { QUESTION_MS, QUESTIONS_PER_ASKER_IN_ROOM, QUESTIONS_PER_GUEST } from '../../../src/model/limits.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'
import { codesIn, person } from '../messages/living.ts'

const DEPLOY = { type: 'say', text: 'Deploy 2.1?', ask: { kind: 'ask', choices: ['yes', 'no'], key: 'deploy' } }

const asked = (answers: readonly Record<string, unknown>[]): number =>
  Number(answers.find(({ type }) => type === 'ok')?.['question'])

const idOf = (world: World, name: string): string | undefined =>
  [...world.state().members.values()].find(one => one.name.text === name)?.id

describe('[QU3] the first answer decides', () => {
  test('[QU3] [QU1] and all see the question, its answer and its end', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = asked(await spider.asks(DEPLOY))
    const until = world.clock.now() + QUESTION_MS
    expect(tanaka.hears()).toMatchObject([
      { type: 'said', seq, text: 'Deploy 2.1? (yes / no)', ask: { kind: 'ask', choices: ['yes', 'no'], until } },
    ])
    await tanaka.asks({ type: 'answer', seq, choice: 1 })
    expect(spider.hears()).toMatchObject([
      { type: 'answered', target: seq, by: '田中', choice: 1, label: 'no', first: true, place: 1 },
      { type: 'concluded', target: seq, outcome: 'decided', choice: 1, by: '田中', asker: 'Spider-Man' },
    ])
    expect(codesIn(await tanaka.asks({ type: 'answer', seq, choice: 1 }))).toEqual(['ok'])
    expect(codesIn(await tanaka.asks({ type: 'answer', seq, choice: 0 }))).toEqual(['question-closed'])
    expect(await spider.asks({ type: 'answer', seq, word: 'yes' })).toMatchObject([
      {
        code: 'question-closed',
        message: `Question ${seq} was answered already by 田中: no. /questions lists those that are open.`,
      },
    ])
  })

  test('[QU2] a repeat of its key gets the same question, and another question none', async () => {
    const world = await openWorld()
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = asked(await spider.asks(DEPLOY))
    tanaka.hears()
    const again = await spider.asks(DEPLOY)
    expect([codesIn(again), asked(again)]).toEqual([['ok'], seq])
    expect(tanaka.hears()).toEqual([])
    expect(codesIn(await spider.asks({ ...DEPLOY, text: 'Deploy 2.2?' }))).toEqual(['key-reused'])
    await tanaka.asks({ type: 'answer', word: 'YES' })
    spider.hears()
    expect(asked(await spider.asks(DEPLOY))).toBe(seq)
    const [answer] = await spider.asks({ type: 'questions', seq })
    expect(answer).toMatchObject({
      open: [],
      question: {
        seq,
        state: 'decided',
        choice: 0,
        by: '田中',
        from: 'Spider-Man',
        id: idOf(world, 'Spider-Man'),
        byId: idOf(world, '田中'),
      },
    })
  })

  test('[QU1] a message that grows asks nothing', async () => {
    const world = await openWorld()
    const [refused] = await (await person(world, 'a|b')).asks({ ...DEPLOY, live: true })
    expect(refused).toMatchObject({ type: 'rejected', code: 'malformed', message: expect.stringContaining('live') })
    expect(world.state().questions.isEmpty()).toBe(true)
  })

  test('[QU1] one asker has so many open questions in a room', async () => {
    const world = await openWorld({ rate: null })
    const spider = await person(world, 'Spider-Man')
    const ask = { kind: 'poll', choices: ['a', 'b'] }
    for (let k = 0; k < QUESTIONS_PER_ASKER_IN_ROOM; k++) await spider.asks({ type: 'say', text: `${k}?`, ask })
    expect(await spider.asks({ type: 'say', text: 'more?', ask })).toMatchObject([
      {
        code: 'too-many-questions',
        message:
          '4 questions of yours are open in #lobby, the maximum. Wait until one ends, or close one of yours (/close NUMBER).',
      },
    ])
  })

  test('[QU1] one asker leaves others room for theirs, in all rooms together', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const ask = { kind: 'poll', choices: ['a', 'b'] }
    const inRoom = (k: number): string => `room${Math.floor(k / QUESTIONS_PER_ASKER_IN_ROOM)}`
    for (let k = 0; k <= QUESTIONS_PER_GUEST; k++) {
      await spider.asks({ type: 'join', room: inRoom(k) })
      const answers = await spider.asks({ type: 'say', text: `${k}?`, room: inRoom(k), ask })
      expect(codesIn(answers).at(-1)).toBe(k < QUESTIONS_PER_GUEST ? 'ok' : 'too-many-questions')
    }
    expect(codesIn(await tanaka.asks({ type: 'say', text: 'mine?', ask })).at(-1)).toBe('ok')
  })
})

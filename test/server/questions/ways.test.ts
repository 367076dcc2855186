/** Every way of answering one question, in every protocol, and the sentences for old protocols. */
import { describe, expect, test } from 'vitest'
import { questionsIn } from '../../../src/codec/question-lines.ts'
import { classic, line, object } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { codesIn, person } from '../messages/living.ts'

type World = Awaited<ReturnType<typeof openWorld>>

const POLL = { type: 'say', text: 'Where?', ask: { kind: 'poll', choices: ['pizza', 'noodles'] } }

const askedBy = async (who: Awaited<ReturnType<typeof person>>, asked: object): Promise<number> =>
  Number((await who.asks(asked)).find(({ type }) => type === 'ok')?.['question'])

const answersIn = (world: World, seq: number) =>
  [...(world.state().questions.get(seq)?.answers.values() ?? [])].map(({ name, choice }) => [name, choice])

describe('[QU4] one vote each, in every way', () => {
  test('[QU4] by command, place, word, reaction, reply, and by what is said in line mode and the original', async () => {
    const world = await openWorld({ rate: null })
    const [host, tanaka, spider] = [
      await person(world, 'José'),
      await person(world, '田中'),
      await person(world, 'Spider-Man'),
    ]
    const [typist, old] = [await line(world, 'a|b'), await classic(world, 'Mr.Blue')]
    const seq = await askedBy(host, POLL)
    await tanaka.asks({ type: 'answer', seq, choice: 1 })
    await spider.asks({ type: 'react', seq, emoji: '1️⃣' })
    await typist.send('/answer 2\n')
    await old.send('Ｐｉｚｚａ')
    await host.asks({ type: 'say', text: 'noodles', reply: seq })
    expect(answersIn(world, seq)).toEqual([
      ['田中', 1],
      ['Spider-Man', 0],
      ['a|b', 1],
      ['Mr.Blue', 0],
      ['José', 1],
    ])
    await tanaka.asks({ type: 'answer', word: 'pizza' })
    await spider.asks({ type: 'react', seq, emoji: '👎' })
    await typist.send(`/answer ${seq} pizza\n`)
    await typist.send('pizza is fine\n')
    expect(world.state().questions.get(seq)?.counts).toEqual([3, 2])
    const [closed] = (await host.asks({ type: 'close' })).filter(({ type }) => type === 'concluded')
    expect(closed).toMatchObject({ outcome: 'ended', counts: [3, 2], choices: ['pizza', 'noodles'], asker: 'José' })
    expect(codesIn(await tanaka.asks({ type: 'answer', seq, choice: 0 })).at(-1)).toBe('question-closed')
  })

  test('[QU4] a word counts where one open question takes it, and else it is said alone', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const [first, second] = [await askedBy(spider, POLL), await askedBy(spider, POLL)]
    await tanaka.asks({ type: 'say', text: 'pizza' })
    expect([answersIn(world, first), answersIn(world, second)]).toEqual([[], []])
    expect(codesIn(await tanaka.asks({ type: 'answer', word: 'pizza' }))).toContain('question-which')
    await tanaka.asks({ type: 'say', text: 'pizza', reply: second })
    await tanaka.asks({ type: 'say', text: 'pizza', action: true })
    expect([answersIn(world, first), answersIn(world, second)]).toEqual([[], [['田中', 0]]])
    expect(codesIn(await tanaka.asks({ type: 'answer', seq: first, word: 'soup' }))).toContain('choice-unknown')
    expect(codesIn(await tanaka.asks({ type: 'answer', seq: 4711, choice: 0 }))).toContain('question-unknown')
  })
})

describe('[QU5] a buzz', () => {
  test('[QU5] has the order of the journal, and each is in it once', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const [typist, old] = [await line(world, 'a|b'), await classic(world, 'Mr.Blue')]
    const seq = await askedBy(spider, { type: 'say', text: 'Capital of Peru?', ask: { kind: 'buzz' } })
    await old.send('buzz')
    await typist.send('/buzz\n')
    await tanaka.asks({ type: 'react', seq, emoji: '🔔' })
    await old.send('buzz')
    await tanaka.asks({ type: 'answer' })
    await spider.asks({ type: 'answer', seq, word: '' })
    expect(answersIn(world, seq).map(([name]) => name)).toEqual(['Mr.Blue', 'a|b', '田中', 'Spider-Man'])
    tanaka.hears()
    await spider.asks({ type: 'say', text: 'And of Chile?', ask: { kind: 'buzz' } })
    const order = ['Mr.Blue', 'a|b', '田中', 'Spider-Man'].map(name => ({ name }))
    expect(tanaka.hears()).toMatchObject([
      { type: 'concluded', target: seq, outcome: 'ended', order },
      { type: 'said' },
    ])
  })
})

describe('[QU5] a command whose kind does not fit what is open', () => {
  test('[QU5] /buzz where only a poll is open says that no buzz is, in every protocol, and votes for nothing', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const typist = await line(world, 'a|b')
    const none = 'No buzz is open here that you may press. Begin one: /buzz QUESTION. /questions lists what is open.'
    for (const choices of [
      ['pizza', 'noodles'],
      ['buzz', 'no buzz'],
    ]) {
      const seq = await askedBy(spider, { ...POLL, ask: { kind: 'poll', choices } })
      typist.news()
      tanaka.hears()
      await typist.send('/buzz\n')
      expect(typist.news().at(-1)).toContain(none)
      expect(await tanaka.asks({ type: 'answer' })).toMatchObject([{ code: 'buzz-none', message: none }])
      expect(answersIn(world, seq)).toEqual([])
      await tanaka.asks({ type: 'answer', word: choices[0] })
      expect(answersIn(world, seq)).toEqual([['田中', 0]])
      tanaka.hears()
      await spider.asks({ type: 'close', seq })
      tanaka.hears()
    }
  })

  test('[QU5] a choice is for no buzz, with its number or without', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const typist = await line(world, 'a|b')
    const buzz = await askedBy(spider, { type: 'say', text: 'Capital of Peru?', ask: { kind: 'buzz' } })
    const wrong = `Question ${buzz} is a buzz, which has no choices. Press it with /buzz.`
    for (const typed of ['/answer yes', `/answer ${buzz} yes`, '/answer 2', `/answer ${buzz} 2`]) {
      typist.news()
      await typist.send(`${typed}\n`)
      expect(typist.news().at(-1), typed).toContain(wrong)
    }
    for (const answer of [{ choice: 0 }, { seq: buzz, choice: 0 }, { seq: buzz, word: 'はい' }]) {
      tanaka.hears()
      expect(await tanaka.asks({ type: 'answer', ...answer })).toMatchObject([{ code: 'buzz-choices', message: wrong }])
    }
    expect(answersIn(world, buzz)).toEqual([])
    const poll = await askedBy(spider, POLL)
    await typist.send('/answer pizza\n')
    await typist.send('/answer buzz\n')
    expect([answersIn(world, poll), answersIn(world, buzz).map(([name]) => name)]).toEqual([[['a|b', 0]], ['a|b']])
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'answer', word: 'soup' }))).toEqual(['choice-unknown'])
  })
})

describe('[QU9] people in words alone', () => {
  test('[QU9] read what is asked, how to answer, and what became of it', async () => {
    const world = await openWorld({ rate: null })
    const [typist, old] = [await line(world, 'a|b'), await classic(world, 'Mr.Blue')]
    const spider = await person(world, 'Spider-Man')
    await world.clock.advance(1000)
    typist.news()
    old.writes.length = 0
    const ask = { kind: 'ask', choices: ['yes', 'no'], to: 'account' }
    const seq = await askedBy(spider, { type: 'say', text: 'Deploy?', ask })
    await typist.send('/answer yes\n')
    await typist.send('/questions\n')
    await spider.asks({ type: 'close', seq })
    await typist.send('/hand\n')
    await spider.asks({ type: 'hand', next: true })
    await world.clock.advance(1000)
    expect(typist.news().map(text => text.slice('[00:00:00] '.length))).toEqual([
      'Spider-Man > Deploy? (yes / no)',
      `[*] Answer with /answer ${seq} yes, or just: yes. Only people with an account can.`,
      'server > No question is open here that you may answer. /questions lists those that are open.',
      expect.stringMatching(/^server > \d+ Spider-Man > Deploy\? \(yes \/ no\) \[to people with an account, until /),
      'server > No hand is up in #lobby.',
      `[*] Spider-Man withdrew question ${seq} of Spider-Man.`,
      '[*] a|b raised a hand.',
      '[*] Spider-Man calls on a|b.',
    ])
    const said = old.writes.join('\n').split('\n')
    expect(said.map(text => text.slice('[00:00:00] '.length))).toEqual([
      'Spider-Man > Deploy? (yes / no)',
      'server > Answer by saying one of: yes, no. Only people with an account can.',
      `server > Spider-Man withdrew question ${seq} of Spider-Man.`,
      'server > a|b raised a hand.',
      'server > Spider-Man calls on a|b.',
    ])
  })
})

test('[QU9] a list of questions offers the word alone where it answers one of them', async () => {
  const world = await openWorld({ rate: null })
  const typist = await line(world, 'a|b')
  const spider = await person(world, 'Spider-Man')
  for (const choices of [
    ['yes', 'no'],
    ['later', 'Yes'],
  ])
    await askedBy(spider, { type: 'say', text: 'Deploy?', ask: { kind: 'poll', choices } })
  typist.news()
  await typist.send('/questions\n')
  const listed = typist.news().flatMap(text => /Vote with .*/.exec(text)?.[0] ?? [])
  expect(listed).toEqual([
    expect.stringMatching(/^Vote with \/answer \d+ yes\.$/),
    expect.stringMatching(/^Vote with \/answer \d+ later, or just: later\.$/),
  ])
  await askedBy(spider, { type: 'say', text: 'Who?', ask: { kind: 'buzz' } })
  const seq = await askedBy(spider, { type: 'say', text: 'How?', ask: { kind: 'poll', choices: ['buzz', 'call'] } })
  typist.news()
  await typist.send(`/questions ${seq}\n`)
  expect(typist.text()).toMatch(new RegExp(`Vote with /answer ${seq} buzz\\.\n`))
})

test('[QU9] the history of line mode marks the questions that are open', async () => {
  const world = await openWorld({ rate: null })
  const spider = await person(world, 'Spider-Man')
  const ask = { kind: 'poll', choices: ['yes', 'no'] }
  const [over, open] = [
    await askedBy(spider, { type: 'say', text: 'Tea?', ask }),
    await askedBy(spider, { type: 'say', text: 'Deploy?', ask }),
  ]
  await spider.asks({ type: 'close', seq: over })
  const late = await line(world, 'مريم')
  await late.send('/history\n')
  const told = late
    .text()
    .split('\n')
    .filter(text => text.startsWith('| ') && text.includes('?'))
  expect(told.slice(-2).map(text => text.replace(/\[.*\]/, '[time]'))).toEqual([
    `| ${over} [time] Spider-Man > Tea? (yes / no)`,
    `| ${open} [time] Spider-Man (poll ${open}, open) > Deploy? (yes / no)`,
  ])
})

describe('[QU6] [QU3] the right to answer', () => {
  test('[QU3] members in the room that it is put to, and under another name the same', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka, blue] = [
      await person(world, 'Spider-Man'),
      await person(world, '田中'),
      await person(world, 'Mr.Blue', { room: 'ops' }),
    ]
    const ask = { kind: 'poll', choices: ['yes', 'no'], to: '@田中' }
    const seq = await askedBy(spider, { type: 'say', text: 'Well?', ask })
    expect(codesIn(await spider.asks({ type: 'answer', seq, choice: 0 }))).toEqual(['not-entitled'])
    expect(codesIn(await blue.asks({ type: 'answer', seq, choice: 0 })).at(-1)).toBe('question-unknown')
    await tanaka.asks({ type: 'answer', seq, choice: 0 })
    await tanaka.asks({ type: 'nick', name: 'Tanaka' })
    await tanaka.asks({ type: 'answer', seq, choice: 1 })
    expect(answersIn(world, seq)).toEqual([['Tanaka', 1]])
    expect(codesIn(await tanaka.asks({ type: 'close', seq }))).toEqual(['not-asker'])
    const nobody = { kind: 'ask', choices: ['yes', 'no'], to: '@nobody' }
    expect(codesIn(await spider.asks({ type: 'say', text: 'Well?', ask: nobody })).at(-1)).toBe('member-unknown')
  })

  test('[QU3] no member that is muted, or locked out; a question that a word filter stops is not asked', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const seq = await askedBy(spider, POLL)
    world.server.host({ type: 'mute', who: '田中', reason: null })
    world.server.host({ type: 'filter', is: 'words', pattern: 'secret', action: 'hold', room: 'lobby' })
    await world.clock.settle()
    tanaka.hears()
    expect(codesIn(await tanaka.asks({ type: 'answer', seq, choice: 0 }))).toEqual(['muted'])
    expect(codesIn(await tanaka.asks({ type: 'hand' }))).toEqual(['muted'])
    expect(codesIn(await tanaka.asks(POLL))).toEqual(['muted'])
    const ask = { kind: 'poll', choices: ['the secret', 'nothing'] }
    expect(codesIn(await spider.asks({ type: 'say', text: 'What?', ask })).at(-1)).toBe('filtered')
    expect(world.state().questions.size).toBe(1)
  })

  test('[QU6] a question ends by itself, and is deleted with its message', async () => {
    const world = await openWorld({ rate: null })
    const [spider, tanaka] = [await person(world, 'Spider-Man'), await person(world, '田中')]
    const short = { ...POLL, ask: { ...POLL.ask, timeout: 10 } }
    const [first, second] = [await askedBy(spider, short), await askedBy(spider, POLL)]
    await tanaka.asks({ type: 'answer', seq: first, choice: 1 })
    await world.clock.advance(10_000)
    expect(tanaka.hears().at(-1)).toMatchObject({ type: 'concluded', target: first, outcome: 'ended', counts: [0, 1] })
    expect(codesIn(await spider.asks({ type: 'edit', seq: second, text: 'Whence?' })).at(-1)).toBe('question-edit')
    await spider.asks({ type: 'delete', seq: second })
    expect(tanaka.hears()).toMatchObject([
      { type: 'concluded', target: second, outcome: 'deleted' },
      { type: 'deleted' },
    ])
    expect(JSON.stringify(world.state().ended.get(second))).not.toContain('pizza')
    const late = await tanaka.asks({ type: 'answer', seq: second, choice: 0 })
    expect(late).toMatchObject([{ code: 'question-closed', message: expect.stringContaining('was deleted') }])
    const [history] = await spider.asks({ type: 'history' })
    expect(history).toMatchObject({
      messages: [{ seq: first, ask: { outcome: 'ended', counts: [0, 1] } }, { seq: second }],
    })
    expect(JSON.stringify(history)).not.toContain(`"seq":${second},"ask"`)
  })
})

describe('[QU7] hands', () => {
  test('[QU7] are called in order by a keeper of the room, and go with their member', async () => {
    const world = await openWorld({ rate: null })
    const spider = await person(world, 'Spider-Man', { room: 'ops' })
    const [tanaka, blue] = [
      await person(world, '田中', { room: 'ops' }),
      await person(world, 'Mr.Blue', { room: 'ops' }),
    ]
    for (const who of [blue, tanaka, blue]) await who.asks({ type: 'hand', room: 'ops' })
    expect(codesIn(await blue.asks({ type: 'hand', room: 'ops', next: true })).at(-1)).toBe('role-needed')
    await blue.asks({ type: 'nick', name: 'Mr.Red' })
    const late = await person(world, 'José', { room: 'ops' })
    const room = late.wire.objects().find(({ type }) => type === 'room')
    expect(room).toMatchObject({ hands: [{ name: 'Mr.Red' }, { name: '田中' }] })
    const heard = await spider.asks({ type: 'hand', room: 'ops', next: true })
    const called = heard.findLast(({ type }) => type === 'hands')
    expect(called).toMatchObject({ change: 'called', who: 'Mr.Red', by: 'Spider-Man', hands: [{ name: '田中' }] })
    await tanaka.asks({ type: 'part', room: 'ops' })
    expect(world.state().rooms.get('ops')).not.toHaveProperty('hands')
    expect(codesIn(await spider.asks({ type: 'hand', room: 'ops', next: true })).at(-1)).toBe('no-hands')
    expect(codesIn(await spider.asks({ type: 'hand', room: 'ops', off: true })).at(-1)).toBe('hand-down')
    await late.wire.send(object({ type: 'bye' }))
  })

  test('[QU7] are listed alone by /hands, in line mode and by a client, whatever questions are open', async () => {
    const world = await openWorld({ rate: null })
    const [spider, typist] = [await person(world, 'Spider-Man'), await line(world, 'a|b')]
    const seq = await askedBy(spider, POLL)
    await spider.asks({ type: 'hand' })
    typist.news()
    await typist.send('/hands\n')
    expect(typist.news()).toEqual([expect.stringMatching(/Hands in #lobby: Spider-Man\.$/)])
    await typist.send('/questions\n')
    expect(typist.news()).toHaveLength(2)
    // The questions are in the answer all the same: a client learns of them by every answer.
    const answer = (await spider.asks({ type: 'questions', only: 'hands' })).find(({ type }) => type === 'questions')
    expect(answer).toMatchObject({ only: 'hands', open: [{ seq }], hands: [{ name: 'Spider-Man' }] })
    expect(questionsIn(answer as never, () => '')).toEqual(['Hands in #lobby: Spider-Man.'])
  })
})

test('[QU3] the answer about an open question says if nobody is there who may answer it', async () => {
  const world = await openWorld({ rate: null })
  const spider = await person(world, 'Spider-Man', { room: 'ops' })
  const nobody = async (seq: number): Promise<unknown> => {
    const heard = await spider.asks({ type: 'questions', room: 'ops', seq })
    const { question } = heard.find(({ type }) => type === 'questions') as { question: { nobody?: boolean } }
    return question.nobody
  }
  const put = async (to: string): Promise<number> => {
    const ask = { kind: 'ask', choices: ['yes', 'no'], to }
    return askedBy(spider, { type: 'say', text: 'Deploy?', room: 'ops', ask })
  }
  const [all, operators] = [await put('room'), await put('operator')]
  expect([await nobody(all), await nobody(operators)]).toEqual([true, true])
  const tanaka = await person(world, '田中', { room: 'ops' })
  expect([await nobody(all), await nobody(operators)]).toEqual([undefined, true])
  await spider.asks({ type: 'op', who: '田中', room: 'ops' })
  expect(await nobody(operators)).toBeUndefined()
  await tanaka.asks({ type: 'part', room: 'ops' })
  expect(await nobody(operators)).toBe(true)
})

/** `rxchat ask` as a script uses it: who answers, in which way, and with which exit code it ends. */
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { performedTexts } from '../helpers/performed.ts'
import { type RunningServer, runClient, startClient, startClientIn, startServer } from '../helpers/program.ts'
import { dialLine, dialNative, type Wired } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const ask = (server: RunningServer, ...more: readonly string[]) =>
  startClient('ask', 'Deploy 2.1?', 'yes', 'no', '--server', server.address, '--name', 'ci', ...more)

/** The number of the question that waits. */
const asked = async ({ errors }: Pick<ReturnType<typeof ask>, 'errors'>): Promise<number> =>
  Number(await errors.until(text => /question (\d+) in #/.exec(text)?.[1], 'the question'))

const send = (wired: Wired, command: object): void => wired.send(`${JSON.stringify(command)}\n`)

const WAYS: Readonly<Record<string, (server: RunningServer, seq: number) => Promise<void>>> = {
  'by a command': async ({ port }, seq) =>
    send(await dialNative(port, '田中'), { type: 'answer', seq, room: 'lobby', choice: 1 }),
  'by a reaction': async ({ port }, seq) =>
    send(await dialNative(port, '田中'), { type: 'react', seq, room: 'lobby', emoji: '2️⃣' }),
  'by a thumb': async ({ port }, seq) =>
    send(await dialNative(port, '田中'), { type: 'react', seq, room: 'lobby', emoji: '👎' }),
  'by the word alone': async ({ port }) =>
    send(await dialNative(port, '田中'), { type: 'say', text: 'No', room: 'lobby' }),
  'by /answer': async ({ port }, seq) => (await dialLine(port, '田中')).send(`/answer ${seq} no\n`),
  'by the word, from nc': async ({ port }) => (await dialLine(port, '田中')).send('no\n'),
}

test.each(Object.entries(WAYS))('[K9] somebody answers %s', async (_, answer) => {
  const server = await startServer()
  const asker = ask(server)
  await answer(server, await asked(asker))
  expect(await asker.ended).toBe(1)
  expect(asker.out.text).toBe('田中: no\n')
})

describe('[K9] the exit code', () => {
  test('of the first choice is 0, and --json tells who and what', async () => {
    const server = await startServer()
    const asker = ask(server, '--json')
    const seq = await asked(asker)
    send(await dialNative(server.port, 'a|b'), { type: 'answer', seq, room: 'lobby', word: 'YES' })
    expect(await asker.ended).toBe(0)
    expect(JSON.parse(asker.out.text)).toEqual({
      ...{ seq, room: 'lobby', question: 'Deploy 2.1?', outcome: 'decided', choice: 0, answer: 'yes', by: 'a|b' },
      id: expect.any(String),
    })
  })

  test('is 124 if nobody answers in time', async () => {
    const server = await startServer()
    const asker = ask(server, '--timeout', '1s')
    expect(await asker.ended).toBe(124)
    expect(asker.out.text).toBe('')
    expect(asker.errors.text).toContain('rxchat: nobody answered in time.\n')
  })

  test('is 125 when its message is deleted', async () => {
    const server = await startServer()
    const asker = ask(server)
    server.type(`DELETE ${await asked(asker)}`)
    expect(await asker.ended).toBe(125)
  })

  test.each([
    ['a wrong flag', ['ask', 'Q', 'a', 'b', '--nonsense'], 66],
    ['one choice', ['ask', 'Q', 'a'], 66],
    ['no server', ['ask', 'Q', 'a', 'b', '--server', '127.0.0.1:1'], 67],
  ])('of %s is none of a choice', async (_, args, code) => {
    expect(await runClient([...args, '--name', 'ci'], '')).toMatchObject({ code, stdout: '' })
  })

  test('of a taken name, of a kick and of a refused question is none either', async () => {
    const server = await startServer()
    const asker = ask(server, '--timeout', '1h')
    await asked(asker)
    expect(await runClient(['ask', 'Q', 'a', 'b', '-s', server.address, '-n', 'ci'], '')).toMatchObject({ code: 68 })
    server.type('KICK ci')
    expect(await asker.ended).toBe(69)
    const ofNobody = ['ask', 'Q', 'a', 'b', '--to', 'nobody-here', '-s', server.address, '-n', 'ci2']
    expect(await runClient(ofNobody, '')).toMatchObject({ code: 70, stdout: '' })
  })

  test('of a question to operators, of whom none is there, waits until one comes, and stderr says so', async () => {
    const server = await startServer()
    const tanaka = await dialNative(server.port, '田中')
    const asker = ask(server, '--to', 'operator')
    const seq = await asked(asker)
    await asker.errors.has('rxchat: no operator is in #lobby now. The question waits until somebody comes')
    server.type('OP 田中 in lobby')
    await tanaka.heard.has('"act":"op"')
    send(tanaka, { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect(await asker.ended).toBe(1)
  })

  test('of a question that only somebody else may answer waits for that one', async () => {
    const server = await startServer()
    const [eve, tanaka] = [await dialNative(server.port, 'eve'), await dialNative(server.port, '田中')]
    const asker = ask(server, '--to', '田中')
    const seq = await asked(asker)
    send(eve, { type: 'answer', n: 1, seq, room: 'lobby', choice: 0 })
    await eve.heard.has('"code":"not-entitled"')
    send(tanaka, { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect(await asker.ended).toBe(1)
    expect(asker.out.text).toBe('田中: no\n')
  })
})

describe('[K10] an asker', () => {
  test('that is killed and started again with the same key goes on, and gets the answer that came meanwhile', async () => {
    const server = await startServer('--grace', '3600')
    const [env, flags] = [
      { XDG_STATE_HOME: temporaryFolder() },
      ['--key', 'deploy 2.1', '-s', server.address, '-n', 'ci'],
    ]
    const begin = (...more: readonly string[]) =>
      startClientIn(env, 'ask', 'Deploy 2.1?', 'yes', 'no', ...flags, ...more)
    const first = begin()
    const seq = await asked(first)
    first.child.kill('SIGKILL')
    await first.ended
    const second = begin()
    expect(await asked(second)).toBe(seq)
    second.child.kill('SIGKILL')
    await second.ended
    const tanaka = await dialNative(server.port, '田中')
    send(tanaka, { type: 'answer', n: 1, seq, room: 'lobby', choice: 0 })
    await tanaka.heard.has('"type":"ok","n":1')
    for (let k = 0; k < 2; k++) {
      const again = begin()
      expect([await again.ended, again.out.text, again.errors.text]).toEqual([0, '田中: yes\n', ''])
    }
    const other = startClientIn(env, 'ask', 'Deploy 2.2?', 'yes', 'no', ...flags)
    expect(await other.ended).toBe(70)
    expect(other.errors.text).toContain('key')
  })

  test('whose name is held by one that was killed on another machine waits until that one has lapsed', async () => {
    const server = await startServer('--grace', '3')
    const begin = () =>
      startClientIn(
        { XDG_STATE_HOME: temporaryFolder() },
        ...['ask', 'Deploy 2.1?', 'yes', 'no', '--key', 'k', '-s', server.address, '-n', 'ci'],
      )
    const first = begin()
    const seq = await asked(first)
    first.child.kill('SIGKILL')
    await first.ended
    const second = begin()
    expect(await asked(second)).toBe(seq)
    send(await dialNative(server.port, '田中'), { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect(await second.ended).toBe(1)
  })

  test('waits for a server that is killed, and gets the answer that came while it was away', async () => {
    const data = temporaryFolder()
    const server = await startServer('--data', data, '--grace', '3600')
    const asker = ask(server, '--patience', '60s')
    const seq = await asked(asker)
    server.child.kill('SIGKILL')
    await server.ended
    await asker.errors.has('Trying again')
    const again = await startServer('--data', data, '--port', `${server.port}`)
    send(await dialNative(again.port, '田中'), { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect(await asker.ended).toBe(1)
    expect(asker.out.text).toBe('田中: no\n')
  })

  test('withdraws its question on Ctrl-C', async () => {
    const server = await startServer()
    const tanaka = await dialNative(server.port, '田中')
    const asker = ask(server)
    const seq = await asked(asker)
    asker.child.kill('SIGINT')
    expect(await asker.ended).toBe(130)
    await tanaka.heard.has('"outcome":"withdrawn"')
    send(tanaka, { type: 'answer', n: 1, seq, room: 'lobby', choice: 0 })
    await tanaka.heard.has('"code":"question-closed"')
  })

  test('with an account has the same question in several processes at once', async () => {
    const server = await startServer()
    const env = { XDG_STATE_HOME: temporaryFolder() }
    expect(await runClient([server.address, '--name', 'mona', '--register'], '', env)).toMatchObject({ code: 0 })
    const begin = () =>
      startClientIn(env, 'ask', 'Deploy?', 'yes', 'no', '-s', server.address, '-n', 'mona', '--key', 'k')
    const [first, second] = [begin(), begin()]
    const seq = await asked(first)
    expect(await asked(second)).toBe(seq)
    send(await dialNative(server.port, '田中'), { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect([await first.ended, await second.ended, await begin().ended]).toEqual([1, 1, 1])
  })

  test('with a token answers to the same key from any process', async () => {
    const server = await startServer()
    server.type('TOKEN ADD deploys')
    const token = await server.out.until(text => /rxchat_\w+/.exec(text)?.[0], 'the token')
    const begin = () =>
      startClientIn(
        { RXCHAT_TOKEN: token },
        ...['ask', 'Deploy 2.1?', 'yes', 'no', '--server', server.address, '--key', 'deploy 2.1'],
      )
    const first = begin()
    const seq = await asked(first)
    const second = begin()
    expect(await asked(second)).toBe(seq)
    send(await dialNative(server.port, '田中'), { type: 'answer', seq, room: 'lobby', choice: 1 })
    expect([await first.ended, await second.ended, await begin().ended]).toEqual([1, 1, 1])
    expect(first.out.text + second.out.text).toBe('田中: no\n田中: no\n')
  })
})

test('[K10] it asks once, as one message', async () => {
  const data = temporaryFolder()
  const server = await startServer('--data', data)
  const asker = ask(server)
  send(await dialNative(server.port, '田中'), { type: 'answer', seq: await asked(asker), room: 'lobby', choice: 0 })
  expect(await asker.ended).toBe(0)
  server.type('EXIT')
  await server.ended
  expect((await performedTexts(data)).filter(text => text === 'Deploy 2.1? (yes / no)')).toHaveLength(1)
})

test.each(['throw new Error()', 'Promise.reject(new Error())', 'process.exit(0)'])(
  '[K9] `%s` ends as an error',
  fault => {
    const { href } = new URL('../../src/program/client/commands/ask/exits.ts', import.meta.url)
    const code = `import { guardExit } from '${href}'\nguardExit(process)\n${fault}`
    const { status } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code])
    expect(status).toBe(fault.includes('exit') ? 67 : 65)
  },
)

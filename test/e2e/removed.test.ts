/** A program whose member is removed from its room keeps its connection. It ends all the same, and says what happened. */
import { describe, expect, test } from 'vitest'
import { type Program, runClient, startClient, startClientIn, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const ROOM = ['--name', 'ci', '--room', 'ops']
const TO_COME_BACK = 'Ask those who keep order there, or start again to come back.'

const ACTS = [
  ['KICK ci in ops too loud', 5, `The host kicked ci out of #ops (too loud). ${TO_COME_BACK}`],
  [
    'BAN ci in ops for 10m too loud',
    4,
    'The host banned ci from #ops for 10 min (too loud). Ask those who keep order there, or use another room.',
  ],
] as const

/** A server, and José in #ops, who hears `ci` come. */
async function site() {
  const server = await startServer('--rate', 'off')
  const jose = await dialNative(server.port, 'José')
  const send = (command: object): void => jose.send(`${JSON.stringify(command)}\n`)
  send({ type: 'join', room: 'ops' })
  await jose.heard.has('"type":"room","seq"')
  let joined = 0
  return {
    ...{ server, jose, send },
    /** `rxchat` as `ci`, once it's in the room. */
    async begin(...args: readonly string[]): Promise<Program> {
      const program = startClient(...args, ...(args[0] === 'wait' ? ['--server', server.address] : []))
      joined += 1
      await jose.heard.until(text => text.split('"type":"joined"').length > joined, 'ci')
      return program
    },
  }
}

test.each([
  ['wait', ['wait', 'deploy', ...ROOM]],
  ['wait with a time', ['wait', 'deploy', ...ROOM, '--timeout', '1h']],
  ['--follow', ['--follow', ...ROOM]],
  ['--json', ['--json', ...ROOM]],
  ['--exec', ['--exec', 'cat > /dev/null', ...ROOM]],
  ['a pipe', ROOM],
  ['--live', ['--live', ...ROOM]],
  ['--cursor', ['--cursor', 'etl', '--exec', 'cat > /dev/null', ...ROOM]],
] as const)('[K11] %s ends with 5 after a kick from its room, and with 4 after a ban', async (mode, args) => {
  const { server, begin } = await site()
  for (const [act, code, words] of ACTS) {
    const program = await begin(...(args[0] === 'wait' ? args : [server.address, ...args]))
    if (mode === '--cursor') await program.errors.has('are handled here')
    server.type(act)
    expect(await program.ended).toBe(code)
    expect(program.errors.text).toContain(words)
    expect(program.errors.text).not.toMatch(/in time|another program/)
  }
})

test('[K11] ask ends with 69 after a kick from its room, and with 68 after a ban, whatever its time', async () => {
  const { server, begin } = await site()
  for (const [act, code, words] of ACTS) {
    const asker = await begin('ask', 'Deploy 2.1?', 'yes', 'no', '--server', server.address, '--timeout', '1h', ...ROOM)
    const seq = await asker.errors.until(text => /question (\d+) in #ops/.exec(text)?.[1], 'the question')
    server.type(act)
    expect(await asker.ended).toBe(64 + code)
    expect(asker.errors.lines.at(-1)).toBe(`rxchat: ${words} Question ${seq} stays open.`)
    expect(asker.out.text).toBe('')
  }
})

test('[K11] a bot that is in another room goes on there', async () => {
  const { server, send, begin, jose } = await site()
  const bot = await begin(server.address, '--exec', `echo '{"type":"join","room":"a-b"}'; cat >&2`, ...ROOM)
  await bot.errors.has('"room":"a-b"')
  server.type('KICK ci in ops')
  await bot.errors.has('"type":"parted"')
  send({ type: 'join', room: 'a-b' })
  await jose.heard.has('"room":"a-b"')
  send({ type: 'say', room: 'a-b', text: 'still there?' })
  await bot.errors.has('still there?')
  expect(bot.errors.text).not.toContain('rxchat:')
  bot.child.kill('SIGTERM')
  expect(await bot.ended).toBe(0)
})

test('[CU3] [K11] the holder of a cursor and the program that waits for it end, without a word of another program', async () => {
  const { server } = await site()
  const env = { XDG_STATE_HOME: temporaryFolder() }
  expect(await runClient([server.address, '--name', '田中', '--register'], '', env)).toMatchObject({ code: 0 })
  const how = [server.address, '--name', '田中', '--room', 'ops', '--cursor', 'etl', '--exec', 'cat > /dev/null']
  const holder = startClientIn(env, ...how)
  await holder.errors.has('are handled here')
  const second = startClientIn(env, ...how)
  await second.errors.has('Waiting for its turn')
  server.type('KICK 田中 in ops')
  expect([await holder.ended, await second.ended]).toEqual([5, 5])
  for (const { errors } of [holder, second]) {
    expect(errors.lines.at(-1)).toBe(`rxchat: The host kicked 田中 out of #ops. ${TO_COME_BACK}`)
    expect(errors.text).not.toContain('another program has it now')
  }
})

describe('[LV4] [LV8] the output of a command is not in the chat any more, and its exit code is its own', () => {
  test.each([
    ['MUTE ci in ops for 10m too loud', 'The host muted ci in #ops for 10 min (too loud). That ends live messages.'],
    ['DELETE NUMBER', 'Host deleted message NUMBER in #ops. Its output is gone.'],
    ['KICK ci in ops too loud', ACTS[0][2]],
    ['MODE moderated in ops', 'The host gave #ops the mode moderated'],
  ])('after %s', async (act, words) => {
    const { server, jose, begin } = await site()
    const command = ['sh', '-c', 'echo begun; read -r line; echo "$line"; exit 3']
    const live = await begin(server.address, '--live', '--title', 'nightly', ...ROOM, '--', ...command)
    const seq = await jose.heard.until(text => /"seq":(\d+)[^\n]*"text":"nightly"/.exec(text)?.[1], 'the message')
    await jose.heard.has(/"type":"growing"[^\n]*begun/)
    server.type(act.replace('NUMBER', seq))
    await live.errors.has('the output is not in the chat, or not all of it')
    live.type('go on')
    expect(await live.ended).toBe(3)
    expect(live.out.text).toBe('begun\ngo on\n')
    expect(live.errors.lines).toHaveLength(1)
    expect(live.errors.text).toContain(words.replace('NUMBER', seq))
    expect(live.errors.text).not.toContain('that grows')
  })
})

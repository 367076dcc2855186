// docs/scripting.md, run as a reader would: each block in a real shell, with the two commands on the PATH, against a
// real server. The results are read off the server's transcript, the shell's output and its exit code.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, onTestFailed, onTestFinished, test } from 'vitest'
import { Watched } from '../helpers/program.ts'
import { dial } from '../helpers/sockets.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = join(root, 'node_modules', 'node', 'bin', 'node')
const page = readFileSync(join(root, 'docs', 'scripting.md'), 'utf8')

/** ```sh blocks, each with the name in the comment above it. */
const blocks = [...page.matchAll(/(?:<!-- recipe: (\S+) -->\n)?```sh\n(.*?)```/gs)]
const recipes = new Map(blocks.map(([, name = '', text = '']) => [name, text]))

const scratch = mkdtempSync(join(tmpdir(), 'rxchat-recipes-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const commands = join(scratch, 'bin')
mkdirSync(commands)
for (const name of ['rxchat', 'rxchat-server']) symlinkSync(join(root, 'bin', `${name}.js`), join(commands, name))

const env = { ...process.env, PATH: [commands, dirname(node), process.env['PATH']].join(':'), LANG: 'C.UTF-8' }

type Shell = ReturnType<typeof shell>

/** The plainest shell there is: a script that runs in dash runs in every `sh`. */
const posixShell = ['/bin/dash', '/usr/bin/dash'].find(existsSync) ?? 'sh'

/** A shell with all that it starts, which ends with the test. */
function shell(script: string, folder: string, more: NodeJS.ProcessEnv = {}) {
  const child = spawn(posixShell, ['-c', script], {
    cwd: folder,
    env: { ...env, ...more },
    detached: true,
    stdio: 'pipe',
  })
  const [out, errors] = [new Watched(), new Watched()]
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.add(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.add(text))
  child.stdin.on('error', () => {})
  const exit = once(child, 'close').then(([code]) => {
    out.end()
    errors.end()
    return code as number | null
  })
  onTestFailed(() => console.warn([script, '── stdout', out.text, '── stderr', errors.text].join('\n')))
  onTestFinished(async () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {} // all of it has ended already
    await exit
  })
  const type = (line: string): void => void child.stdin.write(`${line}\n`)
  return { out, errors, exit, type, pid: child.pid ?? 0 }
}

const portIn = (out: Watched) => out.until(text => /Chat running localhost:(\d+)\n/.exec(text)?.[1])

/** A server with its console. `room` is its transcript, of all rooms. */
async function serve(port = '0') {
  const server = shell(`exec rxchat-server --port ${port}`, scratch)
  const found = await portIn(server.out)
  return { room: server.out, host: server.type, port: found, exit: server.exit }
}

/** Somebody who enters and stays, speaking the native protocol. */
async function enter(port: string, name: string, room = 'lobby') {
  const { heard, send } = await dial(Number(port))
  const command = (command: object) => send(`${JSON.stringify(command)}\n`)
  command({ type: 'hello', name, room })
  await heard.has('"type":"room"')
  return { heard, say: (text: string) => command({ type: 'say', text, room }) }
}

function folder() {
  const path = mkdtempSync(join(scratch, 'in-'))
  return { path, write: (name: string, text: string) => writeFileSync(join(path, name), text, { mode: 0o755 }) }
}

/** Runs a recipe where the page's server is the one at `port`. */
const run = (name: string, port: string, where = folder().path, more: NodeJS.ProcessEnv = {}) =>
  shell((recipes.get(name) ?? 'exit 99').replace(/localhost([: ])3001/g, `localhost$1${port}`), where, more)

const linesIn = (path: string): readonly string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : []

/** Asks a bot until it answers: it may not be there yet. */
async function answers(name: string) {
  const { room, port } = await serve()
  run(name, port)
  await room.has(/\[\*\] clerk entered\./)
  const alice = await enter(port, 'alice')
  alice.say('!uptime')
  await room.has(/clerk > up for \d+ seconds\n/)
  alice.say('how long? !uptime')
  alice.say('!uptime')
  await room.has(/(clerk > up for \d+ seconds\n[\s\S]*){2}/)
  expect(room.text.match(/clerk >/g)).toHaveLength(2)
}

/** The results of each recipe. */
const outcomes: Record<string, () => Promise<void>> = {
  async ci() {
    const { room, host, port, exit } = await serve()
    const build = run('ci', port)
    expect(await build.exit).toBe(0)
    expect(build.out.text).toBe('and everybody knows it\n')
    await room.has(/\[\*\] ci entered\.[\s\S]*\] ci > build 214 passed\n[\s\S]*\[\*\] ci exited\./)
    await enter(port, 'ci')
    const refused = run('ci', port)
    expect(await refused.exit).toBe(4)
    expect(refused.out.text).toBe('')
    expect(refused.errors.text).toMatch(/^rxchat: The name is taken by .*\n$/)
    host('EXIT')
    await exit
    const alone = run('ci', port)
    expect(await alone.exit).toBe(3)
    expect(alone.errors.text).toBe(
      `rxchat: nothing listens at localhost:${port}. Is the server running, and is this its port?\n`,
    )
  },

  async announce() {
    const { room, port } = await serve()
    expect(await run('announce', port).exit).toBe(3)
    await room.has(/\] builder > sh has ended with exit code 3\n/)
  },

  async live() {
    const { room, port } = await serve()
    const build = run('live', port)
    expect(await build.exit).toBe(0)
    expect(build.out.text).toBe('compiling\nall fine\n')
    await room.has(/\] ci > nightly\n[\s\S]*of ci ended with status 0/)
  },

  async log() {
    const { room, port } = await serve()
    const { path, write } = folder()
    write('app.log', 'before\n')
    run('log', port, path)
    await room.has(/\[\*\] logs entered #ops\./)
    appendFileSync(join(path, 'app.log'), 'disk full\nand so on\n')
    await room.has(/\] #ops logs > disk full\n.*\] #ops logs > and so on\n/)
    expect(room.text).not.toContain('before')
  },

  async heartbeat() {
    const { room, port } = await serve()
    run('heartbeat', port)
    await room.has(/\] heartbeat > load: [\d.]+ [\d.]+ [\d.]+\n/)
  },

  async fast() {
    const { room, port } = await serve()
    const counting = run('fast', port)
    expect(await counting.exit).toBe(0)
    expect(counting.errors.text).toBe('')
    await room.has(/\[\*\] counter exited/)
    const said = [...room.text.matchAll(/counter > (\d+)\n/g)].map(([, number]) => Number(number))
    expect(said).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
  },

  async lines() {
    const { port } = await serve()
    const alice = await enter(port, 'alice')
    expect(await run('lines', port).exit).toBe(0)
    await alice.heard.has(/"from":"lister","text":"What is open:\\n- the door\\n- the window"/)
  },

  async tell() {
    const { port } = await serve()
    const nobody = run('tell', port)
    expect(await nobody.exit).toBe(6)
    expect(nobody.errors.text).toMatch(/^rxchat: There is nobody called alice/)
    const alice = await enter(port, 'alice')
    const bob = await enter(port, 'bob')
    expect(await run('tell', port).exit).toBe(0)
    await alice.heard.has(/"type":"told",.*"from":"ci","to":"alice","text":"your build is done"/)
    await bob.heard.has(/"type":"quit",.*"name":"ci"/)
    expect(bob.heard.text).not.toContain('your build')
  },

  async topic() {
    const { room, port } = await serve()
    const alice = await enter(port, 'alice', 'ops')
    expect(await run('topic', port).exit).toBe(0)
    await alice.heard.has(/"type":"topic",.*"room":"ops","topic":"main is red","by":"ci"/)
    await room.has(/ci set the topic of #ops: main is red/)
  },

  async name() {
    const { room, port } = await serve()
    expect(await run('name', port).exit).toBe(0)
    await room.has(/nightly > started\n[\s\S]*nightly exited[\s\S]*nightly > finished\n/)
  },

  async retry() {
    const { room, port } = await serve()
    expect(await run('retry', port).exit).toBe(0)
    await room.has(/\] backup > backup done\n/)
    const blocker = await enter(port, 'backup')
    const trying = run('retry', port)
    await trying.errors.has(/The name is taken by/)
    expect(blocker.heard.text).not.toMatch(/"type":"said".*backup done/)
  },

  async ring() {
    const { room, port } = await serve()
    const ears = run('ring', port)
    await room.has(/ears entered/)
    const alice = await enter(port, 'alice')
    alice.say('lunch?')
    alice.say('first deploy')
    alice.say('then lunch')
    alice.say('deploy again')
    await ears.out.has(/deploy again\n/)
    expect(ears.out.text.replace(/\d\d:\d\d:\d\d/g, 'time')).toBe(
      '\u{7}[time] alice > first deploy\n\u{7}[time] alice > deploy again\n',
    )
  },

  async json() {
    const { room, port } = await serve()
    const scribe = run('json', port)
    await room.has(/scribe entered/)
    const alice = await enter(port, 'alice')
    alice.say('a "quoted" word')
    await scribe.out.has(/^\d{4}-\d\d-\d\dT[\d:.]+Z alice a "quoted" word\n$/)
  },

  async next() {
    const { room, port } = await serve()
    const ears = run('next', port)
    await room.has('ears entered')
    const alice = await enter(port, 'alice')
    alice.say('one')
    await ears.out.has('"text":"one"')
    // The pipe has no reader now, which the next line finds out.
    alice.say('two')
    expect(await ears.exit).toBe(0)
    expect(ears.out.text).not.toContain('two')
    expect(ears.errors.text).toBe('')
    // It has left, and its name is free at once.
    run('next', port)
    await room.has(/ears exited\.[\s\S]*ears entered/)
  },

  async 'next-exec'() {
    const { room, port } = await serve()
    const { path } = folder()
    const ears = run('next-exec', port, path)
    await room.has('ears entered')
    const alice = await enter(port, 'alice')
    alice.say('enough')
    expect(await ears.exit).toBe(0)
    expect(readFileSync(join(path, 'said.json'), 'utf8')).toMatch(
      /^\{"type":"said",.*"text":"enough","id":"[^"]+"\}\n$/,
    )
  },

  async wait() {
    const { room, port } = await serve()
    const waiting = run('wait', port)
    await room.has(/doorman entered/)
    await enter(port, 'bob')
    expect(waiting.out.text).toBe('')
    await enter(port, 'alice')
    expect(await waiting.exit).toBe(0)
    expect(waiting.out.text).toBe('alice is here\n')
    expect(await run('wait', port).exit).toBe(0)
  },

  async who() {
    const { port } = await serve()
    await enter(port, 'alice')
    await enter(port, 'Łukasz')
    const census = run('who', port)
    expect(await census.exit).toBe(0)
    expect(census.out.text.trim().split('\n').sort()).toEqual(['alice', 'census', 'Łukasz'])
  },

  async since() {
    const { room, port } = await serve()
    const { path } = folder()
    const alice = await enter(port, 'alice')
    alice.say('one')
    alice.say('two "quoted"')
    await room.has('two')
    const first = run('since', port, path)
    expect(await first.exit).toBe(0)
    expect(first.out.text).toBe('alice said: one\nalice said: two "quoted"\n')
    alice.say('three')
    await room.has('three')
    const second = run('since', port, path)
    expect(await second.exit).toBe(0)
    expect(second.out.text).toBe('alice said: three\n')
    const third = run('since', port, path)
    expect(await third.exit).toBe(0)
    expect([third.out.text, third.errors.text]).toEqual(['', ''])
  },

  async digest() {
    const { room, port } = await serve()
    const alice = await enter(port, 'alice')
    const bob = await enter(port, 'bob')
    alice.say('one')
    bob.say('"type":"said" "from":"mallory"')
    alice.say('two')
    await room.has('two')
    const digest = run('digest', port)
    expect(await digest.exit).toBe(0)
    expect(digest.out.text).toMatch(/^ *2 alice\n *1 bob\n$/)
  },

  async search() {
    const { room, port } = await serve()
    const nothing = run('search', port)
    expect(await nothing.exit).toBe(0)
    expect(nothing.out.text).toBe('')
    const alice = await enter(port, 'alice')
    alice.say('The deploy of build 214 FAILED')
    await room.has('FAILED')
    const found = run('search', port)
    expect(await found.exit).toBe(0)
    expect(found.out.text).toBe('there was a failed deploy\n')
  },

  async delete() {
    const { room, port } = await serve()
    const alice = await enter(port, 'alice')
    const slip = run('delete', port)
    expect(await slip.exit).toBe(0)
    expect(slip.errors.text).toBe('')
    await room.has(/ci > the password is hunter2\n[\s\S]*\[\*\] ci deleted message \d+\./)
    await alice.heard.has(
      /"type":"said","seq":(\d+),.*hunter2","id":"[^"]+"\}\n.*"type":"deleted",.*"target":\1,"by":"ci"/,
    )
    const bob = await enter(port, 'bob')
    await bob.heard.has(/"type":"history",.*"from":"ci","deleted":true/)
  },

  'bot-sh': () => answers('bot-sh'),
  'bot-python': () => answers('bot-python'),

  async kept() {
    const { path, write } = folder()
    write('bot.sh', '#!/bin/sh\nexec cat > /dev/null\n')
    const first = await serve()
    const bot = run('kept', first.port, path)
    await first.room.has(/clerk entered/)
    first.host('EXIT')
    await first.exit
    await bot.errors.has(/shutting down\. Trying again…\n/)
    const second = await serve(first.port)
    await bot.errors.has(/Connected again/)
    second.host('KICK clerk enough')
    expect(await bot.exit).toBe(0)
    expect(bot.errors.text).toMatch(/You have been kicked out by Host: enough\.\n$/)
  },

  async lab() {
    const { port } = await serve()
    const alice = await enter(port, 'alice')
    for (let k = 0; k < 30; k++) alice.say(k % 3 === 0 ? '!up' : `message ${k}`)
    await alice.heard.has('"text":"message 29"')
    const lab = run('lab', port)
    expect(await lab.exit).toBe(1)
    expect(lab.errors.text).toBe('')
    expect(lab.out.text).toMatch(
      /✗ It answered the past .*\n +\d+ {2}[\d:]+ {2}alice in lobby: !up\n +→ {"type":"say","text":"I am up"}\n/,
    )
    expect(lab.out.text).toContain('Again: rxchat test ./up.sh day.ndjson --seed 7\n')
  },

  async bridge() {
    const { room, port } = await serve()
    run('bridge', port)
    await room.has(/ears entered/)
    await room.has(/mouth entered/)
    const alice = await enter(port, 'alice', 'ops')
    const bob = await enter(port, 'bob')
    bob.say('hello lobby')
    alice.say('disk full')
    await bob.heard.has(/"from":"mouth","text":"alice in ops: disk full"/)
    await room.has('mouth > alice in ops: disk full')
    expect(room.text.match(/mouth >/g)).toHaveLength(1)
  },

  async mcp() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const agent = run('mcp', port, undefined, { RXCHAT_TOKEN: TOKEN })
    expect(await agent.exit).toBe(0)
    const spoken = { id: 2, result: { structuredContent: { from: 'ci', room: 'lobby' } } }
    expect(JSON.parse(agent.out.text)).toMatchObject(spoken)
    await room.has('ci > the agent is here')
  },

  async netcat() {
    const { room, port } = await serve()
    const carol = run('netcat', port)
    expect(await carol.exit).toBe(0)
    expect(carol.out.text).toContain('Welcome, carol.')
    await room.has(/\] carol > hello from netcat\n[\s\S]*carol exited/)
  },

  async 'netcat-json'() {
    const { room, port } = await serve()
    const zoe = run('netcat-json', port)
    expect(await zoe.exit).toBe(0)
    expect(zoe.out.text).toBe('acknowledged\n')
    await room.has(/\] zoe > hi\n[\s\S]*zoe exited/)
  },

  async curl() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const said = run('curl', port, undefined, { TOKEN })
    expect(await said.exit).toBe(0)
    expect(JSON.parse(said.out.text)).toMatchObject({ seq: expect.any(Number), room: 'lobby', from: 'ci' })
    await room.has(/\] ci > build 214 passed\n/)
    const refused = run('curl', port, undefined, { TOKEN: 'guess' })
    expect(await refused.exit).toBe(22)
    expect(refused.out.text).toContain('TOKEN ADD')
  },

  async 'curl-live'() {
    const { room, port, host } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const live = run('curl-live', port, undefined, { TOKEN })
    expect(await live.exit, live.errors.text).toBe(0)
    expect(live.out.text).toBe('compiled\ntested\n')
  },

  async 'curl-once'() {
    const { path } = folder()
    const begin = (at: string) => {
      const server = shell(`exec rxchat-server --host 127.0.0.1 --port ${at} --data ${path}`, scratch)
      return { ...server, port: server.out.until(text => /Chat running 127\.0\.0\.1:(\d+)\n/.exec(text)?.[1]) }
    }
    const first = begin('0')
    const port = await first.port
    const TOKEN = await tokenFrom(first.out, first.type)
    expect(await run('curl-once', port, undefined, { TOKEN }).exit).toBe(0)
    first.type('EXIT')
    await first.exit
    const again = run('curl-once', port, undefined, { TOKEN })
    await again.errors.has(/refused|connect/)
    const second = begin(port)
    await second.port
    expect(await again.exit).toBe(0)
    second.type('HISTORY')
    second.type('SAY that was all')
    await second.out.has('that was all')
    expect(second.out.text.match(/build 214 passed/g)).toHaveLength(1)
  },

  async 'hook-in'() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const sent = run('hook-in', port, undefined, { TOKEN })
    expect(await sent.exit).toBe(0)
    await room.has(/\] ci > disk full\n[^\n]*\] ci > 🟠 \*\*⚠️ Backup\*\*\n[^\n]*took 180 minutes\n/)
    const refused = run('hook-in', port, undefined, { TOKEN: 'guess' })
    expect(await refused.exit).toBe(22)
    expect(refused.out.text).toContain('TOKEN ADD')
  },

  async ask() {
    const { room, port } = await serve()
    const deploys = run('ask', port)
    await room.has('Deploy 2.1?')
    const alice = await enter(port, 'alice')
    alice.say('yes')
    expect(await deploys.exit).toBe(0)
    expect(deploys.out.text).toBe('alice: yes\ndeploying\n')
    const stays = run('ask', port)
    await room.has(/Deploy 2\.1\?[\s\S]*Deploy 2\.1\?/)
    alice.say('No')
    expect(await stays.exit).toBe(1)
    expect(stays.out.text).toBe('alice: no\n')
    expect(await run('ask', '1').exit).toBe(67)
  },

  async 'ask-which'() {
    const { room, port } = await serve()
    const asked = run('ask-which', port)
    await room.has('Roll back 214?')
    const alice = await enter(port, 'alice')
    alice.say('later')
    expect(await asked.exit).toBe(0)
    expect(asked.out.text).toBe('alice: later\nasking again tomorrow\n')
    const unasked = run('ask-which', '1')
    expect(await unasked.exit).toBe(1)
    expect(unasked.out.text).toBe('nobody was asked\n')
  },

  async 'ask-key'() {
    const { room, port } = await serve()
    const alice = await enter(port, 'alice')
    const first = run('ask-key', port)
    await room.has('Deploy 2.1?')
    alice.say('yes')
    for (const one of [first, run('ask-key', port)]) {
      expect(await one.exit).toBe(0)
      expect(one.out.text).toBe('alice: yes\ndeploying\n')
    }
    expect(room.text.match(/Deploy 2\.1\?/g)).toHaveLength(1)
  },

  async 'ask-json'() {
    const { room, port } = await serve()
    const asked = run('ask-json', port)
    await room.has('Which colour?')
    const alice = await enter(port, 'alice')
    alice.say('GREEN')
    expect(await asked.exit).toBe(0)
    expect(asked.out.text).toBe('alice chose green\n')
  },

  async 'poll-curl'() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const poll = run('poll-curl', port, undefined, { TOKEN })
    await room.has('Lunch?')
    for (const [name, word] of [
      ['alice', 'rice'],
      ['bob', 'soup'],
    ] as const) {
      const one = await enter(port, name)
      one.say(word)
    }
    expect(await poll.exit).toBe(0)
    expect(poll.out.text).toBe('"counts":[1,1]\n')
  },

  async 'curl-read'() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const alice = await enter(port, 'alice')
    for (const text of ['the deploy has failed', 'tea?', 'no deploy failed today']) alice.say(text)
    await room.has(/no deploy failed today/)
    const read = run('curl-read', port, undefined, { TOKEN })
    expect(await read.exit).toBe(0)
    const [rooms = '', found = ''] = read.out.text.split('\n')
    expect(JSON.parse(rooms)).toEqual({ rooms: [{ room: 'lobby', members: 1, topic: null }] })
    expect(JSON.parse(found)).toMatchObject({
      messages: [{ from: 'alice', text: 'the deploy has failed' }, { text: 'no deploy failed today' }],
      more: false,
    })
  },

  async cursor() {
    const { room, port } = await serve()
    const { path } = folder()
    const alice = await enter(port, 'alice')
    for (const text of ['one', 'two "seq":7', 'three']) alice.say(text)
    await room.has('three')
    const first = run('cursor', port, path)
    const handled = (): readonly string[] => linesIn(join(path, 'handled'))
    await expect.poll(handled).toHaveLength(3)
    alice.say('four')
    await expect.poll(handled).toHaveLength(4)
    expect(first.errors.text).toMatch(/cursor tickets: the messages after 0 are handled here\./)
    expect(handled().map(Number)).toEqual(
      handled()
        .map(Number)
        .toSorted((a, b) => a - b),
    )
  },

  async 'cursor-lasting'() {
    const { room, port } = await serve()
    const { path } = folder()
    const alice = await enter(port, 'alice')
    for (const text of ['one', 'two']) alice.say(text)
    await room.has('two')
    run('cursor-lasting', port, path)
    await expect.poll(() => linesIn(join(path, 'said'))).toEqual(['one', 'two'])
  },

  async cursors() {
    const { room, port } = await serve()
    const { path } = folder()
    const alice = await enter(port, 'alice')
    alice.say('one')
    await room.has('one')
    const etl = shell(
      `exec rxchat localhost:${port} --name etl --cursor tickets --since 0 --exec 'cat > /dev/null'`,
      path,
    )
    await etl.errors.has('are handled here')
    process.kill(etl.pid, 'SIGTERM')
    expect(await etl.exit).toBe(0)
    const listed = run('cursors', port, path)
    expect(await listed.exit).toBe(0)
    expect(listed.out.text).toMatch(
      /^number +owner +name +room +place +lag +holder +waiting\n\d+ +etl +tickets +#lobby +\d+ +\d +- +0\n$/,
    )
  },

  async 'cursor-curl'() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const alice = await enter(port, 'alice')
    for (const text of ['one', 'two']) alice.say(text)
    await room.has('two')
    const first = run('cursor-curl', port, undefined, { TOKEN })
    expect(await first.exit).toBe(0)
    const again = run('cursor-curl', port, undefined, { TOKEN })
    expect(await again.exit).toBe(0)
    const seqs = [first, again].map(({ out }) => Number(/^handled (\d+)\n$/.exec(out.text)?.[1]))
    expect(seqs[1]).toBe((seqs[0] ?? 0) + 1)
  },

  async 'wait-word'() {
    const { room, port } = await serve()
    const waiting = run('wait-word', port)
    await room.has(/waiter entered/)
    const [bob, alice] = [await enter(port, 'bob'), await enter(port, 'alice')]
    bob.say('deploy it')
    alice.say('do not')
    alice.say('Deploy it, please')
    expect(await waiting.exit).toBe(0)
    expect(waiting.out.text).toMatch(/^\[\S+\] alice > Deploy it, please\nalice said it\n$/)
  },

  async 'curl-events'() {
    const { room, host, port } = await serve()
    const TOKEN = await tokenFrom(room, host)
    const events = run('curl-events', port, undefined, { TOKEN })
    await events.out.has(/"type":"welcome"/)
    const alice = await enter(port, 'alice')
    alice.say('hello curl')
    await events.out.has(/"text":"hello curl"/)
    expect(events.out.lines.map(line => JSON.parse(line).type)).toEqual(['welcome', 'joined', 'said'])
  },

  async hook() {
    const server = shell('exec rxchat-server --ephemeral --port 0 --allow-private-hooks', scratch)
    const port = await portIn(server.out)
    const receiver = await freePort()
    server.type(`HOOK ADD http://127.0.0.1:${receiver}/in`)
    const SECRET = await server.out.until(text => /^(whsec_\S+)$/m.exec(text)?.[1])
    const alice = await enter(port, 'alice')
    alice.say('nobody listens yet')
    await server.out.has('nobody listens yet')
    const genuine = run('hook', port, undefined, { SECRET, PORT: `${receiver}` })
    alice.say('and now')
    await genuine.out.has(/^nobody listens yet\nand now\n/)
  },

  async console() {
    const server = run('console', '', folder().path, { RXCHAT_PORT: '0' })
    expect(await server.exit).toBe(0)
    expect(server.out.text).toMatch(/^#+\nChat running localhost:\d+\n[\s\S]*\n#+\nUSERS: \[Host\]\n$/)
    expect(server.errors.text).toBe('')
  },

  fifo: () => throughFifo(() => Promise.resolve()),

  kick: () =>
    throughFifo(async ({ path, port, transcript }) => {
      const mallory = await enter(port, 'mallory')
      await transcript.out.has(/mallory entered/)
      expect(await run('kick', port, path).exit).toBe(0)
      await mallory.heard.has(/"type":"closed","code":"kicked","message":"You have been kicked out by Host: spam\./)
      await transcript.out.has(/mallory has been kicked out\. \(spam\)/)
    }),

  async throwaway() {
    const testing = run('throwaway', '')
    expect(await testing.exit).toBe(0)
    expect(testing.out.text).toMatch(/Chat running 127\.0\.0\.1:\d+\n[\s\S]*\] tester > hello\n[\s\S]*tester exited/)
  },
}

/** A token that the host gives to a script. */
async function tokenFrom(out: Watched, type: (line: string) => void) {
  type('TOKEN ADD ci')
  return out.until(text => /^(rxchat_\w+)$/m.exec(text)?.[1])
}

/** One that nobody listens on. */
const freePort = () =>
  new Promise<number>(resolve => {
    const taken = createServer().listen(0, '127.0.0.1', () => {
      const { port } = taken.address() as AddressInfo
      taken.close(() => resolve(port))
    })
  })

type Console = { readonly path: string; readonly port: string; readonly transcript: Shell }

async function throughFifo(then: (console: Console) => Promise<void>) {
  const { path } = folder()
  const server = run('fifo', '', path, { RXCHAT_PORT: '0' })
  const transcript = shell('until [ -s transcript.log ]; do sleep 0.05; done; tail -n +1 -f transcript.log', path)
  const port = await portIn(transcript.out)
  await transcript.out.has(/\] Host > Tea is ready\.\n/)
  await then({ path, port, transcript })
  expect(await shell('echo EXIT > console', path).exit).toBe(0)
  expect(await server.exit).toBe(0)
}

const NEEDS: Record<string, readonly string[]> = {
  nc: ['netcat', 'netcat-json'],
  python3: ['bot-python'],
  curl: ['curl', 'curl-live', 'curl-once', 'curl-read', 'curl-events', 'cursor-curl', 'hook-in', 'poll-curl'],
}

function missing(name: string) {
  const [program] = Object.entries(NEEDS).find(([, names]) => names.includes(name)) ?? []
  return program !== undefined && spawnSync('bash', ['-c', `command -v ${program}`]).status !== 0 ? program : undefined
}

describe('every recipe of docs/scripting.md does what it says', () => {
  test('each block has a name, and each is run', () => {
    expect(blocks.length).toBeGreaterThan(10)
    expect(blocks.map(([, name]) => name).toSorted()).toEqual(Object.keys(outcomes).toSorted())
  })

  for (const [name, outcome] of Object.entries(outcomes)) {
    const program = missing(name)
    if (program) console.warn(`Skipped: the recipe "${name}" needs ${program} (apt-get install netcat-openbsd python3)`)
    test.skipIf(program !== undefined)(name, outcome)
  }
})

/**
 * Records a data directory of a server from before accounts (commit 0298a37), as SQL text:
 *
 *     git worktree add /tmp/before 0298a37 && (cd /tmp/before && npm ci)
 *     node test/replay/record-before-accounts.ts /tmp/before
 *
 * The story has a clean stop, which leaves a snapshot, then a kill, which leaves inputs behind it.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The tokens that the guests made, by which they resume: test/replay/before-accounts.test.ts. */
const TOKENS = { 田中: '田中'.padEnd(40, '-'), 'Spider-Man': 'spider'.padEnd(40, '-'), 李: 'plum'.padEnd(40, '-') }

const [before = ''] = process.argv.slice(2)
const data = mkdtempSync(join(tmpdir(), 'before-accounts-'))

/** Text that grows; `has` resolves when `what` is in it. */
function watched(source: NodeJS.ReadableStream) {
  let text = ''
  const waits = new Set<() => void>()
  source.setEncoding('utf8').on('data', (more: string) => {
    text += more
    for (const look of [...waits]) look()
  })
  const has = (what: string): Promise<void> =>
    new Promise(resolve => {
      const look = (): void => {
        if (!text.includes(what)) return
        waits.delete(look)
        resolve()
      }
      waits.add(look)
      look()
    })
  return { has, text: () => text }
}

async function serve() {
  const flags = ['--port', '0', '--host', '127.0.0.1', '--data', data, '--grace', '1', '--plain']
  const child = spawn(process.execPath, [join(before, 'bin', 'rxchat-server.js'), ...flags])
  const out = watched(child.stdout)
  await out.has('Chat running')
  await out.has('####\n')
  const port = Number(/Chat running \S+:(\d+)/.exec(out.text())?.[1])
  return { child, out, port, ended: once(child, 'close'), type: (line: string) => child.stdin.write(`${line}\n`) }
}

type Served = Awaited<ReturnType<typeof serve>>

function dial({ port }: Served, first: string) {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  const heard = watched(socket)
  const send = (what: object): boolean => socket.write(`${JSON.stringify(what)}\n`)
  socket.write(`${first}\n`)
  return { socket, heard, send }
}

async function enter(server: Served, name: keyof typeof TOKENS, room = 'lobby') {
  const dialled = dial(server, JSON.stringify({ type: 'hello', name, room, token: TOKENS[name] }))
  await dialled.heard.has('"type":"room"')
  return dialled
}

async function firstRun(): Promise<void> {
  const server = await serve()
  const tanaka = await enter(server, '田中')
  const spider = await enter(server, 'Spider-Man')
  const blue = dial(server, 'Mr.Blue')
  await blue.heard.has('In #lobby')
  tanaka.send({ type: 'join', room: 'ops', n: 1 })
  tanaka.send({ type: 'topic', room: 'ops', topic: 'what runs', n: 2 })
  tanaka.send({ type: 'say', room: 'ops', text: 'in ops, before', n: 3 })
  tanaka.send({ type: 'tell', to: 'Spider-Man', text: 'for you alone, before', n: 4 })
  spider.send({ type: 'say', text: 'in the lobby, before', n: 1 })
  spider.send({ type: 'say', text: 'taken back', n: 2 })
  spider.send({ type: 'delete', n: 3 })
  blue.socket.write('by line, before\n')
  await Promise.all([tanaka.heard.has('by line, before'), spider.heard.has('"n":3'), tanaka.heard.has('"n":4')])
  server.type('TOKEN ADD ci --room ops')
  await server.out.has('TOKEN: ')
  server.type('EXIT')
  await server.ended
}

async function secondRun(): Promise<void> {
  const server = await serve()
  const [tanaka, spider] = [await enter(server, '田中'), await enter(server, 'Spider-Man')]
  const plum = await enter(server, '李')
  plum.send({ type: 'say', text: 'soon away', n: 1 })
  await plum.heard.has('"n":1')
  plum.socket.destroy()
  await server.out.has('李 exited')
  spider.send({ type: 'nick', name: 'Mr.Blue', n: 4 })
  spider.send({ type: 'say', text: 'in the lobby, after a restart', n: 5 })
  await Promise.all([tanaka.heard.has('after a restart'), spider.heard.has('"n":5')])
  server.child.kill('SIGKILL')
  await server.ended
  for (const { socket } of [tanaka, spider]) socket.destroy()
}

/** The file as statements that make it again. */
function dump(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true })
  const quoted = (value: unknown): string => {
    if (value === null) return 'NULL'
    if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`
    return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
  }
  const pragma = (name: string): string =>
    `PRAGMA ${name} = ${Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]};`
  const made = db.prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY rowid').all()
  const lines = made.flatMap(({ type, name, sql }) => {
    const rows = type === 'table' ? db.prepare(`SELECT * FROM ${name}`).all() : []
    return [`${sql};`, ...rows.map(row => `INSERT INTO ${name} VALUES (${Object.values(row).map(quoted).join(', ')});`)]
  })
  const text = [pragma('application_id'), 'PRAGMA journal_mode = WAL;', ...lines, pragma('user_version')].join('\n')
  db.close()
  return text
}

await firstRun()
await secondRun()
const head =
  '-- A data directory of commit 0298a37, from before accounts. Made by record-before-accounts.ts, never changed.'
writeFileSync(new URL('before-accounts.sql', import.meta.url), `${head}\n${dump(join(data, 'journal.db'))}\n`)
rmSync(data, { recursive: true })

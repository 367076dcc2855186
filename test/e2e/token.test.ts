/** Scripts and their names: a token speaks for any number at once, and a refusal names the holder of a name. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeCertificate } from '../../src/transport/tls/certificate.ts'
import { type RunningServer, runClient, startClient, startClientIn, startServer } from '../helpers/program.ts'
import { dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

async function tokenOf(server: RunningServer, asked = 'ci'): Promise<string> {
  server.type(`TOKEN ADD ${asked}`)
  return await server.out.until(text => /^(rxchat_\w+)$/m.exec(text)?.[1])
}

const said = (server: RunningServer, from: string): readonly string[] =>
  [...server.out.text.matchAll(new RegExp(`${from} > (.*)$`, 'gm'))].map(([, text = '']) => text).sort()

test('[A9] four pipes with one token speak at once: each line is said once, under the name of the token', async () => {
  const server = await startServer('--ephemeral')
  const token = await tokenOf(server)
  const runs = await Promise.all(
    [1, 2, 3, 4].map(pipe => runClient([server.address, '--token', token], `${pipe} one\n${pipe} two\u2028three\n`)),
  )
  for (const run of runs) expect(run).toEqual({ code: 0, stdout: '', stderr: '' })
  server.type('SAY that is all')
  await server.out.has('that is all')
  expect(said(server, 'ci')).toHaveLength(12)
})

test('[A9] RXCHAT_TOKEN with --json, --since and --follow hears what others say, and says', async () => {
  const server = await startServer('--ephemeral')
  const token = await tokenOf(server)
  const alice = await dialNative(server.port, 'alice')
  alice.send('{"type":"say","text":"before"}\n')
  await alice.heard.has('"text":"before"')
  const past = await runClient([server.address, '--since', '1h'], '', { RXCHAT_TOKEN: token })
  expect(past).toMatchObject({ code: 0, stderr: '' })
  expect(past.stdout).toMatch(/^\[\d\d:\d\d:\d\d\] alice > before\n$/)
  const bot = startClient(server.address, '--token', token, '--json')
  await bot.out.has('"type":"welcome"')
  alice.send('{"type":"say","text":"now"}\n')
  await bot.out.has('"text":"now"')
  bot.type('{"type":"say","text":"heard"}')
  await alice.heard.has('"from":"ci","text":"heard"')
  bot.type('{"type":"nick","name":"other"}')
  await bot.errors.has('A token can only send and read messages. "nick" needs a member: leave out --token.')
  bot.hush()
  expect(await bot.ended).toBe(6)
})

test('[A9] a token that is not known, or may not, is refused with exit code 4 or 6, and no server is exit code 3', async () => {
  const server = await startServer('--ephemeral')
  const unknown = await runClient([server.address, '--token', 'rxchat_none'], 'hello\n')
  expect(unknown).toMatchObject({ code: 4, stdout: '' })
  expect(unknown.stderr).toContain('The token is unknown or was revoked')
  const reader = await tokenOf(server, 'eyes --read')
  const refused = await runClient([server.address, '--token', reader], 'hello\n')
  expect(refused.code).toBe(6)
  expect(refused.stderr).toContain('This token is not allowed to')
  server.type('EXIT')
  await server.ended
  const gone = await runClient([server.address, '--token', reader], 'hello\n')
  expect(gone.code).toBe(3)
  expect(gone.stderr).toContain('nothing listens')
})

test('[A9] [S9] a token goes over TLS once the server is known', async () => {
  const { fingerprint } = await import('../helpers/secure.ts').then(async () => {
    const { fingerprintOf } = await import('../../src/transport/tls/fingerprint.ts')
    return { fingerprint: fingerprintOf(makeCertificate('other', [], Date.now()).cert) }
  })
  const server = await startServer('--ephemeral', '--tls')
  const token = await tokenOf(server)
  expect(await runClient([`tls://${server.address}`, '--token', token], 'hello\n')).toMatchObject({ code: 0 })
  await server.out.has('ci > hello')
  const wrong = await runClient([server.address, '--token', token, '--fingerprint', fingerprint], 'more\n')
  expect(wrong.code).toBe(4)
  expect(wrong.stderr).toContain('REFUSED: ')
})

test('[A3] a client that gives the name of a token is told so, and how to have it', async () => {
  const server = await startServer('--ephemeral')
  await tokenOf(server)
  const refused = await runClient([server.address, '--name', 'ci'], 'hello\n')
  expect(refused.code).toBe(4)
  expect(refused.stderr).toContain('The name belongs to an API token. Use that token (rxchat --token)')
})

test('[K3] of two processes under one name the second is told in words that another has it: exit code 4', async () => {
  const server = await startServer('--ephemeral')
  const env = { XDG_STATE_HOME: temporaryFolder() }
  const runs = await Promise.all(
    [1, 2, 3, 4].map(pipe => runClient([server.address, '--name', 'ci'], `from ${pipe}\n`, env)),
  )
  server.type('SAY that is all')
  await server.out.has('that is all')
  const done = runs.filter(({ code }) => code === 0)
  expect(said(server, 'ci')).toHaveLength(done.length)
  for (const run of runs.filter(({ code }) => code !== 0)) {
    expect(run.code).toBe(4)
    expect(run.stderr).toMatch(/another rxchat on this machine already uses the name ci|The name is taken/)
  }
  expect(done.length).toBeGreaterThan(0)
})

test('[K3] one that was killed leaves a ghost that is no obstacle to the next, and nothing on the disk after that', async () => {
  const server = await startServer('--ephemeral')
  const state = temporaryFolder()
  const { spawn } = await import('node:child_process')
  const { launcherOf } = await import('../helpers/program.ts')
  const killed = spawn(process.execPath, [launcherOf('rxchat'), server.address, '--name', 'ci', '--follow'], {
    env: { PATH: process.env['PATH'], HOME: state, XDG_STATE_HOME: state },
    stdio: 'pipe',
  })
  await server.out.has('ci entered')
  killed.kill('SIGKILL')
  // Without the files on the disk the ghost has the name, and the refusal says until when.
  const stranger = await runClient([server.address, '--name', 'ci'], 'hello\n')
  expect(stranger.code).toBe(4)
  expect(stranger.stderr).toMatch(/is away until \d\d:\d\d:\d\d UTC|taken by somebody here/)
  const next = await runClient([server.address, '--name', 'ci'], 'hello\n', { XDG_STATE_HOME: state })
  expect(next).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(kept(state)).toEqual([])
})

test('[K3] after a rename the old name is free here, and the ghost of the new one is no obstacle', async () => {
  const server = await startServer('--ephemeral')
  const env = { XDG_STATE_HOME: temporaryFolder() }
  const first = startClientIn(env, server.address, '--name', 'alice', '--json', '--follow')
  first.type('{"type":"nick","name":"bob"}')
  await server.out.has('alice is now bob')
  await first.out.has('"type":"renamed"')
  const second = await runClient([server.address, '--name', 'alice'], 'hello\n', env)
  expect(second).toEqual({ code: 0, stdout: '', stderr: '' })
  first.child.kill('SIGKILL')
  await first.ended
  const third = await runClient([server.address, '--name', 'bob'], 'hello\n', env)
  expect(third).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(kept(env.XDG_STATE_HOME)).toEqual([])
})

function kept(state: string): readonly string[] {
  const folder = join(state, 'rxchat', 'sessions')
  return existsSync(folder) ? readdirSync(folder) : []
}

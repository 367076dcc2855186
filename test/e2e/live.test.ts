/** Live messages through the programs as people run them: a pipe, a command, a token, curl, and kills of either side. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { liveUnderKills } from '../chaos/living.ts'
import { killAll } from '../chaos/process.ts'
import { livingLines } from '../chaos/report.ts'
import { launcherOf, runClient, startServer } from '../helpers/program.ts'
import { isRunning } from '../helpers/running.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

/** The bytes that `rxchat` writes, and how it ends. */
async function bytesOf(args: readonly string[], input: Uint8Array | null = null) {
  const env = { ...process.env, XDG_STATE_HOME: temporaryFolder() }
  const child = spawn(process.execPath, [launcherOf('rxchat'), ...args], { stdio: 'pipe', env })
  const [out, errors]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (part: Buffer) => out.push(part))
  child.stderr.on('data', (part: Buffer) => errors.push(part))
  child.stdin.end(input ?? undefined)
  const [code] = await once(child, 'close')
  return { code, out: Buffer.concat(out), errors: Buffer.concat(errors).toString() }
}

/** The number of the live message with this title. */
async function numberOf(address: string, title: string): Promise<{ seq: number; live: Record<string, unknown> }> {
  const { stdout: output } = await runClient([address, '--name', 'reader', '--json', '--since', '0'], '')
  const lines = output.split('\n').filter((line: string) => line.includes('"live":'))
  const found = lines.map(line => JSON.parse(line)).find(({ text }) => text === title)
  return found ?? expect.fail(output)
}

test('[LV8] piped output comes out again to the byte, binary and colours too', async () => {
  const { address } = await startServer('--ephemeral')
  const bytes = Buffer.concat([
    Buffer.from('\u001b[31mred\u001b[0m\r\n'),
    Buffer.from(Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256)),
  ])
  expect(await bytesOf([address, '--name', 'ci', '--live', '--title', 'José builds'], bytes)).toMatchObject({ code: 0 })
  const { seq, live } = await numberOf(address, 'José builds')
  expect(live).toMatchObject({ size: bytes.length, end: { size: bytes.length, ms: expect.any(Number) } })
  const got = await bytesOf([address, '--name', 'bob', '--get', `${seq}`])
  expect([got.code, got.out.equals(bytes)]).toEqual([0, true])
  expect(await bytesOf([address, '--name', 'bob', '--get', '99999'])).toMatchObject({ code: 6 })
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  '[LV8] %s ends a command of several parts, and the exit code is that of the signal',
  async (signal, code) => {
    const { address } = await startServer('--ephemeral')
    const child = spawn(
      process.execPath,
      [
        launcherOf('rxchat'),
        address,
        '--name',
        'مريم',
        '--live',
        '--',
        'sh',
        '-c',
        "sh -c 'echo $$; exec sleep 1000'; true",
      ],
      { stdio: 'pipe', env: { ...process.env, XDG_STATE_HOME: temporaryFolder() } },
    )
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const pid = Number(line)
    expect(isRunning(pid)).toBe(true)
    child.kill(signal)
    const [status] = await once(child, 'close')
    expect([status, isRunning(pid)]).toEqual([code, false])
  },
)

test('[LV8] a command has its own output and exit code, even if the chat fails', async () => {
  const { address } = await startServer('--ephemeral')
  const script = 'echo out; echo err >&2; exit 3'
  const ran = await bytesOf([address, '--name', 'ci', '--live', '--title', 'a|b', '--', 'sh', '-c', script])
  expect([ran.code, ran.out.toString(), ran.errors]).toEqual([3, 'out\n', 'err\n'])
  const { live } = await numberOf(address, 'a|b')
  expect(live).toMatchObject({ end: { size: 8, status: 3 } })
  const alone = await bytesOf(['127.0.0.1:1', '--live', '--', 'sh', '-c', script])
  expect([alone.code, alone.out.toString()]).toEqual([3, 'out\n'])
  expect(alone.errors).toContain('the output is not in the chat')
  expect(await bytesOf([address, '--live', '--', 'no-such-command'])).toMatchObject({ code: 127 })
  expect(await bytesOf(['127.0.0.1:1', '--live'], Buffer.from('x'))).toMatchObject({ code: 3 })
})

test.skipIf(process.platform !== 'linux')(
  '[LV2] [LV8] over kills of the client and of the server the output is what tee wrote, or its beginning',
  async () => {
    onTestFinished(killAll)
    const folder = temporaryFolder()
    const options = { directory: join(folder, 'data'), folder: join(folder, 'work'), seed: 'e2e', kills: runs(8) }
    const report = await liveUnderKills(options, () => {})
    console.log(livingLines('e2e', report).join('\n'))
    expect(report.wrong).toEqual([])
    expect(report.equal).toBeGreaterThan(0)
  },
)

/** The systemd unit and the compose file: rxchat understands them, and their exposure is bounded. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { MANUAL } from '../../src/program/cli/server.ts'
import { readFlags } from '../../src/program/server/settings/flags.ts'
import { has } from '../helpers/has.ts'

const deploy = join(import.meta.dirname, '..', '..', 'deploy')
const unit = join(deploy, 'rxchat-server.service')

/** Exposure, out of ten; systemd calls values below 2 safe. The rest: the network, and that Node compiles. */
const EXPOSURE_MAX = 1.5

test('the unit is one, and exposes little', ({ skip }) => {
  if (!has('systemd-analyze')) return skip('there is no systemd-analyze (apt-get install systemd)')
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' })
  expect(verified.stderr.split('\n').filter(line => line.includes('rxchat'))).toEqual([])
  const bound = `--threshold=${EXPOSURE_MAX * 10}`
  const rated = spawnSync('systemd-analyze', ['security', '--offline=true', '--no-pager', bound, unit], {
    encoding: 'utf8',
  })
  console.log(rated.stdout.trim().split('\n').at(-1))
  expect(rated.stdout).toContain('Overall exposure level for rxchat-server.service')
  expect(rated.status).toBe(0)
})

test('the variables of the unit are such, and its data is in its own directory', () => {
  const [, line = ''] = /^Environment=(.*)$/m.exec(readFileSync(unit, 'utf8')) ?? []
  const env = Object.fromEntries(line.split(' ').map(pair => pair.split('=')))
  expect(readFlags([], { ...env, RXCHAT_CONFIG: '/dev/null' })).toMatchObject({
    data: '/var/lib/rxchat',
    quiet: true,
    logLevel: 'info',
  })
  expect(readFileSync(unit, 'utf8')).toContain('\nStateDirectory=rxchat\n')
})

test('the unit starts nothing again that a restart does not mend', () => {
  const { exits } = MANUAL
  const lasting = exits.flatMap(([code, meaning]) => (/wrong|does not help/.test(meaning) ? [code] : []))
  const [, codes = ''] = /^RestartPreventExitStatus=(.*)$/m.exec(readFileSync(unit, 'utf8')) ?? []
  expect(codes.split(' ').map(Number)).toEqual(lasting)
})

test('the compose file names what is there', () => {
  const { services, volumes } = parse(readFileSync(join(deploy, 'compose.yaml'), 'utf8'))
  const { rxchat, caddy } = services
  expect(existsSync(join(deploy, rxchat.build.context, rxchat.build.dockerfile))).toBe(true)
  expect(readFlags([], { ...rxchat.environment, RXCHAT_CONFIG: '/dev/null' })).toMatchObject({
    options: { perAddress: null },
  })
  const [data] = String(rxchat.volumes[0]).split(':')
  const [caddyfile, certificates] = caddy.volumes.map((volume: string) => volume.split(':')[0])
  expect(Object.keys(volumes).sort()).toEqual([certificates, data].sort())
  expect(existsSync(join(deploy, caddyfile))).toBe(true)
  expect(readFileSync(join(deploy, 'Caddyfile'), 'utf8')).toContain('rxchat:3001')
})

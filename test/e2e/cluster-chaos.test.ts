/** Three brokers and three nodes, real processes in a network of their own, while brokers, nodes and cables fail. */
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { hasBrokers, NO_BROKERS } from '../chaos/cluster/brokers.ts'
import { NOT_ISOLATED, startApart } from '../chaos/cluster/isolation.ts'
import { Watched } from '../helpers/program.ts'

/** Those that go different ways. The others take minutes: see docs/chaos.md. */
const FAULTS = ['stepdown', 'leader-killed', 'node-killed', 'node-cut', 'all-killed']

test('[R14] with any failures among three brokers and three nodes, nothing is lost, doubled or out of order', async ({
  skip,
}) => {
  if (!hasBrokers()) return skip(NO_BROKERS)
  const argv = ['--nodes', '3', '--seed', 'e2e', '--faults', FAULTS.join(','), '--untimed']
  const child = startApart(argv, ['ignore', 'pipe', 'pipe'])
  if (child === null) return skip(NOT_ISOLATED)
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = new Watched()
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => said.add(text))
  const [code] = await once(child, 'close')
  console.log(said.text)
  expect({ code, said: said.text }).toMatchObject({ code: 0 })
  expect(said.text).toContain('0 lost, 0 doubled, 0 reordered, 0 foreign')
  expect(said.text).toContain('in 0 files of nodes')
})

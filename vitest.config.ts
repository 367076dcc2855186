import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { PATIENCE_MS, TEST_MS } from './test/helpers/patience.ts'

/** Tests that start a process or a browser, need what `npm run build` makes, replace a module, or take seconds. */
const WHOLE = [
  'test/e2e/**',
  'test/attack/**',
  'test/deploy/**',
  'test/web/*.test.ts',
  'test/simulation/*.test.ts',
  'test/arrows.test.ts',
  'test/change.test.ts',
  'test/client/session/lasting.test.ts',
  'test/journal/{damage,history,pieces,store}.test.ts',
  'test/journal/nats/**',
  'test/model/exhaustive.test.ts',
  'test/program/client/commands/ask/lasting.test.ts',
  'test/program/client/connect/name-lock.test.ts',
  'test/program/client/consume/processes.test.ts',
  'test/program/{manual,rehearse,replay}.test.ts',
  'test/program/server/start/memory.test.ts',
  'test/program/server/start/young-generation.test.ts',
  'test/program/server/workers/say.test.ts',
  'test/replay/*.test.ts',
  'test/server/connection/negotiation.test.ts',
  'test/server/delivery/groups.model.test.ts',
  'test/server/guards.test.ts',
  'test/server/http/{api,keeping,marks,posted-files,stall,unread}.test.ts',
  'test/server/rehearsing/*.test.ts',
  'test/transport/tls/handler.test.ts',
]

/** The files that take longest. If one of them began last, the other workers would wait for it. */
const LONG = [
  'test/e2e/cluster-chaos.test.ts',
  'test/e2e/chaos.test.ts',
  'test/simulation/planted.test.ts',
  'test/simulation/simulation.test.ts',
  'test/attack/halfopen.test.ts',
  'test/journal/damage.test.ts',
  'test/web/accounts.test.ts',
  'test/deploy/dockerfile.test.ts',
  'test/web/talking.test.ts',
  'test/e2e/screen.test.ts',
  'test/e2e/tool.test.ts',
  'test/e2e/workers.test.ts',
  'test/e2e/recipes.test.ts',
  'test/e2e/plain.test.ts',
  'test/e2e/account.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => LONG.findLastIndex(path => moduleId.endsWith(path))
    const sorted = await super.sort(files)
    const long = sorted.filter(file => rank(file) >= 0).sort((a, b) => rank(a) - rank(b))
    return [...long, ...sorted.filter(file => rank(file) < 0)]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Nothing is timed: this only bounds a hang.
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // For two cores: the tests of processes wait for one another's, for links that must seem dead, and for disks.
    maxWorkers: 3,
    // Servers that a test does not give a directory leave nothing where the server of whoever runs it has its own,
    // and read no configuration of theirs.
    env: { RXCHAT_EPHEMERAL: 'on', RXCHAT_CONFIG: '/dev/null' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: WHOLE,
          // The files of a worker share its modules: loading them anew for each file took twice as long as the tests.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          setupFiles: ['test/helpers/properties.ts', 'test/helpers/no-process.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: WHOLE.map(path => (path.endsWith('**') ? `${path}/*.test.ts` : path)),
          setupFiles: ['test/helpers/properties.ts'],
        },
      },
    ],
  },
})

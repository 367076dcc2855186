import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes, sockets and terminals share two cores; nothing is timed, so time is only a bound on hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One of them waits for most of a minute: for peers that are gone without a word.
    maxWorkers: 2,
    // Servers that a test does not give a directory leave nothing where the server of whoever runs it has its own,
    // and read no configuration of theirs.
    env: { RXCHAT_EPHEMERAL: 'on', RXCHAT_CONFIG: '/dev/null' },
  },
})

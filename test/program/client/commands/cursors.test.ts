// `rxchat cursors`: arguments that are refused before it connects.
import { expect, test } from 'vitest'
import { cursors } from '../../../../src/program/client/commands/cursors.ts'
import { UsageError } from '../../../../src/program/config/usage.ts'

test('a place is a number of at most 15 digits, now or start', async () => {
  for (const place of ['9'.repeat(20), '-1', 'later']) {
    const outcome = cursors(['set', 't', place], {}, process)
    await expect(outcome).rejects.toThrow(
      new UsageError(`The place must be a number of at most 15 digits, now or start, not "${place}".`),
    )
  }
})

/** The key for push services: made once, kept from others, and the same for all who share it. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepPushKey, openPushKey, ownPushKey } from '../../src/system/push-key.ts'
import { newPushKey } from '../../src/transport/push/keys.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

test('is made at the first start, readable by its owner alone, and stays', () => {
  const folder = join(temporaryFolder(), 'data')
  const key = ownPushKey(folder)
  expect(ownPushKey(folder)).toBe(key)
  expect(openPushKey(folder).publicKey).toEqual(openPushKey(null, key).publicKey)
  expect(readdirSync(folder)).toEqual(['push.key'])
  expect(statSync(join(folder, 'push.key')).mode & 0o777).toBe(0o600)
})

test('of a server in memory is another one each time', () => {
  expect(ownPushKey(null)).not.toBe(ownPushKey(null))
})

test('that others have already takes the place of the own one', () => {
  const folder = temporaryFolder()
  ownPushKey(folder)
  const shared = newPushKey()
  keepPushKey(folder, shared)
  keepPushKey(folder, shared)
  expect(ownPushKey(folder)).toBe(shared)
  expect(statSync(join(folder, 'push.key')).mode & 0o777).toBe(0o600)
  expect(readFileSync(join(folder, 'push.key'), 'utf8')).toBe(`${shared}\n`)
})

test('that is damaged is named with the remedy', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'push.key'), 'what?')
  expect(() => openPushKey(folder)).toThrow(/push\.key is damaged\. Restore it, or delete it/)
})

test('that cannot be written is a sentence, not a crash', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(() => ownPushKey(file)).toThrow(/push\.key cannot be read or written: .*See to that/)
})

/** Slash commands: the meaning of a typed line, and the part that may be remembered. */
import { describe, expect, test } from 'vitest'
import { readTyped, withoutSecrets } from '../../src/model/slash.ts'

describe('[I14] the commands of accounts', () => {
  test.each([
    ['/register', { type: 'secret', what: 'register', name: '' }],
    ['/register open says me', { type: 'command', command: { type: 'register', password: 'open says me' } }],
    ['/LOGIN 田中', { type: 'secret', what: 'login', name: '田中' }],
    [
      '/login Mr.Blue pass word',
      {
        type: 'command',
        command: { type: 'login', name: 'Mr.Blue', account: { password: 'pass word' }, room: 'lobby' },
      },
    ],
    ['/login', { type: 'wrong', code: 'usage', detail: '/login <name> [password]' }],
    ['/password', { type: 'secret', what: 'password', name: '' }],
    ['/password old new one', { type: 'command', command: { type: 'password', old: 'old', new: 'new one' } }],
    ['/password only', { type: 'wrong', code: 'usage', detail: '/password [old new]' }],
    ['/devices', { type: 'query', query: { type: 'devices' } }],
    ['/devices revoke k3', { type: 'command', command: { type: 'revoke', credential: 'k3' } }],
    ['/devices drop k3', { type: 'wrong', code: 'usage', detail: '/devices [revoke <id>]' }],
    ['/account', { type: 'query', query: { type: 'account' } }],
    ['/account a|b', { type: 'query', query: { type: 'account', name: 'a|b' } }],
    ['/logout', { type: 'command', command: { type: 'logout', everywhere: false } }],
    ['/logout Everywhere', { type: 'command', command: { type: 'logout', everywhere: true } }],
    ['/logout there', { type: 'wrong', code: 'usage', detail: '/logout [everywhere]' }],
  ])('%s', (line, meant) => {
    expect(readTyped(line)).toEqual(meant)
  })

  test.each([
    ['/register open says me', '/register'],
    ['/login Mr.Blue pass word', '/login Mr.Blue'],
    ['/LOGIN  Mr.Blue  pass', '/LOGIN Mr.Blue'],
    ['/login', '/login'],
    ['/password old new', '/password'],
    ['/me waves to all', '/me waves to all'],
    ['//register is a command', '//register is a command'],
    ['register me', 'register me'],
  ])('%s is remembered as %s', (line, kept) => {
    expect(withoutSecrets(line)).toBe(kept)
  })
})

/** `/login` in a chat: with a key of the machine, if one can be used here. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import type { ChatStore } from '../../../../src/client/chat/chat-store.ts'
import type { Client } from '../../../../src/client/session/connection.ts'
import { chatAccount } from '../../../../src/program/client/account/chat-account.ts'
import type { OwnAccount } from '../../../../src/program/client/account/own-account.ts'
import { ownAccount } from '../../../../src/program/client/account/own-account.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

/** A guest of server E at an address, on a machine that has a key for Mr.Blue from `a:1`. */
function guestAt(address: string, seen: string) {
  const folder = temporaryFolder()
  const own = (at: string): OwnAccount => ownAccount({ folder, address: at, seen: () => seen, tell: () => {} })
  const key = own('a:1').draft('Mr.Blue', 'E')?.key
  const [asked, noted]: [object[], string[]] = [[], []]
  const talk: Pick<ChatStore, 'ask' | 'note'> & { readonly chat$: object } = {
    chat$: { value: { view: { name: 'Zed' }, epoch: 'E' } },
    ask: command => asked.push(command),
    note: text => void noted.push(text),
  }
  const client: Pick<Client, 'incoming$' | 'outcome$'> = { incoming$: new Subject(), outcome$: new Subject() }
  const { logIn } = chatAccount(client as Client, talk as ChatStore, own(address), false)
  return { key, asked, noted, logIn }
}

test('[I17] over TLS a key that was made at another address of the server signs in', () => {
  const { key, asked, noted, logIn } = guestAt('b:1', 'f'.repeat(64))
  expect(logIn('mr.blue')).toBe(true)
  expect(asked).toEqual([{ type: 'login', name: 'mr.blue', account: { key } }])
  expect(noted).toEqual([])
})

test('[I17] without TLS it does not; the password is asked for, and a note says where the key was made', () => {
  const { asked, noted, logIn } = guestAt('b:1', 'plain')
  expect([logIn('Mr.Blue'), logIn('Zed')]).toEqual([false, false])
  expect(asked).toEqual([])
  expect(noted).toEqual([expect.stringMatching(/made at a:1, .* a key for b:1 too\.$/)])
})

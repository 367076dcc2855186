/** The lock and the token of a session on the disk: whose they are, and that they go when nobody needs them. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BehaviorSubject } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Status } from '../../../../src/client/session/status.ts'
import { followName } from '../../../../src/program/client/connect/own-client.ts'
import { type OwnSession, ownSession } from '../../../../src/program/client/connect/own-session.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

function machine() {
  const state = temporaryFolder()
  const folder = join(state, 'rxchat', 'sessions')
  return {
    folder,
    files: (): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []),
    async take(name: string): Promise<OwnSession | null> {
      const own = await ownSession('localhost:3001', name, { XDG_STATE_HOME: state })
      onTestFinished(() => own?.release(true))
      return own
    },
  }
}

const online = (name: string): Status => ({ state: 'online', name, roundTrip: null })

/** A client whose name and token a test sets. */
function puppet(name: string, token: string) {
  const status$ = new BehaviorSubject<Status>({ state: 'connecting', attempt: 0 })
  const remember = () => ({ token, name, id: '', epoch: '', cursor: 0, lastN: 0, items: [] })
  return { status$, remember } as unknown as Client
}

test('[K3] a renamed session has its lock and its token under the new name, and the old one is free', async () => {
  const { take } = machine()
  const own = await take('alice')
  own?.keep('secret')
  const client = puppet('alice', 'secret')
  if (own) followName(client, own)
  client.status$.next(online('alice'))
  expect(await take('alice')).toBeNull()
  client.status$.next(online('bob'))
  expect(await take('Bob')).toBeNull()
  const other = await take('alice')
  expect(other?.former).toEqual([])
  // As after a kill: the token is left.
  own?.release(false)
  expect((await take('bob'))?.former).toEqual(['secret'])
})

test('[K3] a new name that another process here holds takes no lock from it, and the old name is free', async () => {
  const { take } = machine()
  const [own, other] = [await take('alice'), await take('bob')]
  other?.keep('of the other')
  own?.keep('secret')
  own?.rename('bob', 'secret')
  expect(await take('alice')).toMatchObject({ former: [] })
  other?.release(false)
  expect(await take('bob')).toMatchObject({ former: ['of the other'] })
})

test('[K3] a lock and a token are for their user alone, and gone when the session is over', async () => {
  const { folder, files, take } = machine()
  const own = await take('alice')
  own?.keep('secret')
  expect(files()).toHaveLength(2)
  for (const file of files()) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  own?.rename('bob', 'secret')
  expect(files()).toHaveLength(2)
  own?.release(true)
  expect(files()).toEqual([])
})

test('[K3] a session that may still live leaves its token, and no lock', async () => {
  const { files, take } = machine()
  const own = await take('alice')
  own?.keep('secret')
  own?.release(false)
  expect(files()).toHaveLength(1)
  expect(files()[0]).not.toContain('.lock')
})

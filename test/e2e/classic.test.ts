/** The original's clients, unmodified in all that they do, on real sockets: their windows and lists end in step. */
import { expect, test } from 'vitest'
import { enteredOriginal, originalClient } from '../helpers/original-client.ts'
import { startServer } from '../helpers/program.ts'

test('[C1] each gets OK, and then everybody who is there', async () => {
  const { port } = await startServer()
  const alice = await enteredOriginal(port, 'alice')
  expect([alice.answer(), alice.list()]).toEqual(['OK', '&Host&alice'])
  const bob = await enteredOriginal(port, 'bob')
  expect([bob.answer(), bob.list()]).toEqual(['OK', '&Host&alice&bob'])
})

test('[C1] a name that is taken is NOT_UNIQUE, and the end of the connection', async () => {
  const { port } = await startServer()
  const alice = await enteredOriginal(port, 'alice')
  const other = await originalClient(port, 'alice')
  await new Promise(resolve => other.wired.socket.once('close', resolve))
  expect(other.wired.heard.text).toBe('NOT_UNIQUE')
  alice.say('still here')
  const bob = await enteredOriginal(port, 'bob')
  await alice.sees('bob entered.')
  expect(bob.users()).toEqual(['Host', 'alice', 'bob'])
})

test('[C2] three of them enter, talk, are kicked and vanish; those who stay have the same list', async () => {
  const server = await startServer()
  const alice = await enteredOriginal(server.port, 'alice')
  const bob = await enteredOriginal(server.port, 'bob')
  await alice.sees('bob entered.')
  const carol = await enteredOriginal(server.port, 'carol')
  await Promise.all([alice.sees('carol entered.'), bob.sees('carol entered.')])
  for (const { users } of [alice, bob, carol]) expect(users()).toEqual(['Host', 'alice', 'bob', 'carol'])

  alice.say('hi all')
  await Promise.all([bob.sees('alice > hi all'), carol.sees('alice > hi all')])
  bob.say('hi [*] nobody entered.\n')
  await Promise.all([alice.sees('bob > hi (*) nobody entered.'), carol.sees('bob > hi (*) nobody entered.')])
  server.type('dinner is ready')
  await Promise.all([alice, bob, carol].map(({ sees }) => sees('server > dinner is ready')))

  server.type('KICK bob too loud')
  await Promise.all([alice.sees('bob exited.'), carol.sees('bob exited.')])
  await server.out.has('USERS: [Host,alice,carol]')
  await bob.sees('server > You have been kicked out by Host: too loud.')
  carol.wired.socket.resetAndDestroy()
  await alice.sees('carol exited.')
  const dave = await enteredOriginal(server.port, 'dave')
  await alice.sees('dave entered.')
  expect(alice.users()).toEqual(['Host', 'alice', 'dave'])
  expect(dave.users()).toEqual(alice.users())

  for (const { shown } of [alice, bob]) {
    const times = shown().map(message => /^\[\d\d:\d\d:\d\d\] /.test(message))
    expect(times).toEqual(times.map(() => true))
  }
  expect(alice.shown().filter(message => message.includes('alice >'))).toEqual([])
})

/**
 * Connections that wait without a name: so many of one address, the oldest dropped first; HTTP apart from handshakes.
 */
import { describe, expect, test } from 'vitest'
import { Admission } from '../../../../src/server/ingress/bounds/admission.ts'

const ADDRESS = '192.0.2.1'

function waiting() {
  const admission = new Admission({ clients: 9, perAddress: null, handshakesPerAddress: 2, visitorsPerAddress: 3 })
  const dropped: string[] = []
  const people = new Map<string, object>()
  const who = (name: string): object => people.get(name) ?? people.set(name, { name }).get(name) ?? {}
  return {
    dropped,
    knock: (name: string) => admission.knock(ADDRESS, who(name), () => dropped.push(name)),
    visit: (name: string) => admission.visit(ADDRESS, who(name), () => dropped.push(name)),
    settled: (name: string) => admission.settled(ADDRESS, who(name)),
  }
}

describe('a connection that speaks HTTP', () => {
  test('leaves its place to one who is to give a name [L1]', () => {
    const { knock, visit, dropped } = waiting()
    for (const name of ['a', 'b', 'c']) {
      knock(name)
      visit(name)
    }
    knock('d')
    knock('e')
    expect(dropped).toEqual([])
    knock('f')
    expect(dropped).toEqual(['d'])
  })

  test('is dropped where there are too many, the oldest first [L1]', () => {
    const { visit, settled, dropped } = waiting()
    for (const name of ['a', 'b', 'c']) visit(name)
    settled('b')
    visit('d')
    expect(dropped).toEqual([])
    visit('e')
    expect(dropped).toEqual(['a'])
  })

  test('is to give a name once it is a WebSocket, and takes a place among those [L1]', () => {
    const { knock, visit, dropped } = waiting()
    for (const name of ['a', 'b', 'c']) {
      visit(name)
      knock(name)
    }
    expect(dropped).toEqual(['a'])
    for (const name of ['d', 'e', 'f']) visit(name)
    expect(dropped).toEqual(['a'])
  })
})

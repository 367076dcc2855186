/** The check of clients that can't resume finds planted faults, and nothing in a sound visit. */
import { expect, test } from 'vitest'
import type { Message } from '../check.ts'
import { type Place, writeTalk } from '../talk.ts'
import { type Visit, wrongInVisit } from './visits.ts'

const message = (seq: number, author: string, n: number, place: Place = '#lobby'): Message => ({
  ...{ seq, text: writeTalk({ author, n, place }, 60) },
  room: place.slice(1),
})

const LOBBY = [message(4, 'Spider-Man', 1), message(7, '李', 1), message(8, 'a|b', 1), message(9, '李', 2)] as const
const [one, two, own, four] = LOBBY

/** The messages that `a|b` heard. Its protocol has no echo. */
const visitOf = (...heard: readonly Message[]): Visit => ({
  name: 'a|b',
  said: [own.text],
  heard: heard.map(({ text }) => text.replace(/ \.*$/, '')),
})
const kinds = (...heard: readonly Message[]): readonly string[] =>
  wrongInVisit(LOBBY, visitOf(...heard)).map(({ is }) => is)

test('finds nothing where a visitor heard everything from its entrance on, except itself', () => {
  expect(kinds(one, two, four)).toEqual([])
  expect(kinds(two, four)).toEqual([])
  expect(kinds(one, two)).toEqual([])
  expect(kinds()).toEqual([])
})

test('finds a hole, what came twice, what came late, and what nobody said in the lobby', () => {
  expect(kinds(one, four)).toEqual(['lost'])
  expect(kinds(one, one, two)).toEqual(['doubled'])
  expect(kinds(one, two, four, two)).toEqual(['reordered'])
  expect(kinds(one, message(5, 'Spider-Man', 2, '#ops'))).toEqual(['foreign'])
})

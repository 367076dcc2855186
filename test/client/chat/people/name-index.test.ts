/** The members that a text mentions if names are equal: the people of a place by their keys. */
import { expect, test } from 'vitest'
import { namedIn } from '../../../../src/client/chat/people/name-index.ts'
import { withPerson } from '../../../../src/client/chat/place.ts'
import { emptyView } from '../../../../src/client/session/view.ts'
import { nameKey } from '../../../../src/model/name/name.ts'

test('[N8] one who has taken the name of the person talked to is spoken of first', () => {
  const named = namedIn({ view: { ...emptyView, name: 'mr.blue' } }, withPerson('Mr.Blue'))
  expect(named(nameKey('MR.BLUE'))).toBe('mr.blue')
  const other = namedIn({ view: { ...emptyView, name: '田中' } }, withPerson('Mr.Blue'))
  expect(other(nameKey('mr.blue'))).toBe('Mr.Blue')
})

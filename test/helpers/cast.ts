/** The standard cast: names that the rules allow, and that break code that takes a name for an ASCII word. */
import fc from 'fast-check'
import { readName } from '../../src/model/name/name.ts'

/** José as some keyboards and file systems type him: the same person as the José of the cast, who is in NFC. */
export const JOSE_NFD = 'Jose\u0301'

/** No two of them collide, so all can be in one room. */
export const cast = ['Spider-Man', 'Mr.Blue', '[x]_^', 'a|b', 'back\\slash', '田中', 'Jos\u00E9', '\u0130bo'] as const

const SIGNS = '-_.[]{}|^\\`'
const SCRIPTS = 'abIlMO019ßéİıſж田中すン민수ضمנไနி'

/** Any name that the rules allow, in NFC: mostly of signs, and of letters of several scripts. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom<string>(...cast),
    fc.string({ unit: fc.constantFrom(...SIGNS, ...SCRIPTS), minLength: 1, maxLength: 12 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  )
  .map(raw => readName(raw))
  .filter(read => read.ok)
  .map(read => (read.ok ? read.name.text : ''))

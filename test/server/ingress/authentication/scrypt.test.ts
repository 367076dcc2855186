import { describe, expect, test } from 'vitest'
import { scryptHasher } from '../../../../src/server/ingress/authentication/scrypt.ts'

const small = { ln: 4, r: 8, p: 1 }
const hasher = scryptHasher(small)

describe('[I4] a password is stored as a slow hash', () => {
  test('with a salt of its own and the cost, and matches this password alone', async () => {
    const [one, two] = [await hasher.hash('Spider-Man 3'), await hasher.hash('Spider-Man 3')]
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await hasher.matches('Spider-Man 3', one)).toBe(true)
    expect(await hasher.matches('Spider-Man 4', one)).toBe(false)
    expect(await hasher.matches('', one)).toBe(false)
  })

  test('the same however a keyboard writes an accent', async () => {
    const hash = await hasher.hash('José José'.normalize('NFD'))
    expect(await hasher.matches('José José'.normalize('NFC'), hash)).toBe(true)
  })

  test('at a cost of 32 MiB by default', async () => {
    const hash = await scryptHasher().hash('a real one')
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/)
    expect(await hasher.matches('a real one', hash), 'the cost is that of the hash').toBe(true)
  })

  test('a cheaper hash is known as such; a dearer one or an equal one is not', async () => {
    const dear = scryptHasher({ ln: 5, r: 8, p: 1 })
    expect(dear.isCheap(await hasher.hash('x'))).toBe(true)
    expect(hasher.isCheap(await dear.hash('x'))).toBe(false)
    expect(hasher.isCheap(await hasher.hash('x'))).toBe(false)
    expect(scryptHasher({ ln: 4, r: 8, p: 2 }).isCheap(await hasher.hash('x'))).toBe(true)
  })

  test('a text that is no hash matches nothing, and neither does the hash of nobody', async () => {
    for (const text of ['', 'x', '$scrypt$ln=4,r=8,p=1$AAAA$AAAA']) expect(await hasher.matches('', text)).toBe(false)
    expect(hasher.nobody).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/)
    expect(await hasher.matches('', hasher.nobody)).toBe(false)
  })
})

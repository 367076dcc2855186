/** A name, in its colour, which is the same in every client; what it is made of turns nothing around it. */
import { nameColour } from '../../client/theme.ts'

export function Name({ name }: { readonly name: string }) {
  return <bdi className={`name name-${nameColour(name)}`}>{name}</bdi>
}

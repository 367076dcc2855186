/** A name in its colour, the same in every client. Its text direction doesn't affect the text around it. */
import { nameColour } from '../../../client/view/theme.ts'

export function Name({ name }: { readonly name: string }) {
  return <bdi className={`name name-${nameColour(name)}`}>{name}</bdi>
}

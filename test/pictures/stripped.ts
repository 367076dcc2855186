/** A file through the engine, in pieces as a network cuts them. */
import { Stripping, type Told } from '../../src/pictures/stripping.ts'

export function stripped(content: Uint8Array, piece: number = content.length): { bytes: Buffer; told: Told } {
  const stripping = new Stripping()
  const passed: Uint8Array[] = []
  for (let at = 0; at < content.length; at += piece) passed.push(...stripping.push(content.subarray(at, at + piece)))
  const { rest, told } = stripping.end()
  return { bytes: Buffer.concat([...passed, ...rest]), told }
}

/** The keyboard, as strokes; what is pasted comes as one, its line breaks with it. */
import { useInput, usePaste } from 'ink'
import { type Stroke, strokes } from '../stroke.ts'

export function useStrokes(press: (stroke: Stroke) => void): void {
  useInput((input, key) => {
    for (const stroke of strokes(input, key)) press(stroke)
  })
  usePaste(text => press({ type: 'paste', text: text.replace(/\r\n?/g, '\n') }))
}

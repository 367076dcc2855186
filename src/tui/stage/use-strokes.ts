/** The keyboard, as strokes. A paste is one stroke, line breaks included. */
import { useInput, usePaste } from 'ink'
import { type Stroke, strokes } from '../stroke.ts'

export function useStrokes(press: (stroke: Stroke) => void): void {
  useInput((input, key) => {
    for (const stroke of strokes(input, key)) press(stroke)
  })
  usePaste(text => press({ type: 'paste', text: text.replace(/\r\n?/g, '\n') }))
}

/** A program that draws on a real terminal; killed when the test is over. */
import { onTestFinished } from 'vitest'
import { type Drawn, runOnScreen, type Setting } from './on-screen.ts'
import type { Size } from './terminal.ts'

export type { Drawn, Setting }

export function openDrawn(command: readonly string[], size: Size, more: Setting = {}): Drawn {
  const drawn = runOnScreen(command, size, more)
  onTestFinished(drawn.kill)
  return drawn
}

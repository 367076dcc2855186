/** A program that draws on a real terminal, for a test: it ends with it. */
import { onTestFinished } from 'vitest'
import { type Drawn, runOnScreen, type Setting } from './on-screen.ts'
import type { Size } from './terminal.ts'

export type { Drawn, Setting }

export function openDrawn(command: readonly string[], size: Size, more: Setting = {}): Drawn {
  const drawn = runOnScreen(command, size, more)
  onTestFinished(drawn.kill)
  return drawn
}

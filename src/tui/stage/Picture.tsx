/** A frame on the screen, line by line, and its cursor. */
import { Box, Text, useCursor } from 'ink'
import type { ReactNode } from 'react'
import { type Palette, paint } from '../text/palette.ts'
import type { ScreenFrame, Size } from './scene.ts'

type Props = { readonly frame: ScreenFrame; readonly palette: Palette; readonly size: Size }

export function Picture({ frame, palette, size }: Props): ReactNode {
  const { setCursorPosition } = useCursor()
  setCursorPosition(frame.cursor ?? undefined)
  const lines = frame.lines.map((line, row) => [`${row}`, paint(line, palette)] as const)
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      {lines.map(([row, text]) => (
        <Text key={row} wrap="truncate">
          {text === '' ? ' ' : text}
        </Text>
      ))}
    </Box>
  )
}

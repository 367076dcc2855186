/** A text as a QR code (ISO/IEC 18004) in half blocks: two rows of modules are one line of text. */
import qrcode from 'qrcode-generator'

/** The width of the quiet zone around it, in modules. */
const QUIET = 2

/** `light`: for a light background, on which the drawn modules are dark. */
export function qrLines(text: string, light: boolean): readonly string[] {
  const code = qrcode(0, 'L')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const isDark = (row: number, column: number): boolean =>
    row >= 0 && column >= 0 && row < size && column < size && code.isDark(row, column)
  const drawn = (row: number, column: number): boolean => isDark(row, column) === light
  const lines: string[] = []
  for (let row = -QUIET; row < size + QUIET; row += 2) {
    let line = ''
    for (let column = -QUIET; column < size + QUIET; column++) {
      const [upper, lower] = [drawn(row, column), drawn(row + 1, column)]
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' '
    }
    lines.push(line)
  }
  return lines
}

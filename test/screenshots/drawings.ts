/** Pictures that are drawn for the screenshots: hills under a sky, so that nobody's photograph is in the repository. */
import type { Page } from 'playwright-core'

type Drawing = { readonly width: number; readonly height: number; readonly hue: number }

/** As PNG. */
export async function drawn(page: Page, { width, height, hue }: Drawing): Promise<Buffer> {
  const url = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas')
    canvas.width = ${width}
    canvas.height = ${height}
    const on = canvas.getContext('2d')
    const sky = on.createLinearGradient(0, 0, 0, ${height})
    sky.addColorStop(0, 'hsl(${hue} 70% 72%)')
    sky.addColorStop(1, 'hsl(${hue + 30} 85% 90%)')
    on.fillStyle = sky
    on.fillRect(0, 0, ${width}, ${height})
    on.fillStyle = 'hsl(${hue + 200} 90% 88%)'
    on.beginPath()
    on.arc(${width * 0.68}, ${height * 0.34}, ${Math.min(width, height) * 0.14}, 0, 7)
    on.fill()
    for (let k = 0; k < 4; k++) {
      on.fillStyle = 'hsl(' + (${hue} + 12 * k) + ' 45% ' + (58 - 11 * k) + '%)'
      on.beginPath()
      on.moveTo(0, ${height})
      for (let x = 0; x <= ${width}; x += 4)
        on.lineTo(x, ${height} * (0.52 + 0.13 * k) + ${height} * 0.07 * Math.sin(x / ${width} * (5 - k) + 2.1 * k))
      on.lineTo(${width}, ${height})
      on.fill()
    }
    return canvas.toDataURL('image/png')
  })()`)
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

/** A square part of a picture, small, as the server takes it for an account. */

/** Pixels on each side: twice those of the largest face. */
const SIDE = 256
const QUALITY = 0.85

/** `zoom`: 1 is the largest square in the middle, 2 has half of its side. */
export function drawSquare(picture: ImageBitmap, zoom: number, canvas: HTMLCanvasElement): void {
  canvas.width = SIDE
  canvas.height = SIDE
  const side = Math.min(picture.width, picture.height) / zoom
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2]
  canvas.getContext('2d')?.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE)
}

/** Null: this browser can't. PNG only if it can make nothing smaller. */
export const encoded = (canvas: HTMLCanvasElement): Promise<Blob | null> =>
  new Promise(resolve => canvas.toBlob(resolve, 'image/webp', QUALITY))

/** Uploads one file, with a small picture of it that the page makes. Loaded with the first file (use-uploads.ts). */

import type { UploadedFile } from '../../../client/chat/conversation/timeline.ts'
import { THUMB_MAX_BYTES, THUMB_SIDE_MAX } from '../../../model/limits.ts'

export { Tray } from './Tray.tsx'

export type Sending = {
  /** Rejects with a sentence for the user. */
  readonly done: Promise<UploadedFile>
  readonly cancel: () => void
}

/** `token`: of the session. `onPart`: how much of it is sent, from 0 to 1. */
export function upload(file: File, token: string, onPart: (part: number) => void): Sending {
  const request = new XMLHttpRequest()
  let isCancelled = false
  const done = smallOf(file).then(
    small =>
      new Promise<UploadedFile>((resolve, reject) => {
        if (isCancelled) return reject(new Error(CANCELLED))
        const form = new FormData()
        form.append('file', file, file.name || 'file')
        if (small) form.append('thumb', small, 'thumb')
        request.upload.onprogress = ({ loaded, total }) => onPart(total > 0 ? loaded / total : 0)
        request.onload = () => {
          const answer = answerIn(request.responseText)
          if (request.status === 201 && answer.id !== null) resolve({ id: answer.id, name: answer.name ?? file.name })
          else reject(new Error(answer.message ?? `The server answered ${request.status}. Try again.`))
        }
        request.onerror = () => reject(new Error('The connection was lost. Try again.'))
        request.onabort = () => reject(new Error(CANCELLED))
        request.open('POST', `/files?name=${encodeURIComponent(file.name)}`)
        request.setRequestHeader('Authorization', `Session ${token}`)
        request.send(form)
      }),
  )
  const cancel = (): void => {
    // It may not have begun.
    isCancelled = true
    request.abort()
  }
  return { done, cancel }
}

const CANCELLED = 'Cancelled.'

type Answer = { readonly id: string | null; readonly name: string | null; readonly message: string | null }

/** A page trusts no server. */
function answerIn(body: string): Answer {
  try {
    const { id, name, message, error } = (JSON.parse(body) ?? {}) as {
      readonly [field in 'id' | 'name' | 'message']?: unknown
    } & { readonly error?: { readonly message?: unknown } }
    const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
    return { id: text(id), name: text(name), message: text(message) ?? text(error?.message) }
  } catch {
    return { id: null, name: null, message: null }
  }
}

/** Qualities to try, until the picture is small enough. */
const QUALITIES = [0.8, 0.6, 0.4, 0.2]

/** Null: the browser can't read it as a picture, or needs none. */
async function smallOf(file: File): Promise<Blob | null> {
  if (!file.type.startsWith('image/')) return null
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, THUMB_SIDE_MAX / Math.max(picture.width, picture.height))
    if (scale === 1 && file.size <= THUMB_MAX_BYTES) return null
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(picture.width * scale))
    canvas.height = Math.max(1, Math.round(picture.height * scale))
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    for (const quality of QUALITIES) {
      const small = await encoded(canvas, 'image/webp', quality)
      if (small && small.size <= THUMB_MAX_BYTES) return small
    }
  } catch {
    // HEIC, for example, in most browsers.
  }
  return null
}

/** A browser that can't write WebP gives PNG, which is larger. */
async function encoded(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, type, quality))
  if (made?.type === type) return made
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
}

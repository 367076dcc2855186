/** Edits, reactions, pins and files without names, for the same bug report. The texts are gone from it anyway. */
import type { Body } from '../model/input.ts'
import type { Stored, StoredFile } from '../model/state/files.ts'
import type { State } from '../model/state.ts'
import { type Pseudonyms, unless } from './pseudonyms.ts'
import { matchedOf } from './redact-keeping.ts'

type AboutMessages = Extract<
  Body,
  {
    type:
      | 'edit'
      | 'show-edit'
      | 'react'
      | 'pin'
      | 'upload'
      | 'files-erased'
      | 'files-forgotten'
      | 'picture'
      | 'grow'
      | 'finish'
  }
>

export function redactedMessages(by: Pseudonyms, body: AboutMessages): Body {
  switch (body.type) {
    case 'edit': {
      const { type, target, members, everyone, author, mentions } = body
      const room = unless(body.room, one => by.room(one))
      return { type, target, room, members, everyone, author, ...(mentions && { mentions }), ...matchedOf(body) }
    }
    case 'show-edit':
      return { type: body.type, edit: body.edit, texts: body.texts, ...(body.off && { off: body.off }) }
    case 'react': {
      const { type, target, members, everyone, emoji, off } = body
      return { type, target, room: unless(body.room, one => by.room(one)), members, everyone, emoji, off }
    }
    case 'pin':
      return { type: body.type, target: body.target, room: by.room(body.room), off: body.off }
    case 'grow':
      return { type: body.type, target: body.target, begin: body.begin, size: body.size }
    case 'finish': {
      const { type, target, status, ms, total, interrupted } = body
      return { type, target, status, ms, ...(total !== undefined && { total }), ...(interrupted && { interrupted }) }
    }
    case 'upload':
      return { type: body.type, quota: body.quota, ...redactedUpload(by, body) }
    case 'files-erased':
      return { type: body.type, files: body.files.map(file => by.token(file)) }
    case 'files-forgotten':
      return { type: body.type, until: body.until }
    case 'picture':
      return { type: body.type, file: unless(body.file, file => by.token(file)) }
  }
}

type Living = Pick<State, 'edits' | 'files' | 'doomed' | 'lives'>

export const redactedLiving = (by: Pseudonyms, { edits, files, doomed, lives }: Living): Living => ({
  lives: lives.map(live => ({ ...live, room: by.room(live.room) })),
  edits: edits.map(edit => ({ ...edit, room: unless(edit.room, room => by.room(room)) })),
  files: files.mapEntries(([file, one]) => [by.token(file), redactedFile(by, one)]),
  doomed: doomed.mapEntries(([file, hashes]) => [by.token(file), hashes.map(hash => by.token(hash))]),
})

const redactedFile = (by: Pseudonyms, one: StoredFile): StoredFile => ({
  ...redactedUpload(by, one),
  ...{ by: one.by, at: one.at, message: one.message },
})

function redactedUpload(by: Pseudonyms, { file, kind, thumb, ...stored }: UploadOf): UploadOf {
  const small = thumb === undefined ? {} : { thumb: redactedStored(by, thumb) }
  return { file: by.token(file), kind, ...redactedStored(by, stored), ...small }
}

type UploadOf = Pick<StoredFile, 'file' | 'kind' | 'thumb'> & Stored

const redactedStored = (by: Pseudonyms, { hash, size, width, height }: Stored): Stored => ({
  ...{ hash: by.token(hash), size },
  ...(width !== undefined && { width }),
  ...(height !== undefined && { height }),
})

/** The effect of a stroke at the host's console: `(ui, stroke) → [ui, act]`. Pure; the scene carries out the act. */

import { type Hit, hitsOf } from '../../client/chat/search-results.ts'
import type { Completion } from '../../client/input/completion.ts'
import { textOf, write } from '../../client/input/editor.ts'
import { newer, older, remember } from '../../client/input/typed-lines.ts'
import { withoutKey } from '../../model/slash/modes.ts'
import { withoutSecrets } from '../../model/slash.ts'
import { hitAfter } from '../chat/drawing/search-results.ts'
import { anchored, type LineAnchor, scrollDown, scrollHome, scrollUp } from '../chat/scroll.ts'
import { anchorOn, type Selected } from '../chat/selected/selection.ts'
import type { ClockFace } from '../clock-face.ts'
import { completed } from '../completion.ts'
import { edit } from '../edit.ts'
import type { Size } from '../stage/scene.ts'
import type { Stroke } from '../stroke.ts'
import { consolePane, consolePlan } from './frame.ts'
import { type Wide, wideLines } from './overlay.ts'
import { type ConsoleState, type ConsoleUi, closed } from './state.ts'

export type ConsoleAct =
  | { readonly type: 'run'; readonly line: string }
  | { readonly type: 'seek'; readonly hit: Hit }
  /** Load more of the past that is shown. */
  | { readonly type: 'more'; readonly way: 'earlier' | 'later' }
  /** Show the live events again. */
  | { readonly type: 'live' }
  | { readonly type: 'stop' }
  /** Explain the effect of Ctrl-Z. */
  | { readonly type: 'warn' }
  | { readonly type: 'suspend' }
  | { readonly type: 'redraw' }

export type ConsoleSeen = {
  readonly consoleState: ConsoleState
  readonly size: Size
  readonly face: ClockFace
  readonly complete: (before: string) => Completion
}

type ConsolePressed = readonly [ConsoleUi, ConsoleAct | null]

export function pressConsole(at: ConsoleUi, stroke: Stroke, seen: ConsoleSeen): ConsolePressed {
  const isStop = stroke.type === 'key' && stroke.key === 'ctrl-z'
  const ui = isStop ? at : { ...at, warned: false }
  const done = stroke.type === 'key' ? (onFound(ui, stroke.key, seen) ?? onKey(ui, stroke.key, seen)) : null
  if (done) return done
  const editor = edit(ui.editor, stroke)
  return [{ ...ui, editor: editor ?? ui.editor, completing: null }, null]
}

/** While search results are shown, the arrows select one, and Enter goes to it. */
function onFound(ui: ConsoleUi, key: string, { consoleState: { found }, size }: ConsoleSeen): ConsolePressed | null {
  const { overlay } = ui
  if (overlay?.kind !== 'found' || !found || ui.completing) return null
  const hit = hitAfter(found, overlay.hit, key, consolePlan(ui, size).life)
  if (hit !== null) return [{ ...ui, overlay: { ...overlay, hit } }, null]
  const chosen = hitsOf(found)[overlay.hit]
  if ((key !== 'enter' && key !== 'ctrl-j') || textOf(ui.editor).trim() !== '' || !chosen) return null
  return [
    { ...ui, overlay: null },
    { type: 'seek', hit: chosen },
  ]
}

function onKey(ui: ConsoleUi, key: string, seen: ConsoleSeen): ConsolePressed | null {
  const text = textOf(ui.editor)
  switch (key) {
    case 'enter':
    // A terminal sends this for an Enter that was typed before the screen was there.
    case 'ctrl-j':
      return entered(ui, text)
    case 'tab':
      return [completed(ui, seen.complete, 1), null]
    case 'shift-tab':
      return [completed(ui, seen.complete, -1), null]
    case 'escape':
      if (ui.completing) return [{ ...ui, completing: null }, null]
      return ui.overlay ? [closed(ui), null] : toEnd(ui)
    case 'ctrl-c':
      return text === '' ? [ui, { type: 'stop' }] : [{ ...ui, editor: write(ui.editor, ''), completing: null }, null]
    case 'ctrl-z':
      return ui.warned ? [{ ...ui, warned: false }, { type: 'suspend' }] : [{ ...ui, warned: true }, { type: 'warn' }]
    case 'ctrl-l':
      return [ui, { type: 'redraw' }]
    case 'up':
    case 'ctrl-p':
      return recalled(ui, older(ui.typed, text))
    case 'down':
    case 'ctrl-n':
      return recalled(ui, newer(ui.typed))
    default:
      return scrolled(ui, key, text, seen)
  }
}

/** A paste of several lines: each line is one command. */
function entered(ui: ConsoleUi, text: string): ConsolePressed {
  if (ui.completing) return [{ ...ui, completing: null }, null]
  if (text.trim() === '') return [closed(ui), null]
  const typed = remember(ui.typed, text, line => withoutKey(withoutSecrets(line)))
  return [
    { ...closed(toEnd(ui)[0]), typed, editor: write(ui.editor, ''), completing: null },
    { type: 'run', line: text },
  ]
}

/** Shows the end of the live events. */
const toEnd = (ui: ConsoleUi): ConsolePressed => [{ ...ui, anchor: null, selected: null }, { type: 'live' }]

/** Selects a message and scrolls to it. */
export function selectedAt(
  ui: ConsoleUi,
  selected: NonNullable<Selected>,
  { consoleState, size, face }: ConsoleSeen,
): ConsoleUi {
  const next = { ...ui, overlay: null, selected }
  const pane = consolePane(consoleState, next, consolePlan(next, size), face)
  return { ...next, anchor: anchored(pane, anchorOn(pane, null, selected)) }
}

const recalled = (ui: ConsoleUi, found: ReturnType<typeof newer>): ConsolePressed =>
  found ? [{ ...ui, typed: found.typed, editor: write(ui.editor, found.text), completing: null }, null] : [ui, null]

function turned(ui: ConsoleUi, overlay: Wide, key: string, rows: number, { columns }: Size): ConsolePressed | null {
  const page = Math.max(1, rows - 1)
  const most = Math.max(0, wideLines(overlay, columns).length - rows)
  const ends = textOf(ui.editor) === '' ? { home: -most, end: most } : {}
  const by = new Map(Object.entries({ pageup: -page, pagedown: page, ...ends })).get(key) ?? 0
  return by === 0 ? null : [{ ...ui, overlay: { ...overlay, from: clamp(overlay.from + by, most) } }, null]
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most))

function scrolled(
  ui: ConsoleUi,
  key: string,
  text: string,
  { consoleState, size, face }: ConsoleSeen,
): ConsolePressed | null {
  const plan = consolePlan(ui, size)
  if (ui.overlay?.kind === 'wide') return turned(ui, ui.overlay, key, plan.life, size)
  const pane = consolePane(consoleState, ui, plan, face)
  const page = Math.max(1, plan.life - 1)
  const to = (anchor: LineAnchor, more: 'earlier' | 'later' | null): ConsolePressed => [
    { ...ui, anchor: anchored(pane, anchor) },
    consoleState.past && more ? { type: 'more', way: more } : null,
  ]
  if (key === 'pageup') {
    const { anchor, top } = scrollUp(pane, ui.anchor, page)
    return to(anchor, top ? 'earlier' : null)
  }
  if (key === 'pagedown') {
    const anchor = scrollDown(pane, ui.anchor, page)
    return to(anchor, anchor === null ? 'later' : null)
  }
  if (key === 'home' && text === '') return to(scrollHome(pane), 'earlier')
  return key === 'end' && text === '' ? toEnd(ui) : null
}

/**
 * The servers of a replicated log, as this one sees them. It shows with beats that it's up, judges which others are
 * down, and compares the states of all.
 */
import { type Observable, type Subscription, takeUntil } from 'rxjs'
import { type DataError, LastingError } from '../../journal/data-error.ts'
import { NODE_BEAT_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { HeardBeat, Peers } from '../../port/peers.ts'
import { wardenOf } from '../../reducer/rules/nodes.ts'
import type { Hub, HubTrouble } from '../commit/hub.ts'
import type { NodeState, NodeStatus } from '../observe/node-status.ts'
import type { Note } from '../observe/notes.ts'
import type { CutOff } from './cut-off.ts'
import { Digests } from './digests.ts'
import { Silence } from './silence.ts'

type Deps = {
  readonly peers: Peers
  readonly clock: Clock
  readonly cutOff: CutOff
  readonly origin: string
  /** Names this start of the server. */
  readonly run: () => string
  readonly address: string | null
  readonly version: string
  readonly reads: number
  /** Inputs after which it hashes its state. */
  readonly digestEvery: number
  readonly state: () => State
  /** It's about to stop. */
  readonly isDraining: () => boolean
  readonly disks: () => Readonly<Record<string, boolean>>
  /** Says that this run of another server is gone. */
  readonly down: (node: string, run: string) => void
  /** This server can't go on. */
  readonly lose: (error: Error) => void
  readonly note: (note: Note) => void
  /**
   * Null, with every beat: the log stores, and its entries are stored here. Otherwise the reason why not: once, while
   * that lasts.
   */
  readonly stores: (why: unknown) => void
}

export class Nodes {
  readonly #deps: Deps
  readonly #silence: Silence
  readonly #digests: Digests
  /** The last beat of each run, and the input that this server had folded when it heard it. */
  #beats = new Map<string, HeardBeat & { readonly at: number }>()
  /**
   * Runs that this server has reported as down, while the log has yet to show it; and the run in which it reported
   * them.
   */
  #judged = new Set<string>()
  #judgedBy = ''
  /** It has said that it can't store. */
  #isUnstored = false
  #following: Subscription | null = null
  #alarm: (() => void) | null = null

  constructor(deps: Deps) {
    this.#deps = deps
    this.#silence = new Silence(deps.origin)
    this.#digests = new Digests(deps.origin, deps.clock, deps.digestEvery)
  }

  start({ delivered$, trouble$ }: Pick<Hub, 'delivered$' | 'trouble$'>, closing$: Observable<void>): void {
    this.#following = this.#deps.peers.beats$.pipe(takeUntil(closing$)).subscribe(beat => this.#hear(beat))
    this.#following.add(delivered$.subscribe(steps => this.#digests.follow(steps)))
    this.#following.add(trouble$.subscribe(what => this.#takeBack(what)))
    this.#following.add(() => this.#alarm?.())
    this.#beat()
  }

  status(): readonly NodeStatus[] {
    const { peers, clock, origin, state } = this.#deps
    const { nodes } = state()
    const warden = wardenOf(state())
    return [...nodes].map(([name, { run, address, reads }]) => {
      const isOwn = name === origin
      const beat = this.#beats.get(run)
      const beatAge = beat ? clock.elapsed() - beat.heardAt : null
      return {
        ...{ name, run, isOwn, isWarden: name === warden, beatAge },
        address: address ?? null,
        version: beat?.version ?? null,
        reads: reads ?? null,
        behind: beat ? Math.max(0, beat.at - beat.seq) : null,
        lag: isOwn ? peers.lag() : null,
        state: isOwn ? this.#ownState() : stateOf(beat ?? null, beatAge),
        disks: beat?.disks ?? {},
      }
    })
  }

  #ownState(): NodeState {
    const { cutOff, isDraining } = this.#deps
    if (cutOff.isCutOff) return 'cut-off'
    return isDraining() ? 'draining' : 'here'
  }

  #beat(): void {
    const { peers, clock, cutOff, origin: node, run, address, version, reads, state, isDraining, disks } = this.#deps
    const { seq } = state()
    const drains = isDraining() ? ({ drains: true } as const) : {}
    const beat = {
      node,
      run: run(),
      address,
      version,
      reads,
      seq,
      ...drains,
      disks: disks(),
      digest: this.#digests.latest,
    }
    void cutOff.beat(() => peers.beat(beat)).then(isStored => (isStored ? this.#look() : undefined))
    this.#alarm = clock.alarm(NODE_BEAT_MS, () => this.#beat())
  }

  async #look(): Promise<void> {
    const { peers, stores } = this.#deps
    try {
      await peers.usable()
      this.#isUnstored = false
      stores(null)
    } catch (error) {
      if (!this.#isUnstored) stores(error)
      this.#isUnstored = true
    }
  }

  #hear(beat: HeardBeat): void {
    const { origin, run, state, down } = this.#deps
    this.#beats.set(beat.run, { ...beat, at: state().seq })
    const isOwn = beat.node === origin && beat.run === run()
    // A judgement of an earlier run may have been refused.
    if (run() !== this.#judgedBy) this.#judged = new Set()
    this.#judgedBy = run()
    for (const gone of this.#silence.hear(beat, isOwn, state())) {
      if (this.#judged.has(gone.run)) continue
      this.#judged.add(gone.run)
      down(gone.node, gone.run)
    }
    if (isOwn) this.#forgetGone()
    this.#compare(beat)
  }

  /** The others don't know of a judgement that could not be stored. The next beats show whether it still holds. */
  #takeBack(what: HubTrouble): void {
    if (what.type !== 'storage') return
    for (const { input } of what.drafts) if (input.type === 'down') this.#judged.delete(input.run)
  }

  #forgetGone(): void {
    const runs = new Set([...this.#deps.state().nodes.values()].map(({ run }) => run))
    for (const run of this.#judged) if (!runs.has(run)) this.#judged.delete(run)
    for (const run of this.#beats.keys()) if (!runs.has(run)) this.#beats.delete(run)
  }

  /** Another version may write the same state in another way. */
  #compare(beat: HeardBeat): void {
    const { version, state, lose, note } = this.#deps
    if (beat.version !== version) return
    const verdict = this.#digests.hear(beat, state().nodes.size)
    if (verdict === 'alone') lose(differs(beat.digest?.seq ?? 0))
    if (verdict === 'split') note({ type: 'nodes-differ', seq: beat.digest?.seq ?? 0 })
  }
}

function stateOf(beat: HeardBeat | null, age: number | null): NodeState {
  if (age !== null && age > 2 * NODE_BEAT_MS) return 'silent'
  return beat?.drains ? 'draining' : 'here'
}

const differs = (seq: number): DataError =>
  new LastingError(
    `after input ${seq} the room of this server is not that of the others, so it stops. Move its data directory away and start it again: it fills a new one from the log. Please report this with what rxchat-server replay says of the old one.`,
  )

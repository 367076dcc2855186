/**
 * The frames for one session alone: those that wait, in order, and those that were taken lately. A session that can
 * resume gets the latter again, since its client may not have had them.
 */
import { LANE_BYTES, LANE_KEPT_BYTES } from '../../../model/limits.ts'
import { AT_THE_END, AT_THE_START } from '../frames.ts'
import { type Frame, own } from './ring.ts'

export class Lane {
  #frames: Frame[] = []
  #at = 0
  #bytes = 0
  #kept: Frame[] = []
  #keptBytes = 0
  /** The last input with a taken frame that cannot be given again. */
  #gone = 0
  /** Whether its session can resume. */
  resumes = false

  get isEmpty(): boolean {
    return this.#at === this.#frames.length
  }

  get head(): Frame | null {
    return this.#frames[this.#at] ?? null
  }

  /** It is over its bound. The last frame doesn't count, so one frame of any size fits: a room may be large. */
  get overfull(): boolean {
    const last = this.#frames.at(-1)
    return this.#bytes - (last ? heldBy(last) : 0) > LANE_BYTES
  }

  /** Bytes of frames that are kept though they were taken. */
  get kept(): number {
    return this.#keptBytes
  }

  get gone(): number {
    return this.#gone
  }

  put(frame: Frame): void {
    this.#frames.push(frame)
    this.#bytes += heldBy(frame)
  }

  /** Takes its head. */
  shift(frame: Frame): void {
    this.#at++
    this.#bytes -= heldBy(frame)
    // By halves, so that a frame is moved once on average. So a lane that is never empty does not hold read frames.
    if (this.#at * 2 > this.#frames.length) {
      this.#frames = this.#frames.slice(this.#at)
      this.#at = 0
    }
    this.#keep(frame)
  }

  /** Forgets the waiting frames, so the session will have a gap when it resumes. */
  spill(): void {
    this.#gone = this.#frames.at(-1)?.seq ?? this.#gone
    this.#clear()
  }

  /** The client has everything up to `seq`, so the kept frames up to there can go. */
  wasRead(seq: number): void {
    const read = this.#kept.findLastIndex(frame => frame.seq <= seq) + 1
    if (read > 0) this.#drop(read)
  }

  /** Nothing up to `seq` can be given again. */
  lose(seq: number): void {
    this.#gone = Math.max(this.#gone, seq)
  }

  /**
   * Goes on after `seq`. The welcome is not repeated. An answer that no input brought is dropped, even if unread: the
   * client would take it for the answer to its repeated command, which may turn out differently.
   */
  rewind(seq: number): void {
    const unread = this.#frames.slice(this.#at).filter(({ k }) => k !== AT_THE_END)
    const alone = [...this.#kept, ...unread]
    this.#kept = []
    this.#keptBytes = 0
    this.#clear()
    for (const frame of alone) {
      if (frame.k === AT_THE_START) continue
      if (frame.seq > seq) this.put(frame)
      else this.#keep(frame)
    }
  }

  #clear(): void {
    this.#frames = []
    this.#at = 0
    this.#bytes = 0
  }

  /** Answers that no input brought are not kept: the client asks again. */
  #keep(frame: Frame): void {
    if (!this.resumes || frame.k === AT_THE_END) return
    if (!frame.isShared) own(frame)
    this.#kept.push(frame)
    this.#keptBytes += heldBy(frame)
    while (this.#keptBytes > LANE_KEPT_BYTES) this.#drop(1)
  }

  /** Drops the oldest kept frames. */
  #drop(count: number): void {
    for (const frame of this.#kept.splice(0, count)) {
      this.#keptBytes -= heldBy(frame)
      this.lose(frame.seq)
    }
  }
}

/** Bytes that a frame takes in the lane. */
const heldBy = ({ bytes, isShared }: Frame): number => (isShared ? 0 : bytes.length)

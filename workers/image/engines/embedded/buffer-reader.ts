import type { FromChild } from './messages.ts'

/** Lines of the native log that tell sizes; the addon's version is pinned, and a test runs the real one. */
const weights = /total params memory size = [\d.]+MB \(VRAM ([\d.]+)MB, RAM ([\d.]+)MB\)/
const buffer = /compute buffer size: ([\d.]+) MB\((VRAM|RAM)\)/

const mebibyte = 1024 * 1024

/** Learns from the engine's log where a model lies, and what its buffers took. */
export class BufferReader {
  #weights: { readonly card: number; readonly system: number } | null = null
  #largestOnCard = 0

  /** Takes a message of the engine. */
  read(message: { readonly type: string } | FromChild): void {
    if (message.type !== 'log' || !('text' in message)) return
    const sizes = weights.exec(message.text)
    if (sizes !== null) this.#weights = { card: bytesOf(sizes[1]), system: bytesOf(sizes[2]) }
    const taken = buffer.exec(message.text)
    if (taken?.[2] === 'VRAM') this.#largestOnCard = Math.max(this.#largestOnCard, bytesOf(taken[1]))
  }

  /** Lets the buffers be counted anew, as at the start of a generation. */
  begin(): void {
    this.#largestOnCard = 0
  }

  /** Where the model computes; null before the engine said so. */
  get device(): 'cpu' | 'gpu' | null {
    if (this.#weights === null) return null
    return this.#weights.card > 0 || this.#largestOnCard > 0 ? 'gpu' : 'cpu'
  }

  /** The most that lay on the card since `begin`, in bytes; null where nothing does. */
  get cardPeakBytes(): number | null {
    return this.device === 'gpu' ? (this.#weights?.card ?? 0) + this.#largestOnCard : null
  }
}

function bytesOf(mebibytes: string | undefined): number {
  return Math.round(Number(mebibytes) * mebibyte)
}

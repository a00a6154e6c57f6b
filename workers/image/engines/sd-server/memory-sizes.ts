/** `total params memory size = 2032.07MB (VRAM 2032.07MB, RAM 0.00MB): text_encoders 469.44MB(VRAM), …` */
const weights = /total params memory size = [\d.]+MB \(VRAM ([\d.]+)MB, RAM ([\d.]+)MB\):?(.*)/
const part = /(\w+) ([\d.]+)MB\((VRAM|RAM)\)/g

/** `unet compute buffer size: 559.90 MB(VRAM)`, told once for each size of picture. */
const buffer = /([\w ]+?) compute buffer size: ([\d.]+) MB\((VRAM|RAM)\)/

const mebibyte = 1024 * 1024

/** The weights of a model, in bytes. */
export interface WeightSizes {
  readonly card: number
  readonly system: number
  /** By the program's names: `text_encoders`, `diffusion_model`, `vae` and others; those it lacks are left out. */
  readonly parts: Readonly<Record<string, number>>
}

/** Learns from the program's log what a model and its buffers take, and where they lie. */
export class MemorySizes {
  #weights: WeightSizes | null = null
  readonly #buffers = new Map<string, number>()

  /** Takes a line of the log. */
  read(text: string): void {
    const told = weights.exec(text)
    if (told !== null) this.#weights = readWeights(told)
    const [, name, size, place] = buffer.exec(text) ?? []
    if (name !== undefined && place === 'VRAM') this.#buffers.set(name.trim(), bytesOf(size))
  }

  /** Null before the program has told. */
  get weights(): WeightSizes | null {
    return this.#weights
  }

  /** Where the model computes; null before the program has told. Weights of an offloaded model lie in system memory. */
  get device(): 'cpu' | 'gpu' | null {
    if (this.#weights === null) return null
    return this.#weights.card > 0 || this.#buffers.size > 0 ? 'gpu' : 'cpu'
  }

  /** The most that lies on the card: the weights and the largest buffer, for the parts work one after the other. Bytes. */
  get cardPeakBytes(): number | null {
    if (this.device !== 'gpu') return null
    return (this.#weights?.card ?? 0) + Math.max(0, ...this.#buffers.values())
  }
}

function readWeights([, card, system, list]: RegExpExecArray): WeightSizes {
  const parts = [...(list ?? '').matchAll(part)].map(([, name, size]) => [name, bytesOf(size)] as const)
  return {
    card: bytesOf(card),
    system: bytesOf(system),
    parts: Object.fromEntries(parts.filter(([, bytes]) => bytes > 0)),
  }
}

function bytesOf(mebibytes: string | undefined): number {
  return Math.round(Number(mebibytes) * mebibyte)
}

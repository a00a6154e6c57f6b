/** How long the parts of a picture took, in milliseconds. */
export interface Durations {
  /** From the request until the engine has its order. */
  readonly before: number
  readonly encoding: number
  readonly sampling: number
  /** From the last step until whoever asked has the picture. */
  readonly after: number
  readonly total: number
}

/** The parts in their order, as people call them. */
export const stageNames = [
  ['before', 'until the engine begins'],
  ['encoding', 'reading the prompt'],
  ['sampling', 'steps'],
  ['after', 'decoding and everything after it'],
  ['total', 'together'],
] as const satisfies readonly (readonly [keyof Durations, string])[]

/** Takes the times at which the phases of one picture began. */
export class Stopwatch {
  readonly #begin = performance.now()
  readonly #phases = new Map<string, number>()

  enter(phase: string): void {
    if (!this.#phases.has(phase)) this.#phases.set(phase, performance.now())
  }

  stop(): Durations {
    const end = performance.now()
    const encoding = this.#when('encoding')
    const sampling = this.#when('sampling')
    const decoding = this.#when('decoding')
    return {
      before: encoding - this.#begin,
      encoding: sampling - encoding,
      sampling: decoding - sampling,
      after: end - decoding,
      total: end - this.#begin,
    }
  }

  #when(phase: string): number {
    const time = this.#phases.get(phase)
    if (time === undefined) throw new Error(`The engine never told of ${phase}.`)
    return time
  }
}

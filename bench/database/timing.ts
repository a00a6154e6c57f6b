/** How long something takes, in milliseconds. */
export interface Timing {
  readonly name: string
  readonly p50: number
  readonly p99: number
  readonly samples: number
}

/** Does something many times, each time with another number, and times each of them. */
export async function time(name: string, samples: number, run: (sample: number) => unknown): Promise<Timing> {
  // The first few read from the disk what any later one finds in memory.
  for (let sample = 0; sample < Math.min(3, samples); sample += 1) await run(samples + sample)
  const durations: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    const began = performance.now()
    const result = run(sample)
    if (result instanceof Promise) await result
    durations.push(performance.now() - began)
  }
  const sorted = durations.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { name, p50: at(0.5), p99: at(0.99), samples }
}

/** A timing as a line of a table. */
export function describeTiming({ name, p50, p99, samples }: Timing): string {
  return `${name.padEnd(52)}${milliseconds(p50)}${milliseconds(p99)}${String(samples).padStart(9)}`
}

function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1).padStart(10)
}

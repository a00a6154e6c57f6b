import { availableParallelism, loadavg } from 'node:os'

/** Up to this size a model is computed faster by one thread than several can agree; 256 MiB. */
const tinyModelBytes = 256 * 1024 * 1024

/** More threads than this gain nothing and wait for each other. */
const mostThreads = 16

/**
 * How many threads compute. They wait for each other by spinning, so cores that others use slow all of them down:
 * measured on two busy cores, 50 tokens of a tiny model took 75 s with two threads and 31 ms with one.
 *
 * @param configured what a person set; 0 leaves it to us
 * @param modelBytes the size of the model's file
 * @param load how many processes want a core, on average over the last minute
 */
export function chooseThreads(
  configured: number,
  modelBytes: number,
  cores = availableParallelism(),
  load = loadavg()[0] ?? 0,
): number {
  if (configured > 0) return configured
  if (modelBytes <= tinyModelBytes) return 1
  const free = Math.floor(cores - Math.min(load, cores / 2))
  return Math.max(1, Math.min(free, cores - 1, mostThreads))
}

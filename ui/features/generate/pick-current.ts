import type { Generation } from '../../../contracts/entities/generation.ts'

/** The picture to show large: the one a person picked, else the one in the making, else the next in line, else the latest. */
export function pickCurrent(generations: readonly Generation[], picked: string | null): Generation | null {
  const chosen = generations.find(({ id }) => id === picked)
  const running = generations.find(({ state }) => state === 'running')
  const next = generations.findLast(({ state }) => state === 'queued')
  return chosen ?? running ?? next ?? latest(generations)
}

/** A cancelled picture has nothing to show, so it comes last. */
function latest(generations: readonly Generation[]): Generation | null {
  const newestFirst = generations.toSorted((one, other) => finishedAt(other) - finishedAt(one))
  return newestFirst.find(({ state }) => state !== 'cancelled') ?? newestFirst[0] ?? null
}

function finishedAt({ finished_at, created_at }: Generation): number {
  return Date.parse(finished_at ?? created_at)
}

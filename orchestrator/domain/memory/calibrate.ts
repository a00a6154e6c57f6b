/** What one run was expected to take, and took. Bytes. */
export interface Observation {
  readonly engine: string
  readonly device: string
  readonly model: string
  readonly width: number
  readonly height: number
  readonly from_picture: number
  /** The layout as text, see `layoutKey`. */
  readonly layout: string
  /** What the figures said before any run corrected them. */
  readonly raw_bytes: number
  readonly actual_bytes: number
}

/** What tells runs of one kind from others. */
export type RunKind = Omit<Observation, 'raw_bytes' | 'actual_bytes'>

/** An expectation, and how far it may be off either way. Bytes. */
export interface Expectation {
  readonly bytes: number
  readonly errorBytes: number
  /** How many earlier runs it goes by. */
  readonly compared: number
}

/** The newest runs of a kind that count: a driver or an engine may change. */
const latest = 20

/** So many runs of the very same kind are enough to go by those alone. */
const enough = 2

/** How far an expectation may be off as long as so much is known; shares of it. */
const margins = { sameKind: 0.03, sameModel: 0.08, sameEngine: 0.2, nothing: 0.3 }

/**
 * Corrects what the figures say by what earlier runs took: by those of the very same kind, else by how far off the figures
 * were for this model, else for this engine. The margin follows how much those runs differ among themselves.
 *
 * @param raw what the figures say, in bytes
 * @param observations earlier runs, newest first
 */
export function calibrate(raw: number, kind: RunKind, observations: readonly Observation[]): Expectation {
  const engine = observations.filter((run) => run.engine === kind.engine && run.device === kind.device)
  const model = engine.filter((run) => run.model === kind.model)
  const same = model.filter((run) => isSameKind(run, kind))
  if (same.length >= enough) return correct(raw, same, margins.sameKind)
  if (model.length > 0) return correct(raw, model, margins.sameModel)
  if (engine.length > 0) return correct(raw, engine, margins.sameEngine)
  return { bytes: Math.round(raw), errorBytes: Math.round(raw * margins.nothing), compared: 0 }
}

function correct(raw: number, runs: readonly Observation[], leastMargin: number): Expectation {
  const ratios = runs
    .slice(0, latest)
    .map((run) => run.actual_bytes / run.raw_bytes)
    .toSorted((one, other) => one - other)
  const middle = quantile(ratios, 0.5)
  const spread = Math.max(quantile(ratios, 0.95) - middle, middle - quantile(ratios, 0.05)) / middle
  const bytes = raw * middle
  return {
    bytes: Math.round(bytes),
    errorBytes: Math.round(bytes * Math.min(margins.nothing, leastMargin + spread)),
    compared: ratios.length,
  }
}

function isSameKind(run: Observation, kind: RunKind): boolean {
  return (
    run.width === kind.width &&
    run.height === kind.height &&
    run.from_picture === kind.from_picture &&
    run.layout === kind.layout
  )
}

/** @param sorted at least one figure, the smallest first */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round((sorted.length - 1) * share)] ?? 1
}

import type { EngineCapabilities, EngineIdentity } from '../../../contracts/entities/engine.ts'
import type { ImageRequest, ModelSpecification } from '../../../contracts/worker.ts'

/** What an engine tells while it makes pictures, in the order in which it happens. */
export type EngineReport =
  | { readonly type: 'phase'; readonly phase: 'encoding' | 'sampling' | 'decoding' }
  /** Steps over the whole batch: `total` is steps times pictures. */
  | { readonly type: 'step'; readonly step: number; readonly total: number }
  /** A finished picture, as a PNG. `index` counts from 0 within the batch. */
  | { readonly type: 'image'; readonly index: number; readonly png: Buffer }

/** A request without its model, which the engine has loaded already. */
export type EngineRequest = Omit<ImageRequest, 'model'>

/** How long the parts of a generation took, in milliseconds, by the names `completed` reports them under. */
export type EngineTimings = Record<string, number>

/** Where a model computes, and the most it held on a graphics card, in bytes. Null where the engine did not tell. */
export interface EngineMemory {
  readonly device: 'cpu' | 'gpu' | null
  readonly cardPeakBytes: number | null
}

/**
 * Something that makes pictures. One call at a time: whoever uses it sees to that.
 *
 * Every rejection is a ProductError: `engine_failed`, `out_of_memory` and `engine_hung` (the engine is stopped by then),
 * `model_file_invalid`, or `cancelled` once the signal was aborted and the engine has really stopped working.
 * After any of them the next call works again.
 */
export interface ImageEngine {
  readonly identity: EngineIdentity
  readonly capabilities: EngineCapabilities
  /** The model that is loaded now; null without one, also after the engine's process has died. */
  readonly loaded: ModelSpecification | null
  /** What the engine told of its memory since the model was loaded and the last generation began. */
  readonly memory: EngineMemory
  /** The process that holds the model, for measuring it. */
  readonly pid: number | null
  /** Loads a model in place of the one that is loaded. */
  load(model: ModelSpecification, signal: AbortSignal): Promise<void>
  /** Makes the pictures of one request; each comes through `report`. */
  generate(
    request: EngineRequest,
    report: (report: EngineReport) => void,
    signal: AbortSignal,
  ): Promise<EngineTimings>
  /** Gives all memory back. */
  unload(): Promise<void>
  /** Stops the engine by force, before this returns. */
  kill(): void
}

/** True where both specifications name the same loaded model, whatever the order of their fields. */
export function isSameModel(one: ModelSpecification, other: ModelSpecification): boolean {
  return modelIdentity(one) === modelIdentity(other)
}

/** A text that is equal for equal specifications. */
export function modelIdentity(model: ModelSpecification): string {
  return JSON.stringify([sortedFields(model.files), sortedFields(model.placement)])
}

function sortedFields(object: object): [string, unknown][] {
  const fields = Object.entries(object).filter(([, value]) => value !== undefined)
  return fields.toSorted(([one], [other]) => (one < other ? -1 : 1))
}

import { ProductError } from '../../../../contracts/errors.ts'
import type { EngineTimings } from '../engine.ts'
import { saysOutOfMemory } from '../out-of-memory.ts'
import { failedEngine, type Heard } from './conversation.ts'
import type { ChildSign, EngineChild } from './engine-child.ts'
import type { StageReader } from './stage-reader.ts'

/** What the addon calls the parts of a generation, and what we call them. */
const timingNames: Record<string, string> = {
  conditionerMs: 'encoding',
  denoiseMs: 'sampling',
  vaeMs: 'decoding',
}

/**
 * Judges a sign of an engine that loads a model. Its main thread is blocked meanwhile, so the lifeline's thread counts.
 *
 * @throws ProductError `model_file_invalid` where the engine cannot use the files, `out_of_memory` where they do not fit
 */
export function readLoadSign(child: EngineChild, sign: ChildSign): Heard<void> {
  if (sign.type === 'loaded') return { answer: undefined }
  if (sign.type !== 'load-failed') return 'alive'
  const facts = { engine_message: sign.message, last_words: child.lastWords }
  if (saysOutOfMemory(`${sign.message}\n${child.lastWords}`)) throw failedEngine(child, facts)
  throw new ProductError('model_file_invalid', undefined, { details: facts })
}

/**
 * Judges a sign of an engine that makes pictures.
 *
 * @throws ProductError `engine_failed` where it says that it failed
 */
export function readGenerateSign(
  child: EngineChild,
  sign: ChildSign,
  stages: StageReader,
): Heard<EngineTimings> {
  if (sign.type === 'done') return { answer: readTimings(sign.statistics) }
  if (sign.type === 'failed') throw failedEngine(child, { engine_message: sign.message })
  // The lifeline's thread lives on when the main thread hangs.
  if (sign.type === 'alive') return 'nothing'
  return stages.read(sign) ? 'progress' : 'alive'
}

function readTimings(statistics: Record<string, unknown>): EngineTimings {
  const known = Object.entries(statistics).flatMap(([name, value]) => {
    const ours = timingNames[name]
    return ours === undefined || typeof value !== 'number' ? [] : [[ours, value] as const]
  })
  return Object.fromEntries(known)
}

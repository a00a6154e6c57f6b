import { ProductError, toErrorBody } from '../../contracts/errors.ts'
import type { ImageEvent, ImageRequest } from '../../contracts/worker.ts'
import { describe } from '../runtime/error-reply.ts'
import type { Logger } from '../runtime/logger.ts'
import { readProcessMemory, resetPeak } from '../runtime/process-memory.ts'
import { isSameModel, type EngineReport, type ImageEngine } from './engines/engine.ts'
import { PictureInspection } from './picture-inspection.ts'
import { ProgressTracker, type DecodingExperience } from './progress.ts'
import type { Outcome, Work } from './workbench.ts'

/** What a generation needs beside its request. */
export interface GenerationTools {
  readonly engine: ImageEngine
  readonly experience: DecodingExperience
  readonly log: Pick<Logger, 'warn'>
  /** Takes the events, in order; the last one says how it ended. */
  readonly emit: (event: ImageEvent) => void
}

/** Makes the pictures of one request. Never throws: every end is told as the last event and as the outcome. */
export async function runGeneration(
  work: Work,
  request: ImageRequest,
  tools: GenerationTools,
): Promise<Outcome> {
  const { log, emit } = tools
  try {
    const completed = await makePictures(work, request, tools)
    if (work.signal.aborted) throw new ProductError('cancelled')
    emit(completed)
    return 'completed'
  } catch (error) {
    if (work.signal.aborted) {
      emit({ type: 'cancelled' })
      return 'cancelled'
    }
    const body = toErrorBody(error, work.requestId)
    // What once made a blank picture may do so again; only the end of the process gives everything back.
    if (body.code === 'blank_image') await tools.engine.unload()
    log.warn({ code: body.code, details: body.details, error: describe(error) }, 'generation failed')
    emit({ type: 'failed', error: body })
    return 'failed'
  }
}

async function makePictures(work: Work, request: ImageRequest, tools: GenerationTools): Promise<ImageEvent> {
  const { engine, experience, emit } = tools
  const { model, ...rest } = request
  const pixels = request.width * request.height * request.count
  const tracker = new ProgressTracker(request.steps * request.count, experience.expect(pixels))
  const show = (progress: Work['progress'] & object): void => {
    work.progress = progress
    emit({ type: 'progress', progress })
  }
  if (engine.loaded === null || !isSameModel(engine.loaded, model)) {
    show(tracker.enter('loading'))
    await engine.load(model, work.signal)
  }
  const load = tracker.elapsed
  if (engine.pid !== null) await resetPeak(engine.pid)
  const inspection = new PictureInspection(request, (event) => {
    if (!work.signal.aborted) emit(event)
  })
  const timings = await engine.generate(rest, (report) => take(report), work.signal)
  await inspection.finish()
  if (timings['decoding'] !== undefined) experience.learn(timings['decoding'], pixels)
  const peak = engine.pid === null ? 0 : (await readProcessMemory(engine.pid)).peak
  return {
    type: 'completed',
    engine: engine.identity,
    engine_peak_bytes: peak,
    device: engine.memory.device,
    device_peak_bytes: engine.memory.cardPeakBytes,
    timings_ms: { load, ...timings, total: tracker.elapsed },
  }

  function take(report: EngineReport): void {
    if (report.type === 'phase') show(tracker.enter(report.phase))
    else if (report.type === 'step') show(tracker.advance(report.step, report.total))
    else inspection.add(report.index, report.png)
  }
}

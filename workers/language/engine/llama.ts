import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp'
import { ProductError } from '../../../contracts/errors.ts'
import type { Logger } from '../../runtime/logger.ts'

/**
 * Starts the engine with the binaries that came with its package; nothing is built or downloaded.
 *
 * @param gpu false computes on the processor alone; true takes a GPU where the engine finds one
 * @throws ProductError `language_engine_failed` where no binary fits this machine
 */
export async function startLlama(gpu: boolean, log: Logger): Promise<Llama> {
  try {
    return await getLlama({
      gpu: gpu ? 'auto' : false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      // Each context says itself how many it wants.
      maxThreads: 0,
      logLevel: LlamaLogLevel.warn,
      logger: (level, message) => log.debug({ level, engine: message.trimEnd() }, 'engine'),
    })
  } catch (cause) {
    throw new ProductError('language_engine_failed', 'The language engine does not start on this machine.', {
      cause,
    })
  }
}

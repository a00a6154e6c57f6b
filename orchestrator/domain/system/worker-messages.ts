import type { WorkerState } from '../../../contracts/entities/system.ts'

/** The workers there are. */
export type WorkerName = 'image' | 'language'

const sentences: Record<WorkerName, Record<WorkerState, string>> = {
  image: {
    stopped: 'The image worker has stopped.',
    starting: 'The image worker is starting.',
    ready: 'The image worker is ready.',
    restarting:
      'The image worker stopped unexpectedly and is starting again; a picture in the making will be tried again.',
    stopping: 'The image worker is stopping.',
    failed:
      'The image worker keeps failing and was given up. Waiting pictures stay in the queue until it is started again.',
  },
  language: {
    stopped: 'The language worker has stopped.',
    starting: 'The language worker is starting.',
    ready: 'The language worker is ready.',
    restarting:
      'The language worker stopped unexpectedly and is starting again; an answer in the making was lost and can be asked for again.',
    stopping: 'The language worker is stopping.',
    failed:
      'The language worker keeps failing and was given up. The assistant cannot answer until it is started again or another language model is chosen.',
  },
}

/** What a change of a worker's state means, for a person. */
export function describeWorkerState(worker: WorkerName, state: WorkerState): string {
  return sentences[worker][state]
}

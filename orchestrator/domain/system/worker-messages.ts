import type { WorkerState } from '../../../contracts/entities/system.ts'

const sentences: Record<WorkerState, string> = {
  stopped: 'The image worker has stopped.',
  starting: 'The image worker is starting.',
  ready: 'The image worker is ready.',
  restarting:
    'The image worker stopped unexpectedly and is starting again; a picture in the making will be tried again.',
  stopping: 'The image worker is stopping.',
  failed:
    'The image worker keeps failing and was given up. Waiting pictures stay in the queue until it is started again.',
}

/** What a change of the image worker's state means, for a person. */
export function describeWorkerState(state: WorkerState): string {
  return sentences[state]
}

import { toErrorBody } from '../../../contracts/errors.ts'
import type { StateChange } from '../../supervision/supervisor.ts'
import type { EventBus } from '../event-bus.ts'

/** The workers there are. */
type WorkerName = 'image' | 'language'

/** What a failure means for the work it was at, and for all that is still to come. */
const consequences: Readonly<Record<WorkerName, { readonly lost: string; readonly kept: string }>> = {
  image: { lost: 'your picture will be retried', kept: 'what waits stays in the queue' },
  language: { lost: 'ask again for the answer it was writing', kept: 'the assistant cannot answer' },
}

/** What a change of a worker's state means, for a person. */
export function describeWorkerChange(
  worker: WorkerName,
  { state, error, requests, recovered }: StateChange,
): string {
  const name = `The ${worker} worker`
  const { lost, kept } = consequences[worker]
  const retried = requests.length > 0 ? `; ${lost}` : ''
  switch (state) {
    case 'stopped':
      return `${name} has stopped.`
    case 'starting':
      return `${name} is starting.`
    case 'ready':
      return recovered ? `${name} has recovered and is ready again.` : `${name} is ready.`
    case 'restarting':
      return error?.details['hung'] === true
        ? `${name} stopped responding and is starting again${retried}.`
        : `${name} stopped unexpectedly and is starting again${retried}.`
    case 'stopping':
      return `${name} is stopping.`
    case 'failed':
      return `${name} keeps failing and was given up; ${kept} until it is started again on the System page.`
  }
}

/** Tells of a change, once for each request it concerns, so that each request's own story has it. */
export function tellWorkerChange(events: EventBus, worker: WorkerName, change: StateChange): void {
  const { state, error, requests, recovered } = change
  const message = describeWorkerChange(worker, change)
  const [first = null, ...others] = requests
  for (const concerned of [first, ...others]) {
    const body = error === null ? null : toErrorBody(error, concerned)
    events.publish(
      { type: 'worker-changed', worker, state, error: body, requests: [...requests], recovered },
      message,
      concerned,
    )
  }
}

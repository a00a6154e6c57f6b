import type { JobView } from '../../../contracts/entities/job.ts'

const kinds: Readonly<Record<string, string>> = {
  generate: 'Make a picture',
  thumbnail: 'Make small versions',
  autotag_prompt: 'Tag from the prompt',
}

/** What a job does, for a person; kinds nobody has named go by their own name. */
export const jobKindInWords = (kind: string): string => kinds[kind] ?? kind.replaceAll('_', ' ')

/** The states that are shown, in the order of how much they ask for attention. */
export const jobStates: readonly {
  readonly state: JobView['state']
  readonly label: string
  readonly none: string
}[] = [
  { state: 'failed', label: 'Failed', none: 'Nothing has failed.' },
  { state: 'queued', label: 'Waiting', none: 'Nothing waits.' },
  { state: 'running', label: 'Running', none: 'Nothing runs.' },
  { state: 'completed', label: 'Done', none: 'Nothing is done yet.' },
  { state: 'cancelled', label: 'Cancelled', none: 'Nothing was cancelled.' },
]

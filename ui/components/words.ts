import type { Generation, GenerationState, Progress } from '../../contracts/entities/generation.ts'
import type { ToolCallOutcome } from '../../contracts/entities/tool-call.ts'
import type { WorkerState } from '../../contracts/entities/system.ts'

/** 8 s; 2 min 05 s; 3 h 10 min; 2 d 4 h. */
export function durationInWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (milliseconds > 0 && milliseconds < 9500)
    return `${Math.max(0.1, Math.round(milliseconds / 100) / 10)} s`
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`
}

/** 1 picture; 12 pictures. */
export function countInWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const momentFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })

export const momentInWords = (iso: string): string => momentFormat.format(new Date(iso))
export const timeInWords = (iso: string): string => timeFormat.format(new Date(iso))
export const dayInWords = (iso: string): string => dayFormat.format(new Date(iso))
export const dateInWords = (iso: string): string => dateFormat.format(new Date(iso))
export const monthInWords = (iso: string): string => monthFormat.format(new Date(iso))

const phases: Record<Progress['phase'], string> = {
  preparing: 'Getting ready',
  loading: 'Loading the model',
  encoding: 'Reading the prompt',
  sampling: 'Drawing',
  decoding: 'Developing the picture',
  saving: 'Saving',
}

/** What the engine is doing. */
export const phaseInWords = (phase: Progress['phase']): string => phases[phase]

const workerStates: Record<WorkerState, string> = {
  stopped: 'Stopped',
  starting: 'Starting',
  ready: 'Ready',
  restarting: 'Restarting',
  stopping: 'Stopping',
  failed: 'Failed',
}

export const workerStateInWords = (state: WorkerState): string => workerStates[state]

const outcomes: Record<ToolCallOutcome, string> = {
  completed: 'Done',
  failed: 'Failed',
  refused: 'Refused',
}

/** How a call of an agent ended. */
export const outcomeInWords = (outcome: ToolCallOutcome): string => outcomes[outcome]

const generationStates: Record<GenerationState, string> = {
  queued: 'Waiting',
  running: 'In the making',
  completed: 'Finished',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const generationStateInWords = (state: GenerationState): string => generationStates[state]

/** Where a waiting picture stands. */
export function queuePlaceInWords({ queue_position: position }: Pick<Generation, 'queue_position'>): string {
  if (position === null) return 'Waiting'
  return position === 0 ? 'Next' : `${position} before it`
}

/** The share of the steps that is done, in per cent; null where it cannot be told. */
export function percentDone(progress: Progress | null): number | null {
  if (progress?.phase === 'decoding' || progress?.phase === 'saving') return 100
  if (progress === null || progress.total === 0 || progress.phase !== 'sampling') return null
  return Math.round((progress.step / progress.total) * 100)
}

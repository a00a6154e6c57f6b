import type { Preset } from '../../contracts/entities/preset.ts'
import type { ToolCallOutcome } from '../../contracts/entities/tool-call.ts'
import type { WorkerState } from '../../contracts/entities/system.ts'

/** How something fares, as a colour; words always stand beside it. */
export type Tone = 'good' | 'busy' | 'bad' | 'neutral'

const workerTones: Record<WorkerState, Tone> = {
  stopped: 'neutral',
  starting: 'busy',
  ready: 'good',
  restarting: 'busy',
  stopping: 'neutral',
  failed: 'bad',
}

export const toneOfWorker = (state: WorkerState): Tone => workerTones[state]

const presetTones: Record<Preset['availability']['state'], Tone> = {
  ready: 'good',
  preparing: 'busy',
  unavailable: 'bad',
}

export const toneOfPreset = (state: Preset['availability']['state']): Tone => presetTones[state]

const outcomeTones: Record<ToolCallOutcome, Tone> = {
  completed: 'good',
  failed: 'bad',
  refused: 'neutral',
}

export const toneOfOutcome = (outcome: ToolCallOutcome): Tone => outcomeTones[outcome]

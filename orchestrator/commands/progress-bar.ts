import { Presets, SingleBar } from 'cli-progress'
import type { Generation } from '../../contracts/entities/generation.ts'

/** Shows how far a picture is, on a terminal; where the output goes elsewhere nothing is shown. */
export interface ProgressDisplay {
  show(generation: Generation): void
  end(): void
}

export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined }
  const format = '{phase} {bar} {value}/{total}  {left}'
  const bar = new SingleBar(
    { stream, format, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  )
  bar.start(1, 0, { phase: 'waiting', left: '' })
  return {
    show({ progress, queue_position }) {
      if (progress === null)
        return bar.update(0, {
          phase: queue_position === null ? 'waiting' : `waiting (${queue_position} before)`,
        })
      bar.setTotal(Math.max(1, progress.total))
      bar.update(progress.step, { phase: progress.phase, left: remaining(progress.remaining_ms) })
    },
    end: () => bar.stop(),
  }
}

function remaining(milliseconds: number | null): string {
  return milliseconds === null ? '' : `${Math.ceil(milliseconds / 1000)} s left`
}

import type { Estimate } from '../../contracts/entities/estimate.ts'

/** An estimate in sentences, with what it goes by. */
export function describeEstimate({
  pictures,
  width,
  height,
  steps,
  time,
  memory,
  unloads,
}: Estimate): string {
  return [
    `Nothing was made. ${pictures} of ${width}x${height} pixels with ${steps} steps:`,
    time.seconds === null
      ? 'how long it takes is not known, for this model has made no picture yet.'
      : `about ${time.seconds} seconds, going by ${time.compared} earlier pictures.`,
    time.queue_seconds === null
      ? 'How long the queue before it takes is not known.'
      : `The queue before it takes about ${time.queue_seconds} seconds.`,
    `Memory: ${inMebibytes(memory.needed_bytes)} MiB (${memory.basis}, give or take ${inMebibytes(memory.error_bytes)}) of ${inMebibytes(memory.available_bytes)} MiB, which is ${memory.fits ? 'enough' : 'too little'}.`,
    unloads.length === 0
      ? 'No model has to leave the memory.'
      : `${unloads.length} model has to leave the memory.`,
  ].join(' ')
}

function inMebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

/** Tells what is being done, where results do not go. */
export function tellStage(stage: string): void {
  process.stderr.write(`${stage}\n`)
}

/** A number of bytes for a person: `0.4 MB`. */
export function inBytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

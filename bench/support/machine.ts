import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** What the figures depend on. */
export function describeMachine(): string {
  const memory = (totalmem() / 2 ** 30).toFixed(1)
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor'
  const [load = 0] = loadavg()
  return [
    `Node.js ${process.version}, ${process.platform} ${process.arch}`,
    `${availableParallelism()} cores (${model}), ${memory} GiB of memory`,
    `load over the last minute: ${load.toFixed(2)}`,
  ].join('\n')
}

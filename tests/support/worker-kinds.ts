import { imageWorkerRoutes, workerRoutes } from '../../contracts/worker.ts'

/** A kind of worker, as the suite of the contract runs it. */
export interface WorkerKind {
  readonly name: string
  /** The script, relative to the project. */
  readonly script: string
  readonly configuration: Record<string, unknown>
  /** Every route it serves. */
  readonly routes: readonly (readonly ['GET' | 'POST', string])[]
  /** A route and a body that is refused as `invalid_input`. */
  readonly badInput: readonly [string, unknown]
}

const commonRoutes = [
  ['GET', workerRoutes.health],
  ['POST', workerRoutes.shutdown],
  ['POST', workerRoutes.load],
  ['POST', workerRoutes.unload],
] as const

const image = {
  configuration: { threads: 1, heartbeat_timeout_ms: 10_000, stall_timeout_ms: 60_000 },
  routes: [
    ...commonRoutes,
    ['POST', imageWorkerRoutes.generate],
    ['POST', imageWorkerRoutes.cancel],
  ] as const,
  badInput: [imageWorkerRoutes.cancel, { request: 7 }] as const,
}

/** Every kind there is. A new kind is a new entry, and has to keep the same contract. */
export const workerKinds: readonly WorkerKind[] = [
  { name: 'image', script: 'workers/image/main.ts', ...image },
  { name: 'image, over a scripted engine', script: 'tests/fixtures/engines/scripted-worker.ts', ...image },
]

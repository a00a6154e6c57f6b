import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { Logger } from './logger.ts'

/** A kind of worker: what it must be told, and how it is made from that. */
export interface WorkerDefinition<Configuration> {
  /** Names the kind in logs, such as `image`. */
  readonly name: string
  /** The shape of `configuration` in the boot line. */
  readonly configuration: z.ZodType<Configuration>
  /** Makes the service. Must be quick: models are loaded when they are asked for. */
  create(configuration: Configuration, log: Logger): WorkerService
}

/** What a kind of worker does between its start and its end. */
export interface WorkerService {
  /** Reported in the ready line: names of programs and libraries with their versions. */
  readonly versions: Record<string, string>
  /** Adds the routes of this kind, among them those for loading and unloading models. */
  addRoutes(server: FastifyInstance): void
  /** What only this kind knows of its health, for the reply of `GET /internal/health`. Must answer while work is under way. */
  health(): Promise<Record<string, unknown>>
  /** Takes no new work, cancels what is under way, and resolves when the engine has stopped. */
  stop(): Promise<void>
  /** Stops the engine at once and by force, before this returns. May be called at any time and more than once. */
  kill(): void
}

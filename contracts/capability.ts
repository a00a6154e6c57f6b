import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/**
 * What calling a capability does to the world. Hints for agents, confirmation dialogs and budgets follow from it.
 * `read` changes nothing, `write` adds or changes, `destructive` takes something away, `compute` costs the engine's time.
 */
export type Effect = 'read' | 'write' | 'destructive' | 'compute'

/** The faces a capability is published on. */
export type Surface = 'rest' | 'mcp' | 'assistant'

/** Where a capability lives in the REST interface; `:name` in the path takes the input field of that name. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: `/api/${string}`
}

/** Something the product can do, described once; every interface to it is a projection of this. */
export interface Capability<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> {
  readonly name: Name
  readonly title: string
  /** One or two plain sentences, short enough for a small language model. */
  readonly description: string
  /** A strict object: unknown keys are an error on every surface. */
  readonly input: Input
  readonly output: Output
  /** The failures a caller should expect beyond those every call can meet (bad input, sign-in, internal errors). */
  readonly errors: readonly ErrorCode[]
  readonly effect: Effect
  readonly surfaces: readonly Surface[]
  readonly route: Route
}

/** Defines a capability and keeps its exact types. */
export function defineCapability<
  const Name extends string,
  Input extends z.ZodObject,
  Output extends z.ZodType,
>(definition: Capability<Name, Input, Output>): Capability<Name, Input, Output> {
  return definition
}

/** True where what is not in the path travels as a body of JSON, and not in the query. */
export function hasBody({ method }: Route): boolean {
  return method === 'POST' || method === 'PATCH'
}

/** The names of the input fields that stand in a route's path, in their order. */
export function pathFields(route: Route): string[] {
  return [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
}

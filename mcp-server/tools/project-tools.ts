import { z } from 'zod'
import type { AgentSurface } from '../../contracts/agent.ts'
import { capabilities, type CapabilityName } from '../../contracts/capabilities/index.ts'
import type { Capability } from '../../contracts/capability.ts'
import { presentationOf } from './presentation.ts'

/** A JSON schema of an object. */
export interface ObjectSchema {
  readonly properties?: Readonly<Record<string, object>>
  readonly [keyword: string]: unknown
}

/** A capability as agents see it. */
export interface ProjectedTool {
  readonly name: CapabilityName
  readonly capability: Capability
  readonly inputSchema: ObjectSchema
}

/**
 * The capabilities that agents may call. What takes something away is not among them, whatever a contract says: it
 * needs a person, and the assistant alone can ask its person.
 *
 * @param presets ids of the presets that are installed; the only thing this list depends on
 */
export function projectTools(presets: readonly string[], surface: AgentSurface): ProjectedTool[] {
  const published = Object.entries(capabilities as Readonly<Record<string, Capability>>).filter(
    ([, { surfaces, effect }]) =>
      surfaces.includes(surface) && (effect !== 'destructive' || surface === 'assistant'),
  )
  return published.map(([name, capability]) => ({
    name: name as CapabilityName,
    capability,
    inputSchema: toInputSchema(name as CapabilityName, capability, presets),
  }))
}

function toInputSchema(
  name: CapabilityName,
  { input }: Capability,
  presets: readonly string[],
): ObjectSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' })
  const properties = Object.entries(schema.properties ?? {}).map(([field, described]) => [
    field,
    withDefault(name, field, withPresets(field, described as object, presets)),
  ])
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, object> }
}

/** Where a preset is to be named, those that are there are listed. */
function withPresets(field: string, schema: object, presets: readonly string[]): object {
  if (field !== 'preset' || presets.length === 0) return schema
  const { description } = schema as { description?: string }
  return { type: 'string', enum: presets, description }
}

function withDefault(name: CapabilityName, field: string, schema: object): object {
  const value = presentationOf(name).defaults?.[field]
  return value === undefined ? schema : { ...schema, default: value }
}

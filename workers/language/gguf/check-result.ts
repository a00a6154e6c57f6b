import { z } from 'zod'
import type { JsonSchema } from './grammar-schema.ts'

/** Whether a value is what its schema says, bounds and patterns included; a schema that cannot be read says nothing. */
export function fitsSchema(value: unknown, schema: JsonSchema): boolean {
  try {
    return z.fromJSONSchema(schema).safeParse(value).success
  } catch {
    return true
  }
}

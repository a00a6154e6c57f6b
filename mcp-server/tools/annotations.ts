import type { ToolAnnotations } from '@modelcontextprotocol/server'
import type { Effect } from '../../contracts/capability.ts'

/** What a client may assume of a tool, from its effect alone. Nothing of ours reaches beyond this machine. */
export function annotationsOf(effect: Effect): ToolAnnotations {
  return {
    readOnlyHint: effect === 'read',
    destructiveHint: effect === 'destructive',
    idempotentHint: effect === 'read',
    openWorldHint: false,
  }
}

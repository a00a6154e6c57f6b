import { z } from 'zod'
import { defineCapability } from '../capability.ts'
import { agentConfigurationSchema } from '../entities/agent-configuration.ts'
import { toolCallIdSchema, toolCallOutcomeSchema, toolCallSchema } from '../entities/tool-call.ts'

export const listToolCalls = defineCapability({
  name: 'list_tool_calls',
  title: 'What agents did',
  description: 'Lists the calls agents made, newest first, one page at a time.',
  input: z.strictObject({
    client: z.string().min(1).max(64).optional().describe('Only those of the agent of this name.'),
    outcome: toolCallOutcomeSchema.optional().describe('Only those that ended so.'),
    cursor: toolCallIdSchema.optional().describe('Continue after the page that gave this cursor.'),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.strictObject({
    calls: z.array(toolCallSchema),
    clients: z.array(z.string()).describe('The names of all agents that called, at most 100.'),
    next_cursor: toolCallIdSchema
      .nullable()
      .describe('Give this as `cursor` for the next page; null at the end.'),
  }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/tool-calls' },
})

export const getAgentConfigurations = defineCapability({
  name: 'get_agent_configurations',
  title: 'How to connect agents',
  description: 'Tells, for each program that is known, what to paste where so that it can use MystiCanvas.',
  input: z.strictObject({}),
  output: z.strictObject({ configurations: z.array(agentConfigurationSchema) }),
  errors: [],
  effect: 'read',
  surfaces: ['rest'],
  route: { method: 'GET', path: '/api/agent-configurations' },
})

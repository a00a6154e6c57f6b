import type { ServerContext } from '@modelcontextprotocol/server'
import type { AgentClient, AgentSurface, CallTool } from '../contracts/agent.ts'
import type { Invoke } from '../contracts/capabilities/index.ts'
import type { Config } from '../contracts/config.ts'
import type { StoredEvent } from '../contracts/events.ts'
import type { GuardCall } from './guards/guard-calls.ts'

/** A text for a common task, with places for what the person says. */
export interface AgentPrompt {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly {
    readonly name: string
    readonly description: string
    readonly required: boolean
  }[]
  /** `{{name}}` stands for the argument of that name. */
  readonly text: string
}

/** What the server object of a request is given. */
export interface McpParts extends ProductParts {
  /** Lets every tool call in, or not. */
  readonly guard: GuardCall
  /** Which tools there are: those for any agent, or those for the assistant. */
  readonly surface: AgentSurface
  /** Who calls. */
  readonly clientOf: (context: ServerContext) => AgentClient
}

/** What the MCP server is given of the product. */
export interface ProductParts {
  readonly version: string
  /** Every tool call that was let in goes through here. */
  readonly callTool: CallTool
  /** What agents may do. */
  readonly limits: Config['agents']
  /** For resources, which only read. */
  readonly invoke: Invoke
  /** Calls a listener for each event from now on; the function that is returned ends that. */
  readonly subscribe: (listener: (event: StoredEvent) => void) => () => void
  readonly pictures: {
    /** A copy of at most 256 pixels a side and so many characters of base64; null where there is none. */
    readonly preview: (
      id: string,
      mostCharacters: number,
    ) => Promise<{ readonly mime: string; readonly base64: string } | null>
    /** Where the whole picture lies on this machine; null where it has no file. */
    readonly path: (id: string) => string | null
  }
  readonly prompts: readonly AgentPrompt[]
  /** The request that is being worked for. */
  readonly requestId: () => string | null
  /** Told of what went wrong outside of any answer. */
  readonly onError: (error: Error) => void
}

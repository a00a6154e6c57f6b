import type { ChatData, TurnFinish } from '../../contracts/entities/conversation.ts'
import type { ErrorBody, ErrorCode } from '../../contracts/errors.ts'

type Notice = ChatData['notice']

/** What a person is told of a call that was refused. */
export function callRefused(tool: string, { code, message }: ErrorBody): Notice {
  return {
    level: 'info',
    code: 'call_refused',
    message: `${tool} was not called: ${message}`,
    details: { tool, error: code },
  }
}

/** What a person is told of how a turn ended; null where the answer itself says it. */
export function turnEnded(finish: TurnFinish, error: ErrorBody | null): Notice | null {
  if (error === null) return null
  switch (finish) {
    case 'limit':
      return {
        level: 'warning',
        code: 'limit_reached',
        message: error.message,
        details: { error: error.code },
      }
    case 'failed':
      return {
        level: 'warning',
        code: 'model_failed',
        message: error.message,
        details: { error: error.code },
      }
    case 'interrupted':
      return { level: 'warning', code: 'turn_interrupted', message: error.message }
    case 'done':
    case 'stopped':
      return null
  }
}

/** What became of the pictures a turn had begun. */
export function picturesLeft(cancelled: number, going: number): Notice[] {
  const many = (count: number) => (count === 1 ? 'One picture' : `${count} pictures`)
  const stopped: Notice = {
    level: 'info',
    code: 'pictures_cancelled',
    message: `${many(cancelled)} that was being made ${cancelled === 1 ? 'is' : 'are'} cancelled.`,
  }
  const on: Notice = {
    level: 'info',
    code: 'pictures_go_on',
    message: `${many(going)} ${going === 1 ? 'is' : 'are'} still being made and will be in the gallery.`,
  }
  return [...(cancelled > 0 ? [stopped] : []), ...(going > 0 ? [on] : [])]
}

/** The model had more to say than it may. */
export const answerCut: Notice = {
  level: 'info',
  code: 'answer_cut',
  message: 'The answer was longer than it may be and is cut off here.',
}

const finishes: Partial<Record<ErrorCode, TurnFinish>> = {
  turn_stopped: 'stopped',
  turn_interrupted: 'interrupted',
  turn_time_limit: 'limit',
  turn_call_limit: 'limit',
  turn_image_limit: 'limit',
  turn_output_limit: 'limit',
  turn_call_repeated: 'limit',
  turn_tool_unknown: 'limit',
}

/** How a turn ended that ended with an error. */
export function finishOf(error: ErrorBody | null): TurnFinish {
  return error === null ? 'done' : (finishes[error.code] ?? 'failed')
}

import {
  capabilities,
  type Call,
  type CapabilityInput,
  type CapabilityName,
  type CapabilityOutput,
  type CheckedInput,
  type Invoke,
} from '../../contracts/capabilities/index.ts'
import { ProductError } from '../../contracts/errors.ts'
import { checkInput } from './check-input.ts'

/** One function for each capability; one that is missing fails to compile. */
export type Handlers = {
  readonly [Name in CapabilityName]: (
    input: CheckedInput<Name>,
    call: Call,
  ) => CapabilityOutput<Name> | Promise<CapabilityOutput<Name>>
}

/**
 * Makes the one way to call a capability: input checked against its contract, handler, output checked likewise.
 *
 * @param mayChange throws where nothing may be changed at present; asked before everything that is more than reading
 * @throws ProductError `invalid_input` naming each field that is wrong, and whatever the handler throws
 */
export function createInvoke(handlers: Handlers, mayChange: () => void = () => undefined): Invoke {
  return async function invoke<Name extends CapabilityName>(
    name: Name,
    input: CapabilityInput<Name>,
    call: Call = { client: 'local' },
  ): Promise<CapabilityOutput<Name>> {
    if (capabilities[name].effect !== 'read') mayChange()
    const checked = checkInput(capabilities[name].input, input) as CheckedInput<Name>
    const output = capabilities[name].output.safeParse(await handlers[name](checked, call))
    if (output.success) return output.data as CapabilityOutput<Name>
    throw new ProductError('internal_error', undefined, { cause: output.error })
  }
}

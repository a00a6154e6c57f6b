import type { Plugin } from 'vue'
import { createContext } from '../api/context.ts'

const context = createContext<Map<string, string>>('UnstoredNotes')

/** Notes that could not be stored before one went on to something else, by picture: they wait where they were written. */
export const unstoredNotesPlugin = (): Plugin => context.plugin(new Map())
export const useUnstoredNotes = context.use

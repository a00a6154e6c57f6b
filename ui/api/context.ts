import { inject, type InjectionKey, type Plugin } from 'vue'

/** Something the whole page shares, handed down by provide and inject. */
export interface AppContext<Value> {
  readonly plugin: (value: Value) => Plugin
  /** @throws Error by name where nothing was provided */
  readonly use: () => Value
}

/** Makes a pair of provider and user for one shared thing. */
export function createContext<Value>(name: string): AppContext<Value> {
  const key: InjectionKey<Value> = Symbol(name)
  return {
    plugin: (value) => ({ install: (app) => void app.provide(key, value) }),
    use() {
      const value = inject(key, null)
      if (value === null) throw new Error(`${name} was not provided to this page.`)
      return value
    },
  }
}

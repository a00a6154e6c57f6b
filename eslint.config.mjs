/**
 * ESLint looks at the Vue templates only; everything else is oxlint's. Formatting rules are left out:
 * prettier decides those.
 */
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

const essential = vue.configs['flat/essential'].map((config) => ({
  ...config,
  files: ['**/*.vue'],
}))

export default [
  { ignores: ['**/dist/**', '**/dist-next/**', '**/dist-old/**', '**/*.{js,mjs,cjs,ts}'] },
  ...essential,
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/no-multiple-template-root': 'off',
      // Text that people and models wrote reaches the page; it must never become markup.
      'vue/no-v-html': 'error',
      'vue/no-unused-emit-declarations': 'error',
      'vue/no-unused-properties': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-useless-v-bind': 'error',
      'vue/prefer-use-template-ref': 'error',
      'vue/require-explicit-emits': 'error',
    },
  },
]

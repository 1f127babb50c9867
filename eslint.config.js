import tseslint from 'typescript-eslint';

/** Faults only; layout is Prettier's. A rule that is switched off carries its reason. */
export default tseslint.config(
  { ignores: ['dist', 'coverage', '**/*.generated.ts', '**/*.mjs', '**/*.cjs', '*.js', 'test/fixtures', 'out'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // numbers in messages are wanted: "record of 12 bytes"
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `return stop();` in a function that returns nothing says "that was all" in one line
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // a name with an underscore is taken for its effect (`await using _lock`) or left out on purpose
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // async generators and async interface methods need none
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'named exports only' }],
    },
  },
  {
    files: ['test/**'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' }, // expect.any() and friends are typed any
  },
  {
    // AssemblyScript: numbers have widths, which to TypeScript are all one type, and variables that are set from outside
    files: ['kernel/**'],
    rules: { '@typescript-eslint/no-unnecessary-type-assertion': 'off', 'prefer-const': 'off' },
  },
  {
    files: ['*.config.ts', 'test/support/closing-line.ts'],
    rules: { 'no-restricted-syntax': 'off' }, // their loaders want a default export
  },
);

import { Ajv, type ValidateFunction } from 'ajv';
import options from './validator-options.json' with { type: 'json' };

/**
 * Compiles the schema of jobs. `scripts/build.mjs` puts the compiled function itself in the place of this module, since compiling
 * is most of what reading a job costs.
 */
export function compileValidator(schema: object): ValidateFunction {
  return new Ajv(options).compile(schema);
}

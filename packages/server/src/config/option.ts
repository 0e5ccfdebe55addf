/** One option of the configuration: its schema, and what `docs/config.md` and `hufu config` say of it. */

import { z } from 'zod';

export interface OptionNote {
  readonly description: string;
  readonly unit?: string;
  /** Shown as `***`, never printed. */
  readonly secret?: boolean;
}

export const notes = z.registry<OptionNote>();

const noted = <Schema extends z.ZodType>(schema: Schema, note: OptionNote): Schema => {
  notes.add(schema, note);
  return schema;
};

/** The environment and flags bring text; only text that is a whole number stands for one. */
const numberOfText = (given: unknown): unknown =>
  typeof given === 'string' && /^-?\d{1,15}$/.test(given) ? Number(given) : given;

/** An integer from text or number, within bounds. */
export const whole = (value: number, minimum: number, maximum: number, unit: string, description: string) =>
  noted(z.preprocess(numberOfText, z.number().int().min(minimum).max(maximum)).default(value), { description, unit });

export const text = (value: string, description: string) => noted(z.string().max(4096).default(value), { description });

export const optionalText = (description: string) => noted(z.string().min(1).max(4096).optional(), { description });

export const secretText = (description: string) =>
  noted(z.string().min(1).max(4096).optional(), { description, secret: true });

export const flag = (value: boolean, description: string) =>
  noted(z.union([z.boolean(), z.enum(['true', 'false']).transform((given) => given === 'true')]).default(value), {
    description,
  });

export const choice = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  value: Values[number],
  description: string,
) => noted(z.enum(values).default(value as z.output<z.ZodEnum<{ [K in Values[number]]: K }>>), { description });

/** A list of words; from the environment or a flag, separated by commas. */
export const words = (value: readonly string[], description: string) =>
  noted(
    z
      .union([
        z.array(z.string().min(1).max(256)).max(256),
        z.string().transform((given) =>
          given
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean),
        ),
      ])
      .default([...value]),
    { description },
  );

/**
 * Reads the configuration: file (YAML or JSON), then environment, then flags; the later wins. A bad value stops the start
 * with the option's name, what was given and what is allowed.
 */

import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { crossCheck } from './cross-check.ts';
import { type Config, configDocs, schema } from './schema.ts';

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface ConfigSources {
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Options by path, such as `server.port`, as they came from the command line. */
  readonly flags?: Readonly<Record<string, string | undefined>>;
}

type Tree = Record<string, Record<string, unknown>>;

export function loadConfig(sources: ConfigSources): Config {
  return resolve(sources).config;
}

/** The configuration and, by option path, where each value came from. */
export function resolve(sources: ConfigSources): { config: Config; origins: ReadonlyMap<string, string> } {
  const origins = new Map<string, string>();
  const tree = sources.file === undefined ? {} : readTree(sources.file);
  for (const [section, options] of Object.entries(tree)) {
    for (const name of Object.keys(options ?? {})) origins.set(`${section}.${name}`, `file ${sources.file}`);
  }
  for (const option of configDocs()) {
    const fromEnv = sources.env[option.env];
    if (fromEnv !== undefined) put(tree, option.path, fromEnv, origins, `environment ${option.env}`);
    const fromFlag = sources.flags?.[option.path];
    if (fromFlag !== undefined) put(tree, option.path, fromFlag, origins, 'flag');
  }
  const parsed = schema.safeParse(tree);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => describe(issue, tree)).join('\n'));
  const problems = crossCheck(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return { config: parsed.data, origins };
}

function put(tree: Tree, path: string, value: string, origins: Map<string, string>, origin: string): void {
  const [section = '', name = ''] = path.split('.');
  tree[section] = { ...tree[section], [name]: value };
  origins.set(path, origin);
}

function readTree(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`configuration file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  let value: unknown;
  try {
    value = parseYaml(text) ?? {};
  } catch {
    throw new ConfigError(`configuration file ${file} is neither YAML nor JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ConfigError(`configuration file ${file} must hold sections such as "server:"`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([section, options]) => {
      const isSection = typeof options === 'object' && options !== null && !Array.isArray(options);
      if (!isSection) throw new ConfigError(`section ${section} of ${file} must hold options`);
      return [section, { ...options }];
    }),
  );
}

const secretPaths = new Set(
  configDocs()
    .filter((option) => option.secret)
    .map((option) => option.path),
);

function describe(issue: z.core.$ZodIssue, tree: Tree): string {
  if (issue.code === 'unrecognized_keys') {
    const place = issue.path.length === 0 ? 'section' : `option in ${issue.path.join('.')}:`;
    return `unknown ${place} ${issue.keys.join(', ')}`;
  }
  const path = issue.path.slice(0, 2).join('.');
  const [section = '', name = ''] = path.split('.');
  const given = secretPaths.has(path) ? '***' : JSON.stringify(tree[section]?.[name]);
  return `${path}: given ${given}, allowed: ${allowed(issue)}`;
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `${issue.minimum} or more`;
    case 'too_big':
      return `${issue.maximum} or less`;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number' ? 'a whole number' : issue.expected;
    case 'invalid_union':
      return 'true or false, or a list';
    default:
      return issue.message;
  }
}

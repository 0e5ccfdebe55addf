/**
 * What goes wrong without it: one hurried import from the core to a store, or from one dialect to another, and the arrows
 * that keep the parts apart are gone. Nobody notices until a second store or dialect cannot be added.
 */

import { posix } from 'node:path';
import { forTests, type ImportRule, importRules } from './import-rules.ts';
import { codeOf, isForTests, isSource, isTest, type Tree } from './tree.ts';

export function checkImports(tree: Tree, rules: readonly ImportRule[] = importRules): string[] {
  const problems: string[] = [];
  for (const [path, source] of tree) {
    if (!isSource(path)) continue;
    const targets = importsOf(source).map((specifier) => resolve(path, specifier));
    problems.push(...(isTest(path) ? checkTest(path, targets) : checkSource(path, source, targets, rules)));
  }
  return problems;
}

function checkSource(path: string, source: string, targets: string[], rules: readonly ImportRule[]): string[] {
  const fitting = rules
    .flatMap((rule) => {
      const found = fits(rule.for, path);
      return found ? [{ rule, own: found[0], x: found[1] ?? '' }] : [];
    })
    .sort((a, b) => b.rule.for.length - a.rule.for.length)[0];
  if (!fitting) return [`${path}: no rule says what it may import (tools/import-rules.ts)`];
  const { rule, own, x } = fitting;
  const named = (patterns: readonly string[] = []): string[] => patterns.map((pattern) => pattern.replace('<x>', x));
  const may = [...named(rule.may), own];
  const never = named(rule.never);
  const allowed = (target: string): boolean =>
    may.some((pattern) => fits(pattern, target)) &&
    !never.some((pattern) => fits(pattern, target)) &&
    (isForTests(path) || !isForTests(target));
  const code = rule.untouched ? codeOf(source) : '';
  return [
    ...targets.filter((target) => !allowed(target)).map((target) => `${path}: may not import ${target}`),
    ...(rule.untouched ?? []).flatMap((global) => {
      const found = global.exec(code);
      return found ? [`${path}: may not use ${found[0]}`] : [];
    }),
  ];
}

function checkTest(path: string, targets: string[]): string[] {
  const own = /^packages\/[^/]+\//.exec(path)?.[0] ?? path;
  const may = [own, ...forTests];
  return targets
    .filter((target) => target.startsWith('packages/') && !may.some((pattern) => fits(pattern, target)))
    .map((target) => `${path}: a test may not import ${target} of another package`);
}

/** Specifiers of `import … from`, `export … from`, `import '…'` and `import('…')`. */
export function importsOf(source: string): string[] {
  const statement = /^[ \t]*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^[ \t]*import\s*['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g;
  const found = [...source.matchAll(statement), ...source.matchAll(dynamic)];
  return found.map(([, first, second]) => first ?? second ?? '');
}

const resolve = (path: string, specifier: string): string =>
  specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;

/** Where `pattern` fits: the part that it covers, and the name in the place of `<x>`. */
function fits(pattern: string, target: string): RegExpExecArray | null {
  if (pattern === '**') return /^/.exec(target);
  const escaped = pattern.replace(/[.$+?^()[\]{}|\\]/g, '\\$&');
  const form = escaped.replaceAll('*', '[^/]+').replace('<x>', '([^/]+)');
  return new RegExp(/[/:]$/.test(pattern) ? `^${form}` : `^${form}$`).exec(target);
}

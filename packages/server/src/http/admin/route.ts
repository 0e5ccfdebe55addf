/**
 * One route of the admin API as a value: what it takes, what it answers, what it does. Requests are checked, answers are
 * cut to their shape and the OpenAPI document is written from the same schemas.
 */

import { z } from 'zod';
import type { RequestContext } from '../../service/context.ts';
import { type AdminErrorCode, invalidRequest } from './errors.ts';

/** A request as it came: nothing of it is checked. */
export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/admin/v1`, with parameters as `:name`. */
  readonly path: string;
  /** Unique; the name of the call in generated clients. */
  readonly operationId: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** `undefined` where the route takes no body. */
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType;
  readonly status: 200 | 201;
  /** Beside those that every route has. */
  readonly errors: readonly AdminErrorCode[];
  readonly handle: (raw: RawInput, context: RequestContext) => Promise<unknown>;
}

const none = z.strictObject({});
const noBody = none.optional();

type Spec<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> = Pick<AdminRoute, 'method' | 'path' | 'operationId' | 'summary'> & {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  readonly status?: 200 | 201;
  readonly errors?: readonly AdminErrorCode[];
  readonly run: (
    input: {
      readonly params: z.output<Params>;
      readonly query: z.output<Query>;
      readonly body: z.output<Body>;
    },
    context: RequestContext,
  ) => Promise<z.input<Answer>>;
};

export function route<
  Answer extends z.ZodType,
  Params extends z.ZodObject = typeof none,
  Query extends z.ZodObject = typeof none,
  Body extends z.ZodType = typeof noBody,
>(spec: Spec<Params, Query, Body, Answer>): AdminRoute {
  const { method, path, operationId, summary, answer, run } = spec;
  const params: z.ZodObject = spec.params ?? none;
  const query: z.ZodObject = spec.query ?? none;
  return {
    method,
    path,
    operationId,
    summary,
    params,
    query,
    body: spec.body,
    answer,
    status: spec.status ?? 200,
    errors: spec.errors ?? [],
    async handle(raw, context) {
      // The schemas above are the ones that `Params`, `Query` and `Body` stand for, or their empty defaults.
      const input = {
        params: check('path', params, raw.params) as z.output<Params>,
        query: check('query', query, raw.query) as z.output<Query>,
        body: check('body', spec.body ?? noBody, raw.body) as z.output<Body>,
      };
      return answer.parse(await run(input, context));
    },
  };
}

function check(place: string, schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalidRequest(place, parsed.error);
  return parsed.data;
}

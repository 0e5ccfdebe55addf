/** Without the names whose value is `undefined`: what is stored, merged and compared has no such names. */

type Present<Shape> = { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> };

export function present<Shape extends object>(shape: Shape): Present<Shape> {
  const named = Object.entries(shape).filter(([, value]) => value !== undefined);
  // The compiler cannot know which names are left; those that are have their types.
  return Object.fromEntries(named) as Present<Shape>;
}

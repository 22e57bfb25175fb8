/** What a message takes: values for its ICU arguments. */
export type Values = Record<string, string | number>;

/** A catalogue after the build: every message is a function of its arguments. */
export type Compiled<T> = {
  readonly [K in keyof T]: T[K] extends string ? (values?: Values) => string : Compiled<T[K]>;
};

/** The message for a word of the wire; nothing for one that is newer than this page. */
export function word(
  group: Readonly<Record<string, (values?: Values) => string>>,
  key: string | undefined,
  values?: Values,
): string {
  return (key !== undefined && Object.hasOwn(group, key) && group[key]?.(values)) || '';
}

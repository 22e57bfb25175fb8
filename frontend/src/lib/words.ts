/** What a message takes: values for its ICU arguments. */
export type Values = Record<string, string | number>;

/** A catalogue after the build: every message is a function of its arguments. */
export type Compiled<T> = {
  readonly [K in keyof T]: T[K] extends string ? (values?: Values) => string : Compiled<T[K]>;
};

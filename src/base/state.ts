/** Plain state that survives a restart (VS Code's Memento). Never holds a secret. */
export interface State {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

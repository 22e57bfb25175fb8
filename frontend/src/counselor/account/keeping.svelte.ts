import { createContext } from 'svelte';
import { api } from '../../lib/api';
import type { Enrolment, Passkey } from '../../lib/api.gen';
import { makePasskey } from '../../lib/desk-passkey';
import { Resource } from '../../lib/desk-resource.svelte';
import type { Desk } from '../desk.svelte';

/** The account as its page has it. Whatever changes a way in asks for a fresh proof first. */
export class Keeping {
  readonly account = new Resource(() => api.account());
  #desk: Desk;
  #recovery = $state.raw<readonly string[]>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Recovery codes that were just made; they are told once, and stand here until kept. */
  get recovery(): readonly string[] | undefined {
    return this.#recovery;
  }
  recoveryKept(): void {
    this.#recovery = undefined;
  }

  async changeMe(name: string, email: string): Promise<void> {
    const me = this.#desk.me;
    if (!me) return;
    const change = { ...(name !== me.name && { name }), ...(email !== me.email && { email }) };
    this.#desk.update(await this.#desk.proven(() => api.changeMe(change)));
  }

  changePassword = (password: string) => this.#change(() => api.changePassword(password));
  dropPassword = () => this.#change(() => api.dropPassword());

  /** Tells whether one was made: a person may think better of it. */
  async addPasskey(name: string): Promise<boolean> {
    const made = await makePasskey(await this.#desk.proven(() => api.askNewPasskey()));
    if (!made) return false;
    await api.addPasskey({ name, passkey: made });
    await this.account.reload();
    return true;
  }
  async renamePasskey(passkey: Passkey, name: string): Promise<void> {
    await api.renamePasskey(passkey.id, name);
    await this.account.reload();
  }
  removePasskey = (passkey: Passkey) => this.#change(() => api.removePasskey(passkey.id));

  beginCodes = (): Promise<Enrolment> => this.#desk.proven(() => api.beginCodes());
  async confirmCodes(code: string): Promise<void> {
    this.#recovery = (await api.confirmCodes(code)).codes;
    await this.account.reload();
  }
  async renewRecovery(): Promise<void> {
    this.#recovery = (await this.#desk.proven(() => api.renewRecovery())).codes;
    await this.account.reload();
  }
  endCodes = () => this.#change(() => api.endCodes());

  endSignIn = (signIn: string) => this.#change(() => api.endSignIn(signIn));
  endOthers = () => this.#change(() => api.endOtherSignIns());

  async #change(call: () => Promise<void>): Promise<void> {
    await this.#desk.proven(call);
    await this.account.reload();
  }
}

export const [useKeeping, provideKeeping] = createContext<Keeping>();
